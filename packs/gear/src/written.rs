//! The answer of tools that write reminders.
use intervals_core::{
    Error, Result, Today,
    client::Text,
    records::{gear, reminder},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::rows::with_local_days;

// A reminder and its gear.
#[derive(Serialize, JsonSchema)]
pub struct WrittenReminder {
    gear_id: String,
    gear: Option<Text>,
    #[serde(flatten)]
    reminder: reminder::Row,
}

impl WrittenReminder {
    /// Picks the reminder of `gear` with the greatest `key`. Reminders with the key `None` are left out.
    pub fn of<K: Ord>(gear: gear::Row, today: &Today, key: impl Fn(&reminder::Row) -> Option<K>) -> Result<Self> {
        let gear::Row { id: gear_id, name: gear, reminders, .. } = with_local_days(gear, today);
        let found =
            reminders.good.into_iter().filter_map(|one| Some((key(&one)?, one))).max_by(|(a, _), (b, _)| a.cmp(b));
        let Some((_, reminder)) = found else {
            let problem = format!("Intervals.icu answered with {gear_id}, but this reminder could not be read in it");
            return Err(Error::new(problem, "See icu_get_gear_list for what is stored."));
        };
        Ok(Self { gear_id, gear, reminder })
    }

    /// Returns whether the reminder has a limit. Without one it is never due.
    pub fn has_limit(&self) -> bool {
        self.reminder.has_limit()
    }
}
