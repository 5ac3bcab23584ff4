//! `icu_get_hr_histogram`
use intervals_core::{
    Icu, List, Notes, Result, tool,
    units::{Bpm, Percent, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{histogram, subject};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// i12345.
    #[schemars(example = &"i9001")]
    activity_id: String,
    /// Bpm; default 5.
    #[schemars(example = 10)]
    bucket_size: Option<u32>,
}

// One bucket.
#[derive(Serialize, JsonSchema)]
struct Row {
    min_bpm: Option<Bpm>,
    max_bpm: Option<Bpm>,
    time_s: Seconds,
    time_pct: Percent,
}

/// TIME by heart rate in one activity.
#[tool(read, title = "Heart rate histogram")]
async fn icu_get_hr_histogram(icu: Icu, notes: Notes, args: Args) -> Result<List<Row>> {
    let size = histogram::size(args.bucket_size)?;
    let work = icu.hr_histogram(&args.activity_id, size);
    let (_, found) = subject::with(&icu, &notes, &args.activity_id, work).await?;
    let spans = histogram::told(found.as_deref(), "no heart rate was recorded", &notes).into_iter();
    let rows = spans.map(|s| Row {
        min_bpm: s.min.map(Bpm),
        max_bpm: s.max.map(Bpm),
        time_s: Seconds(s.secs),
        time_pct: s.percent,
    });
    Ok(histogram::list(rows.collect()))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::ToolRunner;
    use intervals_demo::{COACHED, COACHED_RIDE, Demo, MANUAL, RIDE, STRAVA};
    use rstest::rstest;
    use serde_json::{Value, json};
    use wiremock::{Mock, MockServer, ResponseTemplate, matchers::path};

    fn number(row: &Value, key: &str) -> f64 {
        row[key].as_f64().unwrap_or_else(|| panic!("{key} in {row}"))
    }

    #[rstest]
    #[case("icu_get_power_histogram", "min_w", "max_w", 25.0)]
    #[case("icu_get_hr_histogram", "min_bpm", "max_bpm", 5.0)]
    #[tokio::test]
    async fn buckets_cover_the_time_and_no_more(
        #[case] tool: &str,
        #[case] min: &str,
        #[case] max: &str,
        #[case] size: f64,
    ) {
        let demo = Demo::start().await.unwrap();
        let bench = ToolRunner::at(&demo.url);
        for wanted in [None, Some(size * 2.0)] {
            let mut arguments = json!({"activity_id": RIDE});
            if let Some(size) = wanted {
                arguments["bucket_size"] = json!(size as u32);
            }
            let rows = bench.run(tool, arguments).await.unwrap().structured["items"].as_array().unwrap().clone();
            assert!(number(&rows[0], "time_s") > 0.0 && number(rows.last().unwrap(), "time_s") > 0.0);
            let width = wanted.unwrap_or(size);
            assert!(rows.iter().all(|row| number(row, max) - number(row, min) == width), "{rows:?}");
            assert_eq!(rows.iter().map(|row| number(row, "time_s")).sum::<f64>(), 5527.0);
            let share: f64 = rows.iter().map(|row| number(row, "time_pct")).sum();
            assert!((99.0..101.0).contains(&share), "{share}");
        }
        for size in [0, 3_000_000_000_u32] {
            let error = bench.run(tool, json!({"activity_id": RIDE, "bucket_size": size})).await.unwrap_err();
            assert_eq!(error.problem, format!("bucket_size is {size}"));
        }
    }

    #[tokio::test]
    async fn many_buckets_are_bounded() {
        let demo = Demo::start().await.unwrap();
        let arguments = json!({"activity_id": RIDE, "bucket_size": 1});
        let answer = ToolRunner::at(&demo.url).run("icu_get_power_histogram", arguments).await.unwrap().structured;
        assert_eq!(
            (answer["items"].as_array().unwrap().len(), &answer["next"]),
            (100, &json!("a greater bucket_size"))
        );
    }

    #[rstest]
    #[case("icu_get_power_histogram", "no power was recorded")]
    #[case("icu_get_hr_histogram", "no heart rate was recorded")]
    #[case("icu_get_pace_histogram", "there is no pace histogram of it")]
    #[case("icu_get_gap_histogram", "there is no pace histogram of it")]
    #[tokio::test]
    async fn without_data_it_says_so_and_a_stub_says_what_helps(#[case] tool: &str, #[case] note: &str) {
        let demo = Demo::start().await.unwrap();
        let bench = ToolRunner::at(&demo.url);
        let answer = bench.run(tool, json!({"activity_id": MANUAL})).await.unwrap().structured;
        assert_eq!((&answer["total"], &answer["notes"][0]), (&json!(0), &json!(note)));
        let stub = bench.run(tool, json!({"activity_id": STRAVA})).await.unwrap().structured;
        assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"), "{stub}");
        assert_eq!(stub["notes"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn the_answer_names_another_athlete() {
        let demo = Demo::start().await.unwrap();
        let arguments = json!({"activity_id": COACHED_RIDE});
        let answer = ToolRunner::at(&demo.url).run("icu_get_hr_histogram", arguments).await.unwrap().structured;
        assert!(answer["athlete"].as_str().unwrap().contains(COACHED));
    }

    #[tokio::test]
    async fn bounds_and_times_may_be_null_and_a_histogram_without_time_says_so() {
        let server = MockServer::start().await;
        let answer = |body: Value| ResponseTemplate::new(200).set_body_json(body);
        Mock::given(path("/api/v1/athlete/0")).respond_with(answer(json!({"id": "i1"}))).mount(&server).await;
        Mock::given(path("/api/v1/activity/i9")).respond_with(answer(json!({"id": "i9"}))).mount(&server).await;
        let buckets =
            json!([{"min": null, "max": 100, "secs": 10}, {"min": 100, "max": null, "secs": 30}, {"secs": null}]);
        Mock::given(path("/api/v1/activity/i9/hr-histogram")).respond_with(answer(buckets)).mount(&server).await;
        let empty = json!([{"min": 0, "max": 25, "secs": 0}]);
        Mock::given(path("/api/v1/activity/i9/power-histogram")).respond_with(answer(empty)).mount(&server).await;
        let bench = ToolRunner::at(&server.uri());
        let text = bench.text("icu_get_hr_histogram", json!({"activity_id": "i9"})).await;
        assert_eq!(text, "min bpm|max bpm|time|time %\n|100|0:00:10|25\n100||0:00:30|75\n(2)\n");
        let text = bench.text("icu_get_power_histogram", json!({"activity_id": "i9"})).await;
        assert!(text.contains("no power was recorded"), "{text}");
    }
}
