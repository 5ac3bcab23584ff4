//! `icu_get_hr_histogram`
use intervals_core::{
    ActivityRef, List, Notes, Result,
    client::Histogram,
    tool,
    units::{Bpm, Percent, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::histogram;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
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
async fn icu_get_hr_histogram(activity: ActivityRef, notes: Notes, args: Args) -> Result<List<Row>> {
    let (_, spans) =
        histogram::fetch(&activity, Histogram::HeartRate, args.bucket_size, "no heart rate was recorded", &notes)
            .await?;
    let rows = histogram::merged(spans, &notes).into_iter().map(|s| Row {
        min_bpm: s.min.map(Bpm),
        max_bpm: s.max.map(Bpm),
        time_s: Seconds(s.secs),
        time_pct: s.percent,
    });
    Ok(rows.collect::<Vec<_>>().into())
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{COACHED, COACHED_RIDE, MANUAL, RIDE, STRAVA},
        upstream,
    };
    use rstest::rstest;
    use serde_json::{Value, json};

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
        let demo = demo().await;
        for wanted in [None, Some(size * 2.0)] {
            let mut arguments = json!({"activity_id": RIDE});
            if let Some(size) = wanted {
                arguments["bucket_size"] = json!(size as u32);
            }
            let rows = demo.structured(tool, arguments).await["items"].as_array().unwrap().clone();
            assert!(number(&rows[0], "time_s") > 0.0 && number(rows.last().unwrap(), "time_s") > 0.0);
            let width = wanted.unwrap_or(size);
            assert!(rows.iter().all(|row| number(row, max) - number(row, min) == width), "{rows:?}");
            assert_eq!(rows.iter().map(|row| number(row, "time_s")).sum::<f64>(), 5527.0);
            let share: f64 = rows.iter().map(|row| number(row, "time_pct")).sum();
            assert!((99.0..101.0).contains(&share), "{share}");
        }
        for size in [0, 3_000_000_000_u32] {
            let error = demo.error(tool, json!({"activity_id": RIDE, "bucket_size": size})).await;
            assert_eq!(error.problem, format!("bucket_size is {size}"));
        }
    }

    #[tokio::test]
    async fn many_buckets_are_bounded() {
        let demo = demo().await;
        let answer = demo.structured("icu_get_power_histogram", json!({"activity_id": RIDE, "bucket_size": 1})).await;
        let rows = answer["items"].as_array().unwrap();
        assert!((50..=100).contains(&rows.len()), "{}", rows.len());
        assert_eq!(rows.iter().map(|row| number(row, "time_s")).sum::<f64>(), 5527.0);
        assert_eq!(answer["notes"], json!(["a row is 4 neighbouring buckets of the service"]));
    }

    #[rstest]
    #[case("icu_get_power_histogram", "no power was recorded")]
    #[case("icu_get_hr_histogram", "no heart rate was recorded")]
    #[case("icu_get_pace_histogram", "there is no pace histogram of it")]
    #[case("icu_get_gap_histogram", "there is no pace histogram of it")]
    #[tokio::test]
    async fn without_data_it_says_so_and_a_stub_says_what_helps(#[case] tool: &str, #[case] note: &str) {
        let demo = demo().await;
        let answer = demo.structured(tool, json!({"activity_id": MANUAL})).await;
        assert_eq!((&answer["total"], &answer["notes"][0]), (&json!(0), &json!(note)));
        let stub = demo.structured(tool, json!({"activity_id": STRAVA})).await;
        assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"), "{stub}");
        assert_eq!(stub["notes"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn the_answer_names_another_athlete() {
        let answer = demo().await.structured("icu_get_hr_histogram", json!({"activity_id": COACHED_RIDE})).await;
        assert!(answer["athlete"].as_str().unwrap().contains(COACHED));
    }

    #[tokio::test]
    async fn bounds_and_times_may_be_null_and_a_histogram_without_time_says_so() {
        let buckets =
            json!([{"min": null, "max": 100, "secs": 10}, {"min": 100, "max": null, "secs": 30}, {"secs": null}]);
        let empty = json!([{"min": 0, "max": 25, "secs": 0}]);
        let bench = upstream("athlete/0", json!({"id": "i1"}))
            .and("activity/i9", json!({"id": "i9"}))
            .and("activity/i9/hr-histogram", buckets)
            .and("activity/i9/power-histogram", empty)
            .await;
        let text = bench.text("icu_get_hr_histogram", json!({"activity_id": "i9"})).await;
        assert_eq!(text, "min bpm|max bpm|time|time %\n|100|0:00:10|25\n100||0:00:30|75\n(2)\n");
        bench.answers("icu_get_power_histogram", json!({"activity_id": "i9"}), &["no power was recorded"]).await;
    }
}
