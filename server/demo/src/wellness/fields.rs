//! Wellness fields and their types.
use serde_json::{Value, json};

use crate::{failure::Failure, object::Object};

/// Type of a wellness field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Computed by the service. Written values are ignored.
    Derived,
    /// A number; -1 clears it.
    Number,
    /// 1, 2, 3 or 4; -1 clears it.
    Scale,
    /// A text; "" clears it.
    Text,
    /// A phase of the menstrual cycle; "" clears it.
    Cycle,
    /// A lock. `false` is ignored.
    Lock,
}

use Kind::{Cycle, Derived, Lock, Number, Scale, Text};

/// Every field, in the order of the API.
pub const ALL: [(&str, Kind); 47] = [
    ("id", Derived),
    ("ctl", Derived),
    ("atl", Derived),
    ("rampRate", Derived),
    ("ctlLoad", Derived),
    ("atlLoad", Derived),
    ("sportInfo", Derived),
    ("updated", Derived),
    ("weight", Number),
    ("restingHR", Number),
    ("hrv", Number),
    ("hrvSDNN", Number),
    ("menstrualPhase", Cycle),
    ("menstrualPhasePredicted", Derived),
    ("kcalConsumed", Number),
    ("sleepSecs", Number),
    ("sleepScore", Number),
    ("sleepQuality", Number),
    ("avgSleepingHR", Number),
    ("soreness", Number),
    ("fatigue", Number),
    ("stress", Number),
    ("mood", Number),
    ("motivation", Number),
    ("injury", Number),
    ("spO2", Number),
    ("systolic", Number),
    ("diastolic", Number),
    ("hydration", Scale),
    ("hydrationVolume", Number),
    ("readiness", Number),
    ("baevskySI", Number),
    ("bloodGlucose", Number),
    ("lactate", Number),
    ("bodyFat", Number),
    ("abdomen", Number),
    ("vo2max", Number),
    ("comments", Text),
    ("steps", Number),
    ("floorsClimbed", Number),
    ("respiration", Number),
    ("carbohydrates", Number),
    ("protein", Number),
    ("fatTotal", Number),
    ("locked", Lock),
    ("tempWeight", Derived),
    ("tempRestingHR", Derived),
];

/// Custom fields of the athlete. A row has them only with a value.
const CUSTOM: [(&str, Kind); 2] = [("Caffeine", Number), ("Mantra", Text)];

/// Reads the fields of a body. Null is a cleared field; ignored fields are left out.
///
/// # Errors
/// 422 for an unknown field or an invalid value.
pub fn read(body: &Object) -> Result<Object, Failure> {
    let mut written = Object::new();
    for (field, value) in body {
        let known = ALL.iter().chain(&CUSTOM).find(|(name, _)| name == field);
        let Some((_, kind)) = known else {
            return Err(Failure::rejected(format!("Unrecognized wellness field [{field}]")));
        };
        if value.is_null() {
            continue;
        }
        let wrong = || Failure::rejected(format!("Invalid value for wellness field [{field}]: {value}"));
        let value = match (kind, value) {
            (Derived, _) | (Lock, Value::Bool(false)) => continue,
            (Number | Scale, Value::Number(number)) if number.as_f64() == Some(-1.0) => Value::Null,
            (Scale, Value::Number(number)) if matches!(number.as_u64(), Some(1..=4)) => value.clone(),
            (Number, Value::Number(_)) | (Lock, Value::Bool(true)) => value.clone(),
            (Text | Cycle, Value::String(text)) if text.is_empty() => Value::Null,
            (Text, Value::String(text)) => json!(text),
            (Cycle, Value::String(text))
                if ["PERIOD", "FOLLICULAR", "OVULATING", "LUTEAL", "NONE"].contains(&text.as_str()) =>
            {
                json!(text)
            }
            _ => return Err(wrong()),
        };
        written.insert(field.clone(), value);
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read_json(body: Value) -> Result<Value, String> {
        read(body.as_object().unwrap()).map(Value::Object).map_err(|failure| failure.message)
    }

    #[rstest]
    #[case(json!({"weight": 70.5}), json!({"weight": 70.5}))]
    #[case(json!({"weight": -1, "comments": ""}), json!({"weight": null, "comments": null}))]
    #[case(json!({"weight": null, "ctl": 99, "id": "2026-01-01"}), json!({}))]
    #[case(json!({"Caffeine": 120, "Mantra": "calm"}), json!({"Caffeine": 120, "Mantra": "calm"}))]
    #[case(json!({"locked": true}), json!({"locked": true}))]
    #[case(json!({"locked": false, "hydration": 4}), json!({"hydration": 4}))]
    #[case(json!({"menstrualPhase": "LUTEAL"}), json!({"menstrualPhase": "LUTEAL"}))]
    fn what_counts_is_kept(#[case] body: Value, #[case] written: Value) {
        assert_eq!(read_json(body), Ok(written));
    }

    #[rstest]
    #[case(json!({"feel": 1}), "Unrecognized wellness field [feel]")]
    #[case(json!({"hydration": 5}), "Invalid value for wellness field [hydration]: 5")]
    #[case(json!({"hydration": 0}), "Invalid value for wellness field [hydration]: 0")]
    #[case(json!({"weight": "70"}), "Invalid value for wellness field [weight]: \"70\"")]
    #[case(json!({"menstrualPhase": "MOON"}), "Invalid value for wellness field [menstrualPhase]: \"MOON\"")]
    fn what_does_not_fit_is_refused(#[case] body: Value, #[case] message: &str) {
        assert_eq!(read_json(body), Err(message.to_owned()));
    }
}
