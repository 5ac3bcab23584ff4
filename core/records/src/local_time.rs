//! A local day or time in an argument.
use std::{borrow::Cow, fmt, str::FromStr};

use jiff::civil::{Date, DateTime, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A day in the athlete's calendar, with or without a time: `2026-07-10` or `2026-07-10T06:30`. A zone is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub date: Date,
    /// The time, if one is given; midnight too.
    pub time: Option<Time>,
}

impl LocalTime {
    /// The given time, else the midnight at the start of the day.
    pub fn start(self) -> DateTime {
        self.or(Time::midnight())
    }

    /// The given time, else `time` on the day.
    pub fn or(self, time: Time) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(time))
    }

    /// Parses all forms. Returns `None` when `text` is no local day or time.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        // After the day, these are part of a zone.
        if text.get(10..).is_some_and(|time| time.contains(['Z', 'z', '+', '-', '['])) {
            return None;
        }
        let at: DateTime = text.parse().ok()?;
        let timed = text.contains(['T', 't', ' ']);
        Some(Self { date: at.date(), time: timed.then(|| at.time()) })
    }
}

impl FromStr for LocalTime {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let forms = "write it as 2026-07-10 or 2026-07-10T06:30, without a zone";
        Self::read(text).ok_or_else(|| format!("\"{text}\" is not a local day or time; {forms}"))
    }
}

/// Formats the time as the service takes it, to the second. A day alone is its midnight.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start().strftime("%Y-%m-%dT%H:%M:%S").fmt(f)
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for LocalTime {
    fn schema_name() -> Cow<'static, str> {
        "LocalTime".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;
    use crate::Day;

    #[rstest]
    #[case("2026-07-10", None)]
    #[case(" 20260710 ", None)]
    #[case("2026-07-10T00:00", Some("00:00:00"))]
    #[case("2026-07-10T06:30", Some("06:30:00"))]
    #[case("2026-07-10 06:30:15", Some("06:30:15"))]
    #[case("20260710T0630", Some("06:30:00"))]
    fn a_day_may_have_a_time(#[case] text: &str, #[case] time: Option<&str>) {
        let read: LocalTime = from_value(json!(text)).unwrap();
        assert_eq!(read.time.map(|time| time.to_string()).as_deref(), time);
        assert_eq!((read.date.to_string(), text.parse::<Day>().unwrap().0), ("2026-07-10".into(), read.date));
        let written = format!("2026-07-10T{}", time.unwrap_or("00:00:00"));
        assert_eq!(json!(read), json!(written));
    }

    #[rstest]
    #[case("tomorrow")]
    #[case("2026-02-30")]
    #[case("2026-07-10T06:30:00Z")]
    #[case("2026-07-10T06:30:00+02:00")]
    #[case("2026-07-10T06:30-02")]
    #[case("2026-07-10T06:30[Europe/Prague]")]
    fn a_zone_and_other_words_are_refused(#[case] text: &str) {
        let error = from_value::<LocalTime>(json!(text)).unwrap_err().to_string();
        assert!(error.starts_with(&format!("\"{text}\" is not a local day or time; write it as ")), "{error}");
        assert!(text.parse::<Day>().unwrap_err().contains("is not a day"));
    }
}
