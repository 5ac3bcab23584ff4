//! How the speeds of one activity are read, whichever tool tells them.
use intervals_core::testing::upstream;
use rstest::rstest;
use serde_json::{Value, json};

const UNITS: [&str; 7] = ["km/h", "mph", "/km", "/mi", "/100m", "/100y", "/500m"];

#[rstest]
#[case::a_rower("Rowing", Value::Null, "/500m")]
#[case::a_metric_runner_who_chose_miles("Run", json!("MINS_MILE"), "/mi")]
#[case::a_metric_swimmer_in_yards("Swim", json!("SECS_100Y"), "/100y")]
#[case::a_rider("Ride", Value::Null, "km/h")]
#[tokio::test]
async fn one_activity_has_one_unit_of_speed_in_every_answer(
    #[case] sport: &str,
    #[case] pace_units: Value,
    #[case] unit: &str,
) {
    let settings = json!([{"id": 1, "types": [sport], "pace_units": pace_units}]);
    let profile = json!({"id": "i1", "measurement_preference": "meters", "sportSettings": settings});
    let activity = json!({"id": "i9", "icu_athlete_id": "i1", "type": sport, "average_speed": 3.1, "max_speed": 3.6,
        "gap": 3.0, "stream_types": ["time", "velocity_smooth"]});
    let part = json!({"id": 1, "type": "WORK", "average_speed": 3.2, "gap": 3.1, "start_index": 0, "end_index": 3});
    let streams =
        json!([{"type": "time", "data": [0, 1, 2, 3]}, {"type": "velocity_smooth", "data": [3.1, 3.2, 3.3, 3.4]}]);
    let efforts = json!({"efforts": [{"start_index": 0, "end_index": 3, "average": 3.3, "duration": 3}]});
    let service = upstream("athlete/0", profile)
        .and("activity/i9", activity)
        .and("activity/i9/intervals", json!({"icu_intervals": [part], "icu_groups": []}))
        .and("activity/i9/interval-stats", part)
        .and("activity/i9/streams.json", streams)
        .and("activity/i9/best-efforts", efforts)
        .await;
    let calls = [
        ("icu_get_activity_details", json!({})),
        ("icu_get_activity_intervals", json!({})),
        ("icu_get_interval_stats", json!({"start": 0, "end": 3})),
        ("icu_get_activity_streams", json!({"streams": ["velocity_smooth"]})),
        ("icu_get_best_efforts", json!({"stream": "velocity_smooth", "duration": 3})),
    ];
    for (tool, mut arguments) in calls {
        arguments["activity_id"] = "i9".into();
        let text = service.text(tool, arguments).await;
        let read: Vec<_> = UNITS.into_iter().filter(|unit| text.contains(unit)).collect();
        assert_eq!(read, [unit], "{tool}: {text}");
    }
}
