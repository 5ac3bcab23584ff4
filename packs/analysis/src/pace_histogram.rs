//! `icu_get_pace_histogram`, `icu_get_gap_histogram`
use icu_core::{
    Icu, List, Notes, Result,
    client::{Activity, Bucket},
    tool,
    units::{Number, Percent, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    histogram::{self, Span},
    reading::{Reading, Sample, tempo},
    subject,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Such as i12345.
    #[schemars(example = &"i9002")]
    activity_id: String,
}

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
async fn icu_get_pace_histogram(icu: Icu, notes: Notes, args: Args) -> Result<List<Row>> {
    let work = icu.pace_histogram(&args.activity_id);
    let (activity, found) = subject::with(&icu, &notes, &args.activity_id, work).await?;
    Ok(rows(&activity, found, &notes))
}

/// TIME by gradient adjusted pace in one activity.
#[tool(read, title = "GAP histogram")]
async fn icu_get_gap_histogram(icu: Icu, notes: Notes, args: Args) -> Result<List<Row>> {
    let work = icu.gap_histogram(&args.activity_id);
    let (activity, found) = subject::with(&icu, &notes, &args.activity_id, work).await?;
    Ok(rows(&activity, found, &notes))
}

fn rows(activity: &Activity, found: Option<Vec<Bucket>>, notes: &Notes) -> List<Row> {
    let spans = histogram::spans(found.as_deref().unwrap_or_default());
    if spans.is_empty() {
        if found.is_some() {
            notes.add("there is no pace histogram of it");
        }
        return histogram::list(vec![]);
    }
    let tempo = tempo(activity.sport.as_deref());
    let unit = Unit::of(&spans, activity.average_speed.or(activity.pace).map(|speed| speed.0), tempo);
    notes.add(unit.said());
    histogram::list(spans.iter().map(|span| unit.row(span, tempo)).collect())
}

/// What the bounds are in. The service does not say; the activity's speed does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    MetresPerSecond,
    /// Seconds for so many metres.
    SecondsPer(f64),
    Unknown,
}

impl Unit {
    /// The unit in which the middle of the time fits the average speed within a third. m/s comes first, being what the service
    /// uses for every other pace; between it and min/km nothing could decide.
    fn of(spans: &[Span], average: Option<f64>, tempo: Reading) -> Self {
        let Some(average) = average.filter(|average| *average > 0.0) else { return Self::Unknown };
        let middle = |span: &Span| match (span.min, span.max) {
            (Some(min), Some(max)) => Some(f64::midpoint(min, max)),
            (one, other) => one.or(other),
        };
        let weighted = spans.iter().filter_map(|span| Some((middle(span)?, span.secs)));
        let (sum, secs) = weighted.fold((0.0, 0.0), |(sum, all), (middle, secs)| (sum + middle * secs, all + secs));
        let mean = sum / secs;
        let fits = |unit: &Self| {
            let speed = match unit {
                Self::SecondsPer(metres) => metres / mean,
                _ => mean,
            };
            (average * 0.67..average * 1.5).contains(&speed)
        };
        let metres = if tempo == Reading::SwimPace { 100.0 } else { 1000.0 };
        let units = [Self::MetresPerSecond, Self::SecondsPer(metres)];
        units.into_iter().find(fits).unwrap_or(Self::Unknown)
    }

    fn said(self) -> &'static str {
        match self {
            Self::MetresPerSecond => "the service does not name the unit of the bounds; m/s fits the average speed",
            Self::SecondsPer(1000.0) => "the service does not name the unit of the bounds; s/km fits the average speed",
            Self::SecondsPer(_) => "the service does not name the unit of the bounds; s/100m fits the average speed",
            Self::Unknown => "the service does not name the unit of the bounds, and none could be told from the speed",
        }
    }

    fn row(self, span: &Span, tempo: Reading) -> Row {
        let (time_s, time_pct) = (Seconds(span.secs), span.percent);
        let speeds = match self {
            Self::MetresPerSecond => (span.min, span.max),
            // Few seconds are a high speed.
            Self::SecondsPer(metres) => {
                let speed = |seconds: Option<f64>| seconds.filter(|s| *s > 0.0).map(|seconds| metres / seconds);
                (speed(span.max), speed(span.min))
            }
            Self::Unknown => {
                let (min, max) = (span.min.map(Number), span.max.map(Number));
                return Row { min_mps: None, max_mps: None, min, max, time_s, time_pct };
            }
        };
        let sample = |speed: Option<f64>| speed.map(|speed| Sample(tempo, speed));
        Row { min_mps: sample(speeds.0), max_mps: sample(speeds.1), min: None, max: None, time_s, time_pct }
    }
}

#[cfg(test)]
mod tests {
    use icu_core::testing::Bench;
    use icu_demo::{Demo, RUN, SWIM};
    use rstest::rstest;
    use serde_json::{Value, json};
    use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

    #[rstest]
    #[case("icu_get_pace_histogram", RUN, "min /km|max /km|time|time %")]
    #[case("icu_get_gap_histogram", RUN, "min /km|max /km|time|time %")]
    #[case("icu_get_pace_histogram", SWIM, "min /100m|max /100m|time|time %")]
    #[tokio::test]
    async fn pace_is_read_as_the_sport_reads_it(#[case] tool: &str, #[case] id: &str, #[case] head: &str) {
        let demo = Demo::start().await.unwrap();
        let answer = Bench::at(&demo.url).run(tool, json!({"activity_id": id})).await.unwrap();
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
        let server = MockServer::start().await;
        let answer = |body: Value| ResponseTemplate::new(200).set_body_json(body);
        Mock::given(path("/api/v1/athlete/0")).respond_with(answer(json!({"id": "i1"}))).mount(&server).await;
        let activity = json!({"id": "i9", "type": sport, "average_speed": speed});
        Mock::given(path("/api/v1/activity/i9")).respond_with(answer(activity)).mount(&server).await;
        Mock::given(path("/api/v1/activity/i9/pace-histogram")).respond_with(answer(buckets)).mount(&server).await;
        let found = Bench::at(&server.uri()).text("icu_get_pace_histogram", json!({"activity_id": "i9"})).await;
        assert!(found.starts_with(text) && found.contains("does not name the unit"), "{found}");
    }
}
