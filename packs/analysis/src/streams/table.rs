//! Converts streams to columns, downsampled to the same rows.
use intervals_core::{
    Error, Notes, Result,
    answer::Columns,
    client::{ActivityStream, Samples},
    series::downsample_together,
    units::Count,
};
use serde_json::Value;

use super::Summary;
use crate::{
    clock::Second,
    reading::{self, Reading, Sample},
};

/// The samples between two seconds.
pub struct Range {
    first: usize,
    /// Seconds of the samples, or their indices without a time stream.
    pub x: Vec<f64>,
    timed: bool,
}

impl Range {
    pub fn of(streams: &[ActivityStream], from: Option<Second>, to: Option<Second>) -> Result<Self> {
        let time = streams
            .iter()
            .find(|stream| stream.kind == "time")
            .map(|time| time.data.values.as_slice())
            .filter(|time| !time.is_empty());
        let length = streams.iter().map(|stream| stream.data.values.len()).max().unwrap_or_default();
        let mut last = 0.0;
        let second = |sample: usize| match time.and_then(|time| time.get(sample)) {
            Some(time) => {
                last = time.unwrap_or(last).max(last);
                last
            }
            None => last + 1.0,
        };
        let all: Vec<f64> = match time {
            Some(_) => (0..length).map(second).collect(),
            None if from.or(to).is_some() && length > 0 => {
                let problem = "the activity has no time stream, so that from and to mean nothing in it";
                return Err(Error::new(problem, "Leave them out."));
            }
            None => (0..length).map(|sample| sample as f64).collect(),
        };
        let first = from.map_or(0, |from| all.partition_point(|at| *at < from.0));
        let end = to.map_or(all.len(), |to| all.partition_point(|at| *at <= to.0));
        let x = all.get(first..end).unwrap_or_default().to_vec();
        if let (true, Some(end)) = (x.is_empty(), all.last()) {
            let problem = format!("nothing was recorded between from and to; the activity ends at {end} s");
            return Err(Error::new(problem, "Choose other seconds."));
        }
        Ok(Self { first, x, timed: time.is_some() })
    }

    /// Returns whether an anomaly overlaps the range; one without bounds does.
    fn touches(&self, anomaly: &Value) -> bool {
        let (first, behind) = (self.first as f64, (self.first + self.x.len()) as f64);
        let at = |key: &str| anomaly.get(key).and_then(Value::as_f64);
        at("start_index").is_none_or(|start| start < behind) && at("end_index").is_none_or(|end| end >= first)
    }

    /// Returns a value for each sample of the range.
    fn cut(&self, samples: &Samples) -> Vec<Option<f64>> {
        let value = |sample: usize| samples.values.get(self.first + sample).copied().flatten();
        (0..self.x.len()).map(value).collect()
    }
}

/// A column: its key, how its values are shown, and the values.
pub struct Column {
    key: String,
    reading: Reading,
    values: Vec<Option<f64>>,
}

/// Converts a stream to a column and its summary; a position has two columns and no summary.
pub fn columns(stream: &ActivityStream, sport: Option<&str>, range: &Range) -> (Vec<Column>, Option<Summary>) {
    if stream.kind == "latlng" {
        let column =
            |key: &str, samples| Column { key: key.into(), reading: Reading::Degrees, values: range.cut(samples) };
        return (vec![column("lat", &stream.data), column("lon", &stream.data2)], None);
    }
    let (key, reading) = reading::key_and_reading(&stream.kind, sport);
    let values = range.cut(&stream.data);
    let present: Vec<f64> = values.iter().flatten().copied().collect();
    let count = |n: usize| Some(Count(n as f64)).filter(|_| n > 0);
    let bound = |pick: fn(f64, f64) -> f64| present.iter().copied().reduce(pick);
    let summary = bound(f64::min).zip(bound(f64::max)).map(|(min, max)| Summary {
        series: key.to_string(),
        min: Sample(reading, min),
        // The mean of a distance that only grows has no meaning.
        mean: (reading != Reading::Along).then(|| Sample(reading, present.iter().sum::<f64>() / present.len() as f64)),
        max: Sample(reading, max),
        missing: count(values.len() - present.len()),
        corrected: count(stream.anomalies.iter().filter(|anomaly| range.touches(anomaly)).count()),
    });
    (vec![Column { key: key.into(), reading, values }], summary)
}

/// Downsamples all columns to the same rows, and keeps the shape of each.
pub fn sampled(range: &Range, columns: Vec<Column>, rows: usize, notes: &Notes) -> Columns<Sample> {
    let shapes: Vec<_> = columns.iter().map(|column| filled(&column.values)).collect();
    let kept = downsample_together(&range.x, &shapes, rows);
    if kept.len() < range.x.len() {
        notes.add(format!(
            "{} of {} samples, chosen to keep the shape of all series (largest triangles); each is a single sample, not a mean",
            kept.len(),
            range.x.len()
        ));
    }
    let key = if range.timed { "time_s" } else { "sample" };
    let pick = |values: &[Option<f64>], reading| -> Vec<Option<Sample>> {
        kept.iter().map(|n| values.get(*n).copied().flatten().map(|value| Sample(reading, value))).collect()
    };
    let x: Vec<_> = range.x.iter().copied().map(Some).collect();
    let first = (key.to_owned(), pick(&x, Reading::Count));
    let rest = columns.into_iter().map(|column| {
        let values = pick(&column.values, column.reading);
        (column.key, values)
    });
    Columns(std::iter::once(first).chain(rest).collect())
}

/// Fills each gap with the value before it, because a gap has no shape.
fn filled(values: &[Option<f64>]) -> Vec<f64> {
    let mut last = values.iter().flatten().next().copied().unwrap_or_default();
    values
        .iter()
        .map(|value| {
            last = value.unwrap_or(last);
            last
        })
        .collect()
}
