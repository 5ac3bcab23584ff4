//! Converts seconds of an activity to samples, which are not always one a second.
use std::borrow::Cow;

use intervals_core::{ClientError, Error, Result, client::Activity};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

/// Seconds from the start of the activity: `900`, or a clock time such as `0:15:00`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Second(pub f64);

impl<'de> Deserialize<'de> for Second {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let second = match &value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => seconds(text),
            _ => None,
        };
        let wrong = || de::Error::custom(format!("{value} is no time of an activity; write seconds or h:mm:ss"));
        second.filter(|second| *second >= 0.0).map(Self).ok_or_else(wrong)
    }
}

fn seconds(text: &str) -> Option<f64> {
    text.trim().split(':').try_fold(0.0, |sum, part| {
        let part: f64 = part.parse().ok().filter(|part: &f64| part.is_finite() && *part >= 0.0)?;
        Some(sum * 60.0 + part)
    })
}

impl JsonSchema for Second {
    fn schema_name() -> Cow<'static, str> {
        "Second".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer"})
    }
}

/// The time of every sample, ascending.
#[derive(Debug, Default)]
pub struct Clock(Vec<f64>);

impl Clock {
    /// Reads the time stream of an activity; the clock is empty without one.
    pub async fn of(activity: &Activity) -> Result<Self, ClientError> {
        let streams = activity.streams(&["time"]).await?;
        let time = streams.into_iter().find(|stream| stream.kind == "time");
        Ok(Self::new(&time.map(|time| time.data.values).unwrap_or_default()))
    }

    /// Creates a clock; a sample without a time gets the time of the sample before.
    pub fn new(times: &[Option<f64>]) -> Self {
        let mut last = 0.0;
        Self(times.iter().map(|time| *latest(&mut last, *time)).collect())
    }

    /// Returns the second of a sample; the index after the last sample is the end of the recording.
    pub fn second(&self, sample: usize) -> Option<f64> {
        self.0.get(sample).copied().or_else(|| self.0.last().filter(|_| sample == self.0.len()).map(|last| last + 1.0))
    }

    /// Returns the first sample at or after a second.
    pub fn sample(&self, second: Second) -> Result<usize> {
        let Some(end) = self.0.last() else {
            return Err(Error::new(
                "the activity has no time stream, so that seconds mean nothing in it",
                "Take an activity that was recorded by a device.",
            ));
        };
        // The recording ends one second after its last sample.
        if second.0 > end + 1.0 {
            return Err(Error::new(
                format!("{} s lies behind the end of the activity at {end} s", second.0),
                "Give seconds from its start.",
            ));
        }
        Ok(self.0.partition_point(|time| *time < second.0))
    }

    /// Like [`sample`](Self::sample), but fails at the start and the end of the activity.
    pub fn inside(&self, second: Second) -> Result<usize> {
        let at = self.sample(second)?;
        if (1..self.0.len()).contains(&at) {
            return Ok(at);
        }
        let problem = format!("{} s is the start or the end of the activity, where nothing can be split", second.0);
        Err(Error::new(problem, "Give a second between them."))
    }

    /// Returns the samples from `start` up to `end`, exclusive; fails when there are none.
    pub fn samples(&self, start: Second, end: Second) -> Result<(usize, usize)> {
        let (from, to) = (self.sample(start)?, self.sample(end)?);
        if from >= to {
            let problem = format!("nothing was recorded from {} s to {} s", start.0, end.0);
            return Err(Error::new(problem, "Give a start before the end."));
        }
        Ok((from, to))
    }
}

fn latest(last: &mut f64, time: Option<f64>) -> &f64 {
    *last = time.unwrap_or(*last).max(*last);
    last
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(json!(900), Some(900.0))]
    #[case(json!("900"), Some(900.0))]
    #[case(json!("0:15:00"), Some(900.0))]
    #[case(json!("15:30"), Some(930.0))]
    #[case(json!(-1), None)]
    #[case(json!("soon"), None)]
    #[case(json!([]), None)]
    fn a_time_is_seconds_or_a_clock(#[case] json: Value, #[case] expected: Option<f64>) {
        assert_eq!(serde_json::from_value::<Second>(json).ok(), expected.map(Second));
    }

    #[test]
    fn seconds_find_their_samples_where_sampling_is_not_even() {
        let clock = Clock::new(&[Some(0.0), Some(1.0), Some(4.0), None, Some(60.0)]);
        let samples = [0.0, 1.0, 2.0, 5.0, 61.0].map(|second| clock.sample(Second(second)).unwrap());
        assert_eq!(samples, [0, 1, 2, 4, 5]);
        assert_eq!([2, 3, 5, 6].map(|sample| clock.second(sample)), [Some(4.0), Some(4.0), Some(61.0), None]);
        assert!(clock.sample(Second(62.0)).unwrap_err().problem.contains("behind the end of the activity at 60 s"));
        assert!(clock.samples(Second(5.0), Second(50.0)).unwrap_err().problem.contains("nothing was recorded"));
        assert!(Clock::default().sample(Second(0.0)).unwrap_err().problem.contains("no time stream"));
    }
}
