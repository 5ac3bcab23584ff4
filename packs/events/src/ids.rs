//! The argument `event_ids`: ids of events in several forms.
use std::borrow::Cow;

use intervals_core::{Error, Result, arguments::parts};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

/// The most events that one call changes one by one; more would exceed its deadline.
pub const MOST: usize = 100;

/// Ids of events: a list, text with commas, or a list as JSON text. Duplicates are dropped.
#[derive(Debug, PartialEq)]
pub struct Ids(Vec<i64>);

impl Ids {
    /// Returns the ids. Fails when there are none or too many.
    pub fn checked(&self) -> Result<&[i64]> {
        match self.0.len() {
            0 => Err(Error::new("event_ids is empty", "Give the ids of icu_get_calendar_events.")),
            n if n > MOST => Err(Error::new(format!("{n} events are too many"), format!("Give up to {MOST} at once."))),
            _ => Ok(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let mut ids = vec![];
        for part in parts(Value::deserialize(deserializer)?).map_err(D::Error::custom)? {
            let id = match &part {
                Value::Number(number) => {
                    number.as_i64().or_else(|| number.as_f64().filter(|n| n.fract() == 0.0).map(|n| n as i64))
                }
                Value::String(text) => text.trim().parse().ok(),
                _ => None,
            };
            let id = id.ok_or_else(|| D::Error::custom(format!("{part} is not an event id")))?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        Ok(Self(ids))
    }
}

impl JsonSchema for Ids {
    fn schema_name() -> Cow<'static, str> {
        "Ids".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": {"type": "integer"}})
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;

    #[rstest]
    #[case(json!([1, 2, 2]), vec![1, 2])]
    #[case(json!("1, 2"), vec![1, 2])]
    #[case(json!("[1, \"2\"]"), vec![1, 2])]
    #[case(json!(["1", 2.0]), vec![1, 2])]
    #[case(json!(7), vec![7])]
    fn ids_come_in_many_forms(#[case] given: Value, #[case] ids: Vec<i64>) {
        assert_eq!(from_value::<Ids>(given).unwrap(), Ids(ids));
    }

    #[rstest]
    #[case(json!("1, x"), "\"x\" is not an event id")]
    #[case(json!([1.5]), "1.5 is not an event id")]
    #[case(json!("[1"), "is no list")]
    fn an_invalid_id_is_named(#[case] given: Value, #[case] error: &str) {
        assert!(from_value::<Ids>(given).unwrap_err().to_string().contains(error));
    }
}
