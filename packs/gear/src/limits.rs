//! When a reminder is due: km, hours, activities, days become metres, seconds and counts.
use intervals_core::{
    Error, JsonMap, Result, Today,
    client::{Gear, GearReminder, Text},
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::row::Reminder;

/// What a caller says of a reminder.
#[derive(Default)]
pub struct Fields {
    pub text: Option<String>,
    pub km: Option<f64>,
    pub hours: Option<f64>,
    pub activities: Option<i64>,
    pub days: Option<i64>,
}

impl Fields {
    /// The service's own fields. A limit of 0 is none.
    pub fn write(self) -> Result<JsonMap> {
        if self.text.as_deref().is_some_and(|text| text.trim().is_empty()) {
            return Err(Error::new("text is empty", "Say what is due, such as \"Wax the chain\"."));
        }
        let (activities, days) = (self.activities.map(|n| n as f64), self.days.map(|n| n as f64));
        // What is beyond these is metres or seconds by mistake.
        let limits = [
            ("distance_alert", "distance", self.km, 100_000.0, "km", 1000.0),
            ("time_alert", "time", self.hours, 10_000.0, "hours", 3600.0),
            ("activities", "activities", activities, 10_000.0, "activities", 1.0),
            ("days", "days", days, 3650.0, "days", 1.0),
        ];
        let mut fields = JsonMap::new();
        fields.extend(self.text.map(|text| ("name".to_owned(), text.into())));
        for (argument, field, value, most, unit, factor) in limits {
            let Some(value) = value else { continue };
            if !(0.0..=most).contains(&value) {
                let advice = format!("It goes from 0 (none) to {most} {unit}.");
                return Err(Error::new(format!("{argument} is {value}"), advice));
            }
            let value = (value * factor).round();
            fields.insert(field.into(), if factor == 1.0 { (value as i64).into() } else { value.into() });
        }
        Ok(fields)
    }
}

/// Whether one of the limits is used.
pub fn any(fields: &JsonMap) -> bool {
    let used = |field: &&str| fields.get(*field).and_then(Value::as_f64).is_some_and(|limit| limit > 0.0);
    ["distance", "time", "activities", "days"].iter().any(used)
}

// A reminder of the gear that the service answered with.
#[derive(Serialize, JsonSchema)]
pub struct Answer {
    gear_id: String,
    gear: Option<Text>,
    #[serde(flatten)]
    reminder: Reminder,
}

impl Answer {
    /// The reminder of `gear` that `which` prefers, the greatest first.
    pub fn of<K: Ord>(gear: Gear, today: &Today, which: impl Fn(&GearReminder) -> Option<K>) -> Result<Self> {
        let found =
            gear.reminders.good.iter().filter_map(|one| Some((which(one)?, one))).max_by(|(a, _), (b, _)| a.cmp(b));
        let Some((_, found)) = found else {
            let problem = format!("Intervals.icu answered with {}, but this reminder could not be read in it", gear.id);
            return Err(Error::new(problem, "See icu_get_gear_list for what is stored."));
        };
        Ok(Self { reminder: Reminder::of(found, today), gear_id: gear.id, gear: gear.name })
    }

    /// Whether it is never due.
    pub fn has_no_limit(&self) -> bool {
        self.reminder.has_no_limit()
    }
}
