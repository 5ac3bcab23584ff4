//! Updates of an activity.
use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use super::Activity;
use crate::{activity_types::activity_type, failure::Failure, object::Object};

/// Type of a writable field.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Text,
    Number,
    Flag,
    List,
    Thing,
}

const WRITABLE: [(Kind, &str); 5] = [
    (Kind::Text, "name description sub_type device_name external_id icu_color timezone tiz_order"),
    (
        Kind::Number,
        "moving_time elapsed_time distance total_elevation_gain icu_training_load icu_rpe feel calories \
         average_heartrate max_heartrate icu_joules icu_average_watts icu_weighted_avg_watts average_cadence icu_ftp \
         icu_w_prime lthr icu_weight icu_resting_hr kg_lifted lengths pool_length carbs_ingested carbs_used coach_tick \
         compliance paired_event_id icu_warmup_time icu_cooldown_time average_temp Fueling",
    ),
    (
        Kind::Flag,
        "trainer commute race icu_ignore_time icu_ignore_power icu_ignore_hr ignore_velocity ignore_pace \
         lock_intervals use_elevation_correction",
    ),
    (Kind::List, "tags"),
    (Kind::Thing, "gear"),
];

impl Activity {
    /// Updates the fields in `body`. Null and unknown fields are ignored; -1 clears a number, "" a text.
    pub fn write(&mut self, body: &Object) -> Result<(), Failure> {
        let mut written = Object::new();
        for (field, value) in body.iter().filter(|(_, value)| !value.is_null()) {
            let writable = WRITABLE.iter().find(|(_, names)| names.split(' ').any(|name| name == field));
            let kind = writable.map(|(kind, _)| *kind);
            let value = match (field.as_str(), kind) {
                ("type", _) => activity_type(value)?,
                ("start_date_local", _) => continue,
                (_, Some(kind)) => read(kind, field, value)?,
                (_, None) => continue,
            };
            written.insert(field.clone(), value);
        }
        if let Some(start) = body.get("start_date_local").filter(|start| !start.is_null()) {
            self.start = local_time(start)?;
        }
        match (body.get("race").and_then(Value::as_bool), body.get("sub_type").and_then(Value::as_str)) {
            (Some(race), None) => _ = written.insert("sub_type".to_owned(), json!(if race { "RACE" } else { "NONE" })),
            (None, Some(kind)) => _ = written.insert("race".to_owned(), json!(kind == "RACE")),
            _ => {}
        }
        for (field, alias) in [("distance", "icu_distance"), ("icu_training_load", "icu_training_load_data")] {
            if let Some(value) = written.get(field).cloned() {
                written.insert(alias.to_owned(), value);
            }
        }
        self.written.extend(written);
        Ok(())
    }
}

/// Parses `start_date_local`: a local date and time, or a date.
pub fn local_time(value: &Value) -> Result<DateTime, Failure> {
    let text = value.as_str().unwrap_or_default();
    let time = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0)));
    time.map_err(|_| Failure::rejected(format!("Invalid start_date_local [{text}]")))
}

fn read(kind: Kind, field: &str, value: &Value) -> Result<Value, Failure> {
    let fits = match kind {
        Kind::Text => value.is_string(),
        Kind::Number => value.is_number(),
        Kind::Flag => value.is_boolean(),
        Kind::List => value.is_array(),
        Kind::Thing => value.is_object(),
    };
    match value {
        _ if !fits => Err(Failure::rejected(format!("Invalid value for [{field}]: {value}"))),
        Value::Number(number) if number.as_f64() == Some(-1.0) => Ok(Value::Null),
        Value::String(text) if text.is_empty() => Ok(Value::Null),
        _ => Ok(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(json!("2026-07-01T10:00:00"), true)]
    #[case(json!("2026-07-01"), true)]
    #[case(json!("yesterday"), false)]
    #[case(json!(5), false)]
    fn a_start_is_a_local_time(#[case] value: Value, #[case] good: bool) {
        assert_eq!(local_time(&value).is_ok(), good);
    }
}
