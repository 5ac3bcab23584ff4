//! Local times of the service, to the minute.
use std::{borrow::Cow, fmt};

use jiff::civil::{Date, DateTime, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, Serializer};

/// A local time without a zone, as the service stores it. It is shown without seconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Minute(String);

impl Minute {
    /// The time. Returns `None` when the service sent none.
    pub fn time(&self) -> Option<DateTime> {
        self.0.parse().ok()
    }

    /// The day, also without a time.
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

/// A local time without a zone, as the service stores it. Midnight is shown as the day alone, any other time to the minute.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DayOrMinute(String);

impl DayOrMinute {
    /// The text of the service.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The time; midnight for a day without one. Returns `None` when the service sent none.
    pub fn time(&self) -> Option<DateTime> {
        self.0.parse().ok()
    }
}

impl From<DateTime> for DayOrMinute {
    fn from(time: DateTime) -> Self {
        Self(time.to_string())
    }
}

impl fmt::Display for DayOrMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time() {
            None => f.write_str(&self.0),
            Some(time) if time.time() == Time::midnight() => time.date().fmt(f),
            Some(time) => time.strftime("%Y-%m-%dT%H:%M").fmt(f),
        }
    }
}

impl Serialize for DayOrMinute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for DayOrMinute {
    fn schema_name() -> Cow<'static, str> {
        "DayOrMinute".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-07-10T00:00:00", "2026-07-10")]
    #[case("2026-07-10", "2026-07-10")]
    #[case("2026-07-10T06:30:15", "2026-07-10T06:30")]
    #[case("soon", "soon")]
    fn a_midnight_is_its_day(#[case] stored: &str, #[case] shown: &str) {
        assert_eq!(DayOrMinute(stored.into()).to_string(), shown);
    }
}
