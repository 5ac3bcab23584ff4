//! Fields that athletes define themselves.
use intervals_core::{JsonMap, client::Text};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Values by the names of their fields, in which people write what they like.
pub struct Custom(Vec<(String, Field)>);

#[derive(Serialize)]
#[serde(untagged)]
enum Field {
    Words(Text),
    List(Vec<Field>),
    Fields(Custom),
    Other(Value),
}

impl Custom {
    /// Nothing when there are none.
    pub fn of(fields: JsonMap) -> Option<Self> {
        (!fields.is_empty()).then(|| Self::all(fields))
    }

    fn all(fields: JsonMap) -> Self {
        Self(fields.into_iter().map(|(name, value)| (Text::from(name).into_string(), Field::of(value))).collect())
    }
}

impl Serialize for Custom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Field {
    fn of(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Words(text.into()),
            Value::Array(all) => Self::List(all.into_iter().map(Self::of).collect()),
            Value::Object(fields) => Self::Fields(Custom::all(fields)),
            other => Self::Other(other),
        }
    }
}
