//! Inside one activity: streams, intervals, best efforts, histograms.
mod samples;

use reqwest::Method;
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use crate::{ALL, Activities, Activity, Body, Page, Result, decode::Extended, text::Text};
pub use samples::Samples;

use crate::{
    lenient,
    units::{
        Bpm, Climb, Count, Intensity, Joules, Metres, MetresPerSecond, Number, Percent, Points, Rpm, Seconds, Watts,
    },
};

/// One recorded or computed series. Elements are paired with those of `time` by their place; sampling is not always 1 Hz.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ActivityStream {
    /// `watts`, `heartrate`, …
    #[serde(rename = "type", deserialize_with = "lenient::id")]
    pub kind: String,
    /// The values; the latitudes of `latlng`.
    pub data: Samples,
    /// The longitudes of `latlng`.
    pub data2: Samples,
    /// Ranges that the service corrected.
    #[serde(deserialize_with = "lenient::list")]
    pub anomalies: Vec<Value>,
    /// Whether there is no value at all.
    #[serde(rename = "allNull")]
    pub all_null: Option<bool>,
}

/// The parts of an activity.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ActivityIntervals {
    /// In their order in time.
    pub intervals: Vec<ActivityInterval>,
    /// Work intervals that are alike.
    pub groups: Vec<ActivityInterval>,
}

/// The same as it comes: either list may be null.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Lists {
    icu_intervals: Option<Box<RawValue>>,
    icu_groups: Option<Box<RawValue>>,
}

/// One part of an activity, or a group of parts, with the athlete's own fields beside the service's.
pub type ActivityInterval = Extended<IntervalRecord>;

/// The service's fields of an interval, as far as they are answered. Every field may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct IntervalRecord {
    /// A number; of a group such as `480s@265w88rpm`.
    #[serde(deserialize_with = "any_id")]
    pub id: Option<String>,
    /// `WORK` or `RECOVERY`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// What the athlete calls it.
    pub label: Option<Text>,
    /// The group it belongs to.
    pub group_id: Option<String>,
    /// How many a group has.
    pub count: Option<Count>,
    /// The first sample.
    pub start_index: Option<Count>,
    /// The first sample behind it.
    pub end_index: Option<Count>,
    /// Seconds from the start of the activity.
    pub start_time: Option<Seconds>,
    /// The same of its end.
    pub end_time: Option<Seconds>,
    /// Time in motion.
    pub moving_time: Option<Seconds>,
    /// Time from start to end.
    pub elapsed_time: Option<Seconds>,
    /// Ground covered.
    pub distance: Option<Metres>,
    /// Average power.
    pub average_watts: Option<Watts>,
    /// Greatest power.
    pub max_watts: Option<Watts>,
    /// Weighted average power, also called normalized power.
    pub weighted_average_watts: Option<Watts>,
    /// The power zone of the average.
    pub zone: Option<Count>,
    /// Percent of threshold.
    pub intensity: Option<Intensity>,
    /// Training load.
    pub training_load: Option<Points>,
    /// Average heart rate.
    pub average_heartrate: Option<Bpm>,
    /// Greatest heart rate.
    pub max_heartrate: Option<Bpm>,
    /// Average cadence.
    pub average_cadence: Option<Rpm>,
    /// Average speed.
    pub average_speed: Option<MetresPerSecond>,
    /// Pace adjusted to the gradient, m/s.
    pub gap: Option<MetresPerSecond>,
    /// Average stride in m.
    pub average_stride: Option<Number>,
    /// Height gained.
    pub total_elevation_gain: Option<Climb>,
    /// How far power and heart rate drift apart, percent.
    pub decoupling: Option<Percent>,
    /// W' left at the start.
    pub wbal_start: Option<Joules>,
    /// W' left at the end.
    pub wbal_end: Option<Joules>,
    /// Percent of the right pedal.
    pub avg_lr_balance: Option<Percent>,
    /// DFA alpha 1.
    pub average_dfa_a1: Option<Number>,
    /// Oxygen saturation of the muscle.
    pub average_smo2: Option<Percent>,
}

fn any_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(id) => Some(id),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    })
}

/// A best effort.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Effort {
    /// The first sample.
    pub start_index: Option<Count>,
    /// The first sample behind it.
    pub end_index: Option<Count>,
    /// In the stream's own unit.
    pub average: Option<Number>,
    /// How long.
    pub duration: Option<Seconds>,
    /// How far.
    pub distance: Option<Metres>,
}

/// Which best efforts are wanted; one of duration and distance must be given.
#[derive(Debug, Clone, Serialize)]
pub struct EffortQuery<'a> {
    /// The stream to search.
    pub stream: &'a str,
    /// Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u32>,
    /// Metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
    /// How many.
    pub count: usize,
}

/// What time is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Histogram {
    /// Watts.
    Power,
    /// Beats a minute.
    HeartRate,
    /// Pace.
    Pace,
    /// Pace adjusted to the gradient.
    GradientAdjustedPace,
}

/// Time between two bounds. The specification describes another shape, which is not what comes.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Bucket {
    /// Lower bound.
    pub min: Option<Number>,
    /// Upper bound.
    pub max: Option<Number>,
    /// How long.
    pub secs: Option<Seconds>,
}

/// Which intervals are searched for; the service insists on all four bounds.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IntervalSearch {
    /// Shortest, seconds.
    pub min_secs: u32,
    /// Longest, seconds.
    pub max_secs: u32,
    /// Percent of threshold.
    pub min_intensity: u32,
    /// Percent of threshold.
    pub max_intensity: u32,
    /// `AUTO`, `POWER`, `HR` or `PACE`: what intensity is measured by.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// Fewest that match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_reps: Option<u32>,
    /// Most that match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_reps: Option<u32>,
    /// Most activities.
    pub limit: usize,
}

impl Activity {
    /// `GET /activity/{id}/streams.json`: those of `types` that there are. `watts` is the corrected series. Always whole.
    pub async fn streams(&self, types: &[&str]) -> Result<Vec<ActivityStream>> {
        self.client.list(&self.path(&["streams.json"]), &[("types", types.join(","))]).await
    }

    /// `GET /activity/{id}/intervals`: both lists may be null.
    pub async fn intervals(&self) -> Result<ActivityIntervals> {
        let path = self.path(&["intervals"]);
        let lists: Option<Lists> = self.client.get(&path, ALL).await?;
        self.unfold(lists, &Method::GET, &path)
    }

    /// `PUT /activity/{id}/intervals`: with `all` they replace those there are, else they are merged into them. Of each only
    /// `start_index`, `end_index` and `label` are kept, metrics are computed anew, and gaps are filled: more come back.
    pub async fn put_intervals(&self, intervals: Vec<Value>, all: bool) -> Result<ActivityIntervals> {
        let path = self.path(&["intervals"]);
        let lists: Option<Lists> = self.client.put(&path, &[("all", all)], Body::Json(intervals.into())).await?;
        self.unfold(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/intervals/{intervalId}`: changes one, of which place and label are sent.
    pub async fn update_interval(&self, interval: &str, body: Value) -> Result<ActivityIntervals> {
        let path = self.path(&["intervals", interval]);
        let lists: Option<Lists> = self.client.put(&path, ALL, Body::Json(body)).await?;
        self.unfold(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/split-interval`: two of the one around this sample.
    pub async fn split_interval(&self, at: usize) -> Result<ActivityIntervals> {
        let path = self.path(&["split-interval"]);
        let lists: Option<Lists> = self.client.put(&path, &[("splitAt", at)], Body::None).await?;
        self.unfold(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/delete-intervals`: removes these; the recording stays.
    pub async fn delete_intervals(&self, intervals: Vec<Value>) -> Result<ActivityIntervals> {
        let path = self.path(&["delete-intervals"]);
        let lists: Option<Lists> = self.client.put(&path, ALL, Body::Json(intervals.into())).await?;
        self.unfold(lists, &Method::PUT, &path)
    }

    /// `GET /activity/{id}/interval-stats`: the metrics of any stretch, by samples.
    pub async fn interval_stats(&self, start: usize, end: usize) -> Result<ActivityInterval> {
        self.client.get(&self.path(&["interval-stats"]), &[("start_index", start), ("end_index", end)]).await
    }

    /// `GET /activity/{id}/best-efforts`: best first; none where the list is null.
    pub async fn best_efforts(&self, query: &EffortQuery<'_>) -> Result<Vec<Effort>> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Best {
            efforts: Option<Box<RawValue>>,
        }
        let path = self.path(&["best-efforts"]);
        let best: Option<Best> = self.client.get(&path, query).await?;
        self.client.readable_in(best.unwrap_or_default().efforts, &Method::GET, &path)
    }

    /// `GET /activity/{id}/power-histogram` and its like: a bare array; buckets of 25 W or 5 bpm unless a size is given, which those of
    /// pace do not take. Their bounds have no named unit.
    pub async fn histogram(&self, of: Histogram, size: Option<u32>) -> Result<Vec<Bucket>> {
        let path = match of {
            Histogram::Power => "power-histogram",
            Histogram::HeartRate => "hr-histogram",
            Histogram::Pace => "pace-histogram",
            Histogram::GradientAdjustedPace => "gap-histogram",
        };
        self.client.list(&self.path(&[path]), &size.map(|size| ("bucketSize", size)).as_slice()).await
    }

    fn unfold(&self, lists: Option<Lists>, method: &Method, path: &[&str]) -> Result<ActivityIntervals> {
        let Lists { icu_intervals, icu_groups } = lists.unwrap_or_default();
        let read = |list| self.client.readable_in(list, method, path);
        Ok(ActivityIntervals { intervals: read(icu_intervals)?, groups: read(icu_groups)? })
    }
}

impl Activities<'_> {
    /// `GET /athlete/{id}/activities/interval-search`: most recent first, whole activities.
    pub async fn interval_search<R: DeserializeOwned>(&self, search: &IntervalSearch) -> Result<Page<R>> {
        self.0.client.page(&self.0.path(&["activities", "interval-search"]), search).await
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_interval_may_be_null_all_over_and_keeps_its_own_fields() {
        let nulls = crate::operations::Operations::embedded().unwrap().nulls("Interval", json!({"Torque": 5}));
        let interval: ActivityInterval = serde_json::from_value(nulls).unwrap();
        assert!(interval.id.is_none() && interval.custom["Torque"] == 5);
        let group: ActivityInterval = serde_json::from_value(json!({"id": "480s@265w88rpm", "count": 4})).unwrap();
        assert_eq!(group.id.as_deref(), Some("480s@265w88rpm"));
        let one: ActivityInterval = serde_json::from_value(json!({"id": 7, "intensity": 99.5})).unwrap();
        assert_eq!(one.id.as_deref(), Some("7"));
    }
}
