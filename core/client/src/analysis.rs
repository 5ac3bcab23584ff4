//! Requests for the data of one activity: streams, intervals, best efforts, histograms.
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

/// A recorded or computed series. Its values belong to those of the stream `time` by index; sampling is not always 1 Hz.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ActivityStream {
    /// Its type: `watts`, `heartrate`, …
    #[serde(rename = "type", deserialize_with = "lenient::id")]
    pub kind: String,
    /// The values; the latitudes of `latlng`.
    pub data: Samples,
    /// The longitudes of `latlng`.
    pub data2: Samples,
    /// Ranges that the service corrected.
    #[serde(deserialize_with = "lenient::list")]
    pub anomalies: Vec<Value>,
    /// Whether all values are null.
    #[serde(rename = "allNull")]
    pub all_null: Option<bool>,
}

/// The intervals of an activity, and their groups.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ActivityIntervals {
    /// The intervals in order of time.
    pub intervals: Vec<ActivityInterval>,
    /// Groups of similar work intervals.
    pub groups: Vec<ActivityInterval>,
}

/// The response with intervals; either list may be null.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Lists {
    icu_intervals: Option<Box<RawValue>>,
    icu_groups: Option<Box<RawValue>>,
}

/// An interval of an activity, or a group of intervals, with the athlete's custom fields.
pub type ActivityInterval = Extended<IntervalRecord>;

/// The fields of an interval that answers use. Every field may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct IntervalRecord {
    /// A number, or for a group a word such as `480s@265w88rpm`.
    #[serde(deserialize_with = "any_id")]
    pub id: Option<String>,
    /// `WORK` or `RECOVERY`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The athlete's name for it.
    pub label: Option<Text>,
    /// The group it belongs to.
    pub group_id: Option<String>,
    /// The number of intervals in a group.
    pub count: Option<Count>,
    /// The index of the first sample.
    pub start_index: Option<Count>,
    /// The index after the last sample.
    pub end_index: Option<Count>,
    /// Seconds from the start of the activity.
    pub start_time: Option<Seconds>,
    /// Seconds from the start of the activity to its end.
    pub end_time: Option<Seconds>,
    /// Moving time.
    pub moving_time: Option<Seconds>,
    /// Elapsed time.
    pub elapsed_time: Option<Seconds>,
    /// Distance.
    pub distance: Option<Metres>,
    /// Average power.
    pub average_watts: Option<Watts>,
    /// Greatest power.
    pub max_watts: Option<Watts>,
    /// Weighted average power, also called normalized power.
    pub weighted_average_watts: Option<Watts>,
    /// The power zone of the average.
    pub zone: Option<Count>,
    /// Intensity, percent of threshold.
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
    /// Decoupling: the drift between power and heart rate, percent.
    pub decoupling: Option<Percent>,
    /// W' balance at the start.
    pub wbal_start: Option<Joules>,
    /// W' balance at the end.
    pub wbal_end: Option<Joules>,
    /// Left-right balance: the right pedal's share, percent.
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

/// A best effort in a stream.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Effort {
    /// The index of the first sample.
    pub start_index: Option<Count>,
    /// The index after the last sample.
    pub end_index: Option<Count>,
    /// The average, in the stream's unit.
    pub average: Option<Number>,
    /// Duration.
    pub duration: Option<Seconds>,
    /// Distance.
    pub distance: Option<Metres>,
}

/// A query for best efforts. It needs a duration or a distance.
#[derive(Debug, Clone, Serialize)]
pub struct EffortQuery<'a> {
    /// The stream to search.
    pub stream: &'a str,
    /// Duration of the efforts, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u32>,
    /// Distance of the efforts, metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<f64>,
    /// The most efforts.
    pub count: usize,
}

/// The quantity of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Histogram {
    /// Power, W.
    Power,
    /// Heart rate, bpm.
    HeartRate,
    /// Pace.
    Pace,
    /// Pace adjusted to the gradient.
    GradientAdjustedPace,
}

/// The time between two bounds. The specification describes another shape than the service sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Bucket {
    /// Lower bound.
    pub min: Option<Number>,
    /// Upper bound.
    pub max: Option<Number>,
    /// The time.
    pub secs: Option<Seconds>,
}

/// A search for intervals. The service requires all four bounds.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct IntervalSearch {
    /// The shortest duration, seconds.
    pub min_secs: u32,
    /// The longest duration, seconds.
    pub max_secs: u32,
    /// The lowest intensity, percent of threshold.
    pub min_intensity: u32,
    /// The highest intensity, percent of threshold.
    pub max_intensity: u32,
    /// What measures the intensity: `AUTO`, `POWER`, `HR` or `PACE`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The fewest matching intervals of an activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_reps: Option<u32>,
    /// The most matching intervals of an activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_reps: Option<u32>,
    /// The most activities.
    pub limit: usize,
}

impl Activity {
    /// `GET /activity/{id}/streams.json`: the existing streams of `types`, complete. `watts` is the corrected series.
    pub async fn streams(&self, types: &[&str]) -> Result<Vec<ActivityStream>> {
        self.client.list(&self.path(&["streams.json"]), &[("types", types.join(","))]).await
    }

    /// `GET /activity/{id}/intervals`: the intervals and groups; null lists are empty.
    pub async fn intervals(&self) -> Result<ActivityIntervals> {
        let path = self.path(&["intervals"]);
        let lists: Option<Lists> = self.client.get(&path, ALL).await?;
        self.decode_lists(lists, &Method::GET, &path)
    }

    /// `PUT /activity/{id}/intervals`: replaces the intervals with `all`, else merges these into them. The service keeps only
    /// `start_index`, `end_index` and `label` of each, recomputes metrics and fills gaps, so it may return more intervals.
    pub async fn put_intervals(&self, intervals: Vec<Value>, all: bool) -> Result<ActivityIntervals> {
        let path = self.path(&["intervals"]);
        let lists: Option<Lists> = self.client.put(&path, &[("all", all)], Body::Json(intervals.into())).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/intervals/{intervalId}`: changes one interval. The body has its place and label.
    pub async fn update_interval(&self, interval: &str, body: Value) -> Result<ActivityIntervals> {
        let path = self.path(&["intervals", interval]);
        let lists: Option<Lists> = self.client.put(&path, ALL, Body::Json(body)).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/split-interval`: splits the interval around this sample in two.
    pub async fn split_interval(&self, at: usize) -> Result<ActivityIntervals> {
        let path = self.path(&["split-interval"]);
        let lists: Option<Lists> = self.client.put(&path, &[("splitAt", at)], Body::None).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/delete-intervals`: deletes these intervals. The recording stays.
    pub async fn delete_intervals(&self, intervals: Vec<Value>) -> Result<ActivityIntervals> {
        let path = self.path(&["delete-intervals"]);
        let lists: Option<Lists> = self.client.put(&path, ALL, Body::Json(intervals.into())).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `GET /activity/{id}/interval-stats`: the metrics between two sample indices.
    pub async fn interval_stats(&self, start: usize, end: usize) -> Result<ActivityInterval> {
        self.client.get(&self.path(&["interval-stats"]), &[("start_index", start), ("end_index", end)]).await
    }

    /// `GET /activity/{id}/best-efforts`: best first; a null list is empty.
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

    /// `GET /activity/{id}/power-histogram`, `hr-histogram`, `pace-histogram` or `gap-histogram`: buckets of 25 W or 5 bpm, or of
    /// `size`, which the ones of pace do not take. The service names no unit of pace bounds.
    pub async fn histogram(&self, quantity: Histogram, size: Option<u32>) -> Result<Vec<Bucket>> {
        let path = match quantity {
            Histogram::Power => "power-histogram",
            Histogram::HeartRate => "hr-histogram",
            Histogram::Pace => "pace-histogram",
            Histogram::GradientAdjustedPace => "gap-histogram",
        };
        self.client.list(&self.path(&[path]), &size.map(|size| ("bucketSize", size)).as_slice()).await
    }

    fn decode_lists(&self, lists: Option<Lists>, method: &Method, path: &[&str]) -> Result<ActivityIntervals> {
        let Lists { icu_intervals, icu_groups } = lists.unwrap_or_default();
        let decode = |list| self.client.readable_in(list, method, path);
        Ok(ActivityIntervals { intervals: decode(icu_intervals)?, groups: decode(icu_groups)? })
    }
}

impl Activities<'_> {
    /// `GET /athlete/{id}/activities/interval-search`: activities with matching intervals, newest first.
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
