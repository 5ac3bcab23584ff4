//! JSON without a fixed shape: the values of custom fields, the content of custom items.
use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{JsonMap, Text, text::clean};

/// An athlete's custom fields by code. Strings in their values are serialized as [`Text`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CustomFields(pub JsonMap);

impl CustomFields {
    /// The fields, or `None` if there are none.
    pub fn non_empty(fields: JsonMap) -> Option<Self> {
        (!fields.is_empty()).then_some(Self(fields))
    }
}

impl Serialize for CustomFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(code, value)| (clean(code), Words(value))))
    }
}

impl JsonSchema for CustomFields {
    fn schema_name() -> Cow<'static, str> {
        "CustomFields".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object"})
    }
}

/// Serializes the strings of a value as [`Text`].
struct Words<'a>(&'a Value);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) => Text::from(text.as_str()).serialize(serializer),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Words)),
            Value::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, value)| (clean(key), Words(value))))
            }
            other => other.serialize(serializer),
        }
    }
}

/// The serde name of [`RawJson`].
pub const RAW_JSON: &str = "$RawJson";

/// A JSON object of people that is read as JSON, not as lines and tables, so that who reads it can change it and send it back. Its key
/// ends in `_by_others` where others wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawJson(pub JsonMap);

/// Strings and keys are [`clean`].
impl From<JsonMap> for RawJson {
    fn from(content: JsonMap) -> Self {
        Self(clean_members(content))
    }
}

impl Serialize for RawJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RAW_JSON, &self.0)
    }
}

impl JsonSchema for RawJson {
    fn schema_name() -> Cow<'static, str> {
        "RawJson".into()
    }

    // The format says that people write it. It does not reach the wire.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object", "format": "text"})
    }
}

fn clean_value(value: Value) -> Value {
    match value {
        Value::String(text) => clean(&text).into(),
        Value::Array(items) => items.into_iter().map(clean_value).collect(),
        Value::Object(members) => Value::Object(clean_members(members)),
        other => other,
    }
}

fn clean_members(members: JsonMap) -> JsonMap {
    members.into_iter().map(|(key, value)| (clean(&key).into_owned(), clean_value(value))).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_invisible_character_is_left_in_own_fields_and_in_content() {
        let value =
            json!({"Man\u{200B}tra": "go\u{202E}", "List": ["a\u{7}", 1, null], "Deep": {"k\u{7}": "v\u{200B}"}});
        let expected = json!({"Mantra": "go", "List": ["a", 1, null], "Deep": {"k": "v"}});
        assert_eq!(clean_value(value.clone()), expected);
        assert_eq!(json!(CustomFields(value.as_object().unwrap().clone())), expected);
    }
}
