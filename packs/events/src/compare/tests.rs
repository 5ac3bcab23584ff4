//! Tests of `icu_compare_with_plan`.
use intervals_core::testing::{
    demo,
    demo::{INTERVALS_RIDE, MANUAL, PAST_EVENT, STRAVA},
    upstream, upstream_when,
    wiremock::{ResponseTemplate, matchers::path},
};
use rstest::rstest;
use serde_json::json;

#[tokio::test]
async fn a_ride_is_compared_with_its_event() {
    let answer = demo().await.answer("icu_compare_with_plan", json!({"activity_id": INTERVALS_RIDE})).await;
    let comparison = answer.structured;
    assert_eq!(
        (&comparison["event_id"], &comparison["planned_name"]),
        (&json!(PAST_EVENT), &json!("Threshold 4 x 8 min"))
    );
    let number = |key: &str| comparison[key].as_f64().unwrap();
    let share = 100.0 * number("done_duration_s") / number("planned_duration_s");
    assert!((number("duration_of_plan_pct") - share).abs() < 0.1 && number("load_of_plan_pct") > 50.0, "{comparison}");
    assert!(answer.text.contains("\nduration_of_plan: "), "{}", answer.text);
    assert!(!comparison["done_intervals"].as_array().unwrap().is_empty());
}

#[rstest]
#[case(MANUAL, "is paired with no planned event")]
#[case(STRAVA, "activity 15987654321 came through Strava. Strava withholds")]
#[case("i404", "there is no activity/i404")]
#[tokio::test]
async fn an_activity_without_a_comparison_says_why(#[case] id: &str, #[case] problem: &str) {
    let error = demo().await.text("icu_compare_with_plan", json!({"activity_id": id})).await;
    assert!(error.contains(problem), "{error}");
}

#[tokio::test]
async fn steps_are_resolved_and_zeros_are_not_compared() {
    let activity = json!({"id": "i1", "icu_athlete_id": "i9", "paired_event_id": 5, "type": "Ride", "moving_time": 3000,
        "distance": 0.0, "icu_training_load": 50, "compliance": 0, "interval_summary": null});
    let event = |step: serde_json::Value| {
        json!({"id": 5, "category": "WORKOUT", "start_date_local": "2026-07-01T00:00:00", "moving_time": 3600, "distance": 0.0,
            "icu_training_load": 0, "workout_doc": {"steps": [step]}})
    };
    let plain = event(json!({"duration": 3600}));
    let resolved = event(json!({"duration": 3600, "_power": {"start": 190, "end": 200}}));
    let mut comparison = upstream("activity/i1", activity)
        .and("athlete/i9/events/5", plain)
        .and("athlete/i9/events", json!([resolved]))
        .await
        .imperial()
        .structured("icu_compare_with_plan", json!({"activity_id": "i1"}))
        .await;
    comparison.as_object_mut().unwrap().remove("athlete");
    assert_eq!(
        comparison,
        json!({"activity_id": "i1", "event_id": 5, "date": "2026-07-01", "sport": "Ride", "planned_duration_s": 3600,
            "done_duration_s": 3000, "duration_of_plan_pct": 83.3, "done_load": 50, "done_intervals": [],
            "planned_steps": [{"duration_s": 3600, "power_min_w": 190, "power_max_w": 200}]})
    );
}

#[tokio::test]
async fn a_deleted_event_is_named() {
    let activity =
        ResponseTemplate::new(200).set_body_json(json!({"id": "i1", "icu_athlete_id": "i9", "paired_event_id": 5}));
    let error = upstream_when(path("/api/v1/activity/i1"), activity)
        .await
        .imperial()
        .text("icu_compare_with_plan", json!({"activity_id": "i1"}))
        .await;
    assert!(error.starts_with("the event 5, with which activity i1 is paired, is no longer there"), "{error}");
}
