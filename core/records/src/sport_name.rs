//! An activity type as it stands in an argument.
use std::{borrow::Cow, str::FromStr};

use intervals_client::{sports, text::truncate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error};

/// A type that the service knows, such as `Ride`, in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SportName(pub &'static str);

impl FromStr for SportName {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let unknown = || format!("there is no type {}. Use {}", truncate(word, 40), sports::instead_of(word));
        sports::known(word).map(Self).ok_or_else(unknown)
    }
}

impl<'de> Deserialize<'de> for SportName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl JsonSchema for SportName {
    fn schema_name() -> Cow<'static, str> {
        "SportName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_type_is_known_in_any_case_and_a_wrong_one_has_a_neighbour() {
        assert_eq!(from_value::<SportName>(json!(" gravelride")).unwrap(), SportName("GravelRide"));
        let error = from_value::<SportName>(json!("Jog")).unwrap_err().to_string();
        assert_eq!(error, "there is no type Jog. Use Run");
    }
}
