//! Fetches histograms and computes their rows, for the four histogram tools.
use intervals_core::{
    ActivityRef, Error, Notes, Result,
    client::{Bucket, Histogram},
    records::activity::Full,
    units::Percent,
};

/// Maximum rows of an answer.
const ROWS: usize = 100;

/// A bucket: bounds, seconds, share of the time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub secs: f64,
    pub percent: Percent,
}

/// Fetches an activity and its histogram; adds the note `if_empty` when the histogram has no time.
pub async fn fetch(
    activity: &ActivityRef,
    kind: Histogram,
    size: Option<u32>,
    if_empty: &str,
    notes: &Notes,
) -> Result<(Full, Vec<Span>)> {
    if let Some(size @ (0 | 1001..)) = size {
        return Err(Error::new(format!("bucket_size is {size}"), "Give a width of 1 to 1000."));
    }
    let (record, found) = activity.beside(notes, activity.histogram(kind, size)).await?;
    let spans = spans(found.as_deref().unwrap_or_default());
    if found.is_some() && spans.is_empty() {
        notes.add(if_empty);
    }
    Ok((record, spans))
}

/// Drops the empty buckets at both ends, and computes the share of the time of the others.
fn spans(buckets: &[Bucket]) -> Vec<Span> {
    let secs = |bucket: &Bucket| bucket.secs.map_or(0.0, |secs| secs.0);
    let total: f64 = buckets.iter().map(secs).sum();
    let used = |bucket: &Bucket| secs(bucket) > 0.0;
    let (first, last) = (buckets.iter().position(used), buckets.iter().rposition(used));
    let Some((first, last)) = first.zip(last) else { return vec![] };
    let span = |bucket: &Bucket| Span {
        min: bucket.min.map(|min| min.0),
        max: bucket.max.map(|max| max.0),
        secs: secs(bucket),
        percent: Percent(100.0 * secs(bucket) / total),
    };
    buckets.get(first..=last).unwrap_or_default().iter().map(span).collect()
}

/// Merges neighbouring buckets so that they fit in [`ROWS`].
pub fn merged(spans: Vec<Span>, notes: &Notes) -> Vec<Span> {
    let each = spans.len().div_ceil(ROWS);
    if each < 2 {
        return spans;
    }
    notes.add(format!("a row is {each} neighbouring buckets of the service"));
    let one = |spans: &[Span]| {
        Some(Span {
            min: spans.first()?.min,
            max: spans.last()?.max,
            secs: spans.iter().map(|span| span.secs).sum(),
            percent: Percent(spans.iter().map(|span| span.percent.0).sum()),
        })
    };
    spans.chunks(each).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn empty_buckets_go_at_the_ends_and_stay_in_between() {
        let bucket = |min: u32, secs: u32| serde_json::from_value(json!({"min": min, "max": min + 25, "secs": secs}));
        let buckets: Vec<Bucket> =
            [(0, 0), (25, 30), (50, 0), (75, 90), (100, 0)].map(|(min, secs)| bucket(min, secs).unwrap()).into();
        let spans = spans(&buckets);
        let seen: Vec<_> = spans.iter().map(|s| (s.min, s.secs, s.percent.0)).collect();
        assert_eq!(seen, [(Some(25.0), 30.0, 25.0), (Some(50.0), 0.0, 0.0), (Some(75.0), 90.0, 75.0)]);
        assert_eq!(super::spans(&[Bucket::default()]), []);
    }
}
