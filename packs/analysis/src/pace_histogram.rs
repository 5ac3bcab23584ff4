//! `icu_get_pace_histogram`, `icu_get_gap_histogram`
use intervals_core::{
    ActivityRef, List, Notes, Result,
    client::Histogram,
    tool,
    units::{Number, Percent, Seconds, SpeedReading},
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    histogram::{self, Span},
    reading::{Reading, Sample, speed_reading},
};

// One bucket.
#[derive(Serialize, JsonSchema)]
struct Row {
    min_mps: Option<Sample>,
    max_mps: Option<Sample>,
    /// As the service has it, where the unit is not clear.
    min: Option<Number>,
    max: Option<Number>,
    time_s: Seconds,
    time_pct: Percent,
}

/// TIME by pace in one activity.
#[tool(read, title = "Pace histogram")]
async fn icu_get_pace_histogram(activity: ActivityRef, notes: Notes) -> Result<List<Row>> {
    rows(&activity, Histogram::Pace, &notes).await
}

/// TIME by gradient adjusted pace in one activity.
#[tool(read, tier = rare, title = "GAP histogram")]
async fn icu_get_gap_histogram(activity: ActivityRef, notes: Notes) -> Result<List<Row>> {
    rows(&activity, Histogram::GradientAdjustedPace, &notes).await
}

async fn rows(activity: &ActivityRef, kind: Histogram, notes: &Notes) -> Result<List<Row>> {
    let (activity, spans) = histogram::fetch(activity, kind, None, "there is no pace histogram of it", notes).await?;
    if spans.is_empty() {
        return Ok(vec![].into());
    }
    let speed_reading = speed_reading(activity.sport.as_deref());
    let unit = Unit::of(&spans, activity.speed().map(|speed| speed.0), speed_reading);
    notes.add(match unit {
        Some(Unit { name, .. }) => {
            format!("the service does not name the unit of the bounds; {name} fits the average speed")
        }
        None => "the service does not name the unit of the bounds, and none could be told from the speed".into(),
    });
    let spans = histogram::merged(spans, notes);
    Ok(spans.iter().map(|span| row(span, unit, speed_reading)).collect::<Vec<_>>().into())
}

/// Unit of the bounds, which the service does not name; inferred from the activity's average speed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Unit {
    name: &'static str,
    /// Distance, in m, whose time in s is a bound; `None` when the bounds are speeds.
    metres: Option<f64>,
}

const SPEED: Unit = Unit { name: "m/s", metres: None };
const SWIM: &[Unit] = &[SPEED, Unit { name: "s/100m", metres: Some(100.0) }];
const RUN: &[Unit] =
    &[SPEED, Unit { name: "s/km", metres: Some(1000.0) }, Unit { name: "min/km", metres: Some(1000.0 / 60.0) }];

impl Unit {
    /// Returns the unit in which the mean of the time is closest to the average speed: within a factor of 1.5, and by a factor of
    /// 1.1 closer than in any other unit, because nothing else can tell m/s from min/km.
    fn of(spans: &[Span], average: Option<f64>, speed_reading: Reading) -> Option<Self> {
        let average = average.filter(|average| *average > 0.0)?;
        let middle = |span: &Span| match (span.min, span.max) {
            (Some(min), Some(max)) => Some(f64::midpoint(min, max)),
            (one, other) => one.or(other),
        };
        let weighted = spans.iter().filter_map(|span| Some((middle(span)?, span.secs)));
        let (sum, secs) = weighted.fold((0.0, 0.0), |(sum, all), (middle, secs)| (sum + middle * secs, all + secs));
        let off = |unit: &Self| (unit.speed(sum / secs) / average).ln().abs();
        let units = if speed_reading == Reading::Speed(SpeedReading::Swim) { SWIM } else { RUN };
        let best = *units.iter().min_by(|a, b| off(a).total_cmp(&off(b)))?;
        let others = units.iter().filter(|unit| **unit != best);
        let clear = others.map(off).all(|other| other - off(&best) >= 1.1_f64.ln());
        (clear && off(&best) <= 1.5_f64.ln()).then_some(best)
    }

    fn speed(self, bound: f64) -> f64 {
        self.metres.map_or(bound, |metres| metres / bound)
    }
}

fn row(span: &Span, unit: Option<Unit>, speed_reading: Reading) -> Row {
    let (time_s, time_pct) = (Seconds(span.secs), span.percent);
    let Some(unit) = unit else {
        let (min, max) = (span.min.map(Number), span.max.map(Number));
        return Row { min_mps: None, max_mps: None, min, max, time_s, time_pct };
    };
    // A short time is a high speed; zero would be an infinite one.
    let (slow, fast) = if unit.metres.is_none() { (span.min, span.max) } else { (span.max, span.min) };
    let speed = |bound: Option<f64>| {
        let bound = bound.filter(|bound| unit.metres.is_none() || *bound > 0.0)?;
        Some(Sample(speed_reading, unit.speed(bound)))
    };
    Row { min_mps: speed(slow), max_mps: speed(fast), min: None, max: None, time_s, time_pct }
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{RUN, SWIM},
        upstream,
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case("icu_get_pace_histogram", RUN, "min /km|max /km|time|time %")]
    #[case("icu_get_gap_histogram", RUN, "min /km|max /km|time|time %")]
    #[case("icu_get_pace_histogram", SWIM, "min /100m|max /100m|time|time %")]
    #[tokio::test]
    async fn pace_is_read_as_the_sport_reads_it(#[case] tool: &str, #[case] id: &str, #[case] head: &str) {
        let answer = demo().await.answer(tool, json!({"activity_id": id})).await;
        assert_eq!(answer.text.lines().next(), Some(head));
        let rows = answer.structured["items"].as_array().unwrap();
        assert!(rows.iter().all(|row| row["min_mps"].as_f64() < row["max_mps"].as_f64()), "{rows:?}");
        assert!(answer.structured["notes"][0].as_str().unwrap().ends_with("m/s fits the average speed"));
    }

    #[rstest]
    #[case("Run", Some(3.7), json!([{"min": 240, "max": 270, "secs": 50}, {"min": 270, "max": 300, "secs": 50}]),
        "min /km|max /km|time|time %\n4:30|4:00|0:00:50|50\n5:00|4:30|0:00:50|50\n")]
    #[case("Swim", Some(1.25), json!([{"min": 78, "max": 82, "secs": 60}]),
        "min /100m|max /100m|time|time %\n1:22|1:18|0:01:00|100\n")]
    #[case("Run", Some(3.7), json!([{"min": 3.6, "max": 3.8, "secs": 60}]),
        "min /km|max /km|time|time %\n4:38|4:23|0:01:00|100\n")]
    #[case("Run", Some(3.2), json!([{"min": 5.0, "max": 5.5, "secs": 60}]),
        "min /km|max /km|time|time %\n5:30|5:00|0:01:00|100\n")]
    #[case("Run", Some(3.5), json!([{"min": 4.5, "max": 5.0, "secs": 60}]),
        "min /km|max /km|time|time %\n5:00|4:30|0:01:00|100\n")]
    #[case("Run", Some(4.08), json!([{"min": 4.0, "max": 4.2, "secs": 60}]),
        "min|max|time|time %\n4|4.2|0:01:00|100\n")]
    #[case("Run", Some(3.7), json!([{"min": 20, "max": 30, "secs": 60}]),
        "min|max|time|time %\n20|30|0:01:00|100\n")]
    #[case("Run", None, json!([{"min": 240, "max": 270, "secs": 60}]),
        "min|max|time|time %\n240|270|0:01:00|100\n")]
    #[tokio::test]
    async fn the_unit_is_told_from_the_speed_or_left_open(
        #[case] sport: &str,
        #[case] speed: Option<f64>,
        #[case] buckets: Value,
        #[case] text: &str,
    ) {
        let activity = json!({"id": "i9", "type": sport, "average_speed": speed});
        let found = answered(activity, buckets).await.text;
        assert!(found.starts_with(text) && found.contains("does not name the unit"), "{found}");
    }

    async fn answered(activity: Value, buckets: Value) -> intervals_core::answer::Answer {
        upstream("athlete/0", json!({"id": "i1"}))
            .and("activity/i9", activity)
            .and("activity/i9/pace-histogram", buckets)
            .await
            .answer("icu_get_pace_histogram", json!({"activity_id": "i9"}))
            .await
    }

    #[tokio::test]
    async fn many_buckets_are_merged_since_their_width_cannot_be_chosen() {
        let bucket = |n: u32| json!({"min": n, "max": n + 1, "secs": 2});
        let buckets = (200..450).map(bucket).collect::<Vec<_>>();
        let answer =
            answered(json!({"id": "i9", "type": "Run", "average_speed": 3.1}), json!(buckets)).await.structured;
        let rows = answer["items"].as_array().unwrap();
        assert_eq!((rows.len(), answer.get("next")), (84, None));
        assert_eq!(
            (&rows[0]["max_mps"], &rows[0]["min_mps"], &rows[0]["time_s"]),
            (&json!(5), &json!(4.926), &json!(6))
        );
        assert_eq!(rows.iter().map(|row| row["time_s"].as_u64().unwrap()).sum::<u64>(), 500);
        assert_eq!(answer["notes"][1], "a row is 3 neighbouring buckets of the service");
    }
}
