//! Requests for the data of one activity: streams, intervals, best efforts, histograms.
mod samples;

use reqwest::Method;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use crate::{
    ALL, Activities, Activity, Body, Page, Result, lenient,
    units::{Count, Metres, Number, Seconds},
};
pub use samples::Samples;

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

/// The intervals of an activity, and their groups. `I` and `G` are their records.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ActivityIntervals<I, G> {
    /// The intervals in order of time.
    pub intervals: Vec<I>,
    /// Groups of similar work intervals.
    pub groups: Vec<G>,
}

/// The response with intervals; either list may be null.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Lists {
    icu_intervals: Option<Box<RawValue>>,
    icu_groups: Option<Box<RawValue>>,
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
    pub async fn intervals<I: DeserializeOwned, G: DeserializeOwned>(&self) -> Result<ActivityIntervals<I, G>> {
        let path = self.path(&["intervals"]);
        let lists: Option<Lists> = self.client.get(&path, ALL).await?;
        self.decode_lists(lists, &Method::GET, &path)
    }

    /// `PUT /activity/{id}/intervals`: replaces the intervals with `all`, else merges these into them. The service keeps only
    /// `start_index`, `end_index` and `label` of each, recomputes metrics and fills gaps, so it may return more intervals.
    pub async fn put_intervals<I: DeserializeOwned, G: DeserializeOwned>(
        &self,
        intervals: Vec<Value>,
        all: bool,
    ) -> Result<ActivityIntervals<I, G>> {
        let path = self.path(&["intervals"]);
        let lists: Option<Lists> = self.client.put(&path, &[("all", all)], Body::Json(intervals.into())).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/intervals/{intervalId}`: changes one interval. The body has its place and label.
    pub async fn update_interval<I: DeserializeOwned, G: DeserializeOwned>(
        &self,
        interval: &str,
        body: Value,
    ) -> Result<ActivityIntervals<I, G>> {
        let path = self.path(&["intervals", interval]);
        let lists: Option<Lists> = self.client.put(&path, ALL, Body::Json(body)).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/split-interval`: splits the interval around this sample in two.
    pub async fn split_interval<I: DeserializeOwned, G: DeserializeOwned>(
        &self,
        at: usize,
    ) -> Result<ActivityIntervals<I, G>> {
        let path = self.path(&["split-interval"]);
        let lists: Option<Lists> = self.client.put(&path, &[("splitAt", at)], Body::None).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `PUT /activity/{id}/delete-intervals`: deletes these intervals. The recording stays.
    pub async fn delete_intervals<I: DeserializeOwned, G: DeserializeOwned>(
        &self,
        intervals: Vec<Value>,
    ) -> Result<ActivityIntervals<I, G>> {
        let path = self.path(&["delete-intervals"]);
        let lists: Option<Lists> = self.client.put(&path, ALL, Body::Json(intervals.into())).await?;
        self.decode_lists(lists, &Method::PUT, &path)
    }

    /// `GET /activity/{id}/interval-stats`: the metrics between two sample indices.
    pub async fn interval_stats<R: DeserializeOwned>(&self, start: usize, end: usize) -> Result<R> {
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

    fn decode_lists<I: DeserializeOwned, G: DeserializeOwned>(
        &self,
        lists: Option<Lists>,
        method: &Method,
        path: &[&str],
    ) -> Result<ActivityIntervals<I, G>> {
        let Lists { icu_intervals, icu_groups } = lists.unwrap_or_default();
        Ok(ActivityIntervals {
            intervals: self.client.readable_in(icu_intervals, method, path)?,
            groups: self.client.readable_in(icu_groups, method, path)?,
        })
    }
}

impl Activities<'_> {
    /// `GET /athlete/{id}/activities/interval-search`: activities with matching intervals, newest first.
    pub async fn interval_search<R: DeserializeOwned>(&self, search: &IntervalSearch) -> Result<Page<R>> {
        self.0.client.page(&self.0.path(&["activities", "interval-search"]), search).await
    }
}
