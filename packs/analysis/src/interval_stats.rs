//! `icu_get_interval_stats`
use intervals_core::{ActivityRef, Notes, Result, records::interval::Row, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::clock::{Clock, Second};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Seconds from the start of the activity.
    #[schemars(example = 900)]
    start: Second,
    /// Seconds.
    #[schemars(example = 1380)]
    end: Second,
}

/// METRICS of any stretch of an activity.
#[tool(read, tier = rare, title = "Interval stats")]
async fn icu_get_interval_stats(activity: ActivityRef, notes: Notes, args: Args) -> Result<Row> {
    let (found, clock) = activity.beside(&notes, Clock::of(&activity)).await?;
    let Some(clock) = clock else { return Ok(Row::default()) };
    let (start, end) = clock.samples(args.start, args.end)?;
    Ok(Row::of(activity.interval_stats(start, end).await?, found.sport.as_deref()))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{INTERVALS_RIDE, MANUAL, STRAVA},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    const TOOL: &str = "icu_get_interval_stats";

    #[rstest]
    #[case(json!(900), json!(1380))]
    #[case(json!("0:15:00"), json!("23:00"))]
    #[tokio::test]
    async fn a_stretch_has_the_metrics_of_the_interval_that_lies_there(#[case] start: Value, #[case] end: Value) {
        let demo = demo().await;
        let stats = demo.answer(TOOL, json!({"activity_id": INTERVALS_RIDE, "start": start, "end": end})).await;
        let whole = demo.structured("icu_get_activity_intervals", json!({"activity_id": INTERVALS_RIDE})).await;
        let first = &whole["intervals"]["items"][1];
        for key in ["avg_power_w", "duration_s", "intensity_pct", "avg_hr_bpm", "start_s"] {
            assert_eq!(stats.structured[key], first[key], "{key}");
        }
        assert!(stats.text.contains("duration: 0:08:00\n"), "{}", stats.text);
    }

    #[tokio::test]
    async fn seconds_outside_the_activity_are_not_sent() {
        let demo = demo().await;
        let run = async |id: &str, start: u32, end: u32| {
            demo.run(TOOL, json!({"activity_id": id, "start": start, "end": end})).await
        };
        let problem = async |id, start, end| run(id, start, end).await.unwrap_err().problem;
        assert!(problem(INTERVALS_RIDE, 900, 9000).await.contains("behind the end of the activity at 4499 s"));
        assert!(problem(INTERVALS_RIDE, 900, 800).await.starts_with("nothing was recorded from 900 s to 800 s"));
        assert!(problem(MANUAL, 0, 10).await.contains("no time stream"));
        let stub = run(STRAVA, 0, 10).await.unwrap().structured;
        assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"));
        assert!(demo.requests().iter().all(|r| !r.path.ends_with("interval-stats")));
    }
}
