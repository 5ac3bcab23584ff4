//! The fields that an athlete added to records of a kind.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{JsonMap, client::Text};

/// The athlete's own fields of a record, by their code. The strings in them are texts of people.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnFields(JsonMap);

impl OwnFields {
    /// The fields, unless there are none.
    pub fn of(fields: JsonMap) -> Option<Self> {
        (!fields.is_empty()).then_some(Self(fields))
    }
}

impl Serialize for OwnFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(code, value)| (code, Own(value))))
    }
}

impl JsonSchema for OwnFields {
    fn schema_name() -> Cow<'static, str> {
        "OwnFields".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        JsonMap::json_schema(generator)
    }
}

/// A value in which strings are texts.
struct Own<'a>(&'a Value);

impl Serialize for Own<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => Text::from(text.as_str()).serialize(serializer),
            Value::Array(values) => serializer.collect_seq(values.iter().map(Own)),
            Value::Object(members) => serializer.collect_map(members.iter().map(|(key, value)| (key, Own(value)))),
            other => other.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn strings_are_cleaned_wherever_they_stand() {
        let fields = json!({"Mantra": "go\u{200B}on", "Parts": ["a\u{202E}b", 1, null], "Deep": {"x": "c\u{FEFF}d"}});
        let Value::Object(fields) = fields else { unreachable!() };
        let expected = json!({"Mantra": "goon", "Parts": ["ab", 1, null], "Deep": {"x": "cd"}});
        assert_eq!(json!(OwnFields::of(fields)), expected);
        assert_eq!(OwnFields::of(JsonMap::new()), None);
    }
}
