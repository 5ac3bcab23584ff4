//! Gear reminders: due after a distance, a time, activities or days.
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use crate::{dates::days_between, failure::Failure, marked::marked, object::Object};

/// A reminder with its limits, usage and snooze. A limit of 0 is not used.
#[derive(Clone, Debug)]
pub struct Reminder {
    /// Reminder id.
    pub id: i64,
    name: String,
    /// Limits in metres, seconds and activities.
    limits: [f64; 3],
    days: f64,
    /// Totals of the gear at the last reset.
    starting: [f64; 3],
    reset_on: Date,
    snoozed_until: Option<Date>,
}

const TOTALS: [&str; 3] = ["distance", "time", "activities"];

impl Reminder {
    /// A reminder without name and limits.
    pub fn blank(id: i64) -> Self {
        let (limits, starting) = ([0.0; 3], [0.0; 3]);
        Self { id, name: String::new(), limits, days: 0.0, starting, reset_on: Date::default(), snoozed_until: None }
    }

    /// Sets the name.
    pub fn named(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// Marks the name.
    pub fn mark(&mut self, by: Option<&str>) {
        self.name = marked(&self.name, by);
    }

    /// Sets the usage and the day of the last reset.
    pub fn counting(self, gear: &Object, used: [f64; 3], since: Date) -> Self {
        let totals = totals(gear);
        let starting = [0, 1, 2].map(|n| totals.get(n).zip(used.get(n)).map_or(0.0, |(total, used)| total - used));
        Self { starting, reset_on: since, ..self }
    }

    /// Resets the usage.
    pub fn reset(&mut self, gear: &Object, today: Date) {
        self.starting = totals(gear);
        self.reset_on = today;
        self.snoozed_until = None;
    }

    /// Snoozes it for some days.
    pub fn snooze(&mut self, today: Date, days: usize) {
        let days = i64::try_from(days).unwrap_or(i64::MAX).min(3650);
        self.snoozed_until = Some(today.saturating_add(days.days()));
    }

    /// Updates the fields in `body`. Null is ignored.
    ///
    /// # Errors
    /// 422 for an invalid limit.
    pub fn write(&mut self, body: &Object) -> Result<(), Failure> {
        let number = |key: &str| match body.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value
                .as_f64()
                .map(Some)
                .ok_or_else(|| Failure::rejected(format!("JSON parse error: Cannot deserialize {key} from {value}"))),
        };
        let (limits, days) = (TOTALS.map(number), number("days")?);
        for (ours, written) in self.limits.iter_mut().zip(limits) {
            *ours = written?.unwrap_or(*ours);
        }
        self.days = days.unwrap_or(self.days);
        if let Some(name) = body.get("name").and_then(Value::as_str) {
            name.clone_into(&mut self.name);
        }
        Ok(())
    }

    /// The API's JSON.
    pub fn json(&self, gear_id: &Value, gear: &Object, today: Date) -> Value {
        let [distance, time, activities] = self.limits;
        let [from_distance, from_time, from_activities] = self.starting;
        let [total_distance, total_time, total_activities] = totals(gear);
        let days = f64::from(days_between(self.reset_on, today));
        let (used_distance, used_time) = (total_distance - from_distance, total_time - from_time);
        let used_activities = total_activities - from_activities;
        let shares = [(used_distance, distance), (used_time, time), (used_activities, activities), (days, self.days)];
        let share = |(used, limit): (f64, f64)| if limit > 0.0 { used / limit * 100.0 } else { 0.0 };
        json!({
            "id": self.id, "gear_id": gear_id, "name": self.name, "distance": distance, "time": time,
            "activities": activities as i64, "days": self.days as i64, "last_reset": moment(self.reset_on),
            "starting_distance": from_distance, "starting_time": from_time,
            "starting_activities": from_activities as i64, "snoozed_until": self.snoozed_until.map(moment),
            "percent_used": shares.map(share).into_iter().fold(0.0, f64::max), "distance_used": used_distance,
            "time_used": used_time, "activities_used": used_activities as i64, "days_used": days as i64,
        })
    }
}

fn totals(gear: &Object) -> [f64; 3] {
    TOTALS.map(|total| gear.get(total).and_then(Value::as_f64).unwrap_or_default())
}

/// Timestamp in the format of `last_reset`.
fn moment(date: Date) -> String {
    format!("{date}T06:30:00.000+00:00")
}
