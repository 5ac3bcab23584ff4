//! A local time to the minute.
use std::{borrow::Cow, fmt};

use jiff::civil::{Date, DateTime};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer};

/// A local time without a zone, as the service stores it; shown without its seconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Minute(String);

impl Minute {
    /// The time; nothing where the service wrote none.
    pub fn time(&self) -> Option<DateTime> {
        self.0.parse().ok()
    }

    /// The day; also of a day without a time.
    pub fn day(&self) -> Option<Date> {
        self.0.get(..10)?.parse().ok()
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.get(..16).unwrap_or(&self.0))
    }
}

impl Serialize for Minute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Minute {
    fn schema_name() -> Cow<'static, str> {
        "Minute".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}
