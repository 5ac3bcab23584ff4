//! A reminder as it is answered where it was written.
use intervals_core::{
    Error, Result, Today,
    client::Text,
    records::{gear, reminder},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::rows::by_days;

// A reminder of the gear that the service answered with.
#[derive(Serialize, JsonSchema)]
pub struct WrittenReminder {
    gear_id: String,
    gear: Option<Text>,
    #[serde(flatten)]
    reminder: reminder::Row,
}

impl WrittenReminder {
    /// The reminder of `gear` that `which` prefers, the greatest first.
    pub fn of<K: Ord>(gear: gear::Row, today: &Today, which: impl Fn(&reminder::Row) -> Option<K>) -> Result<Self> {
        let gear::Row { id: gear_id, name: gear, reminders, .. } = by_days(gear, today);
        let found =
            reminders.good.into_iter().filter_map(|one| Some((which(&one)?, one))).max_by(|(a, _), (b, _)| a.cmp(b));
        let Some((_, reminder)) = found else {
            let problem = format!("Intervals.icu answered with {gear_id}, but this reminder could not be read in it");
            return Err(Error::new(problem, "See icu_get_gear_list for what is stored."));
        };
        Ok(Self { gear_id, gear, reminder })
    }

    /// Whether it is ever due.
    pub fn has_limit(&self) -> bool {
        self.reminder.has_limit()
    }
}
