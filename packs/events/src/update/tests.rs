//! Tests of `icu_update_event`.
use intervals_core::testing::{
    ToolRunner, demo,
    demo::{EVENT, HOLIDAY, NOTE, RACE, TARGET},
};
use rstest::rstest;
use serde_json::{Value, json};

async fn update(demo: &ToolRunner, id: u32, mut arguments: Value) -> Value {
    arguments["event_id"] = id.into();
    demo.structured("icu_update_event", arguments).await
}

fn sent(demo: &ToolRunner) -> Value {
    let last = demo.requests().into_iter().rfind(|request| request.method == "PUT").unwrap();
    serde_json::from_slice(&last.body).unwrap()
}

#[tokio::test]
async fn only_given_fields_change() {
    let demo = demo().await;
    let answer = update(&demo, RACE, json!({"name": "Grand tour", "tags": ["#a"]})).await;
    assert_eq!(sent(&demo), json!({"name": "Grand tour", "tags": ["a"]}));
    assert_eq!(
        (&answer["name"], &answer["tags"], &answer["distance_m"]),
        (&json!("Grand tour"), &json!(["a"]), &json!(160_000))
    );
    let answer = update(&demo, RACE, json!({"tags": []})).await;
    assert_eq!((&answer["tags"], &answer["name"]), (&json!([]), &json!("Grand tour")));
}

#[rstest]
#[case(RACE, json!({"distance_meters": 0, "duration_seconds": -1, "training_load": 0, "description": ""}),
    &["distance_m", "duration_s", "load", "text"])]
#[case(TARGET, json!({"load_target": -1, "time_target": 0, "distance_target": 0}),
    &["load_target", "time_target_s", "distance_target_m"])]
#[tokio::test]
async fn numbers_texts_and_targets_can_be_cleared(#[case] id: u32, #[case] clear: Value, #[case] gone: &[&str]) {
    let demo = demo().await;
    let answer = update(&demo, id, clear).await;
    for key in gone {
        assert!(answer.get(*key).is_none(), "{key}: {answer}");
    }
    assert!(sent(&demo).as_object().unwrap().values().all(|value| value.as_f64() == Some(0.0) || *value == ""));
    assert!(answer.get("notes").is_none(), "{answer}");
}

#[rstest]
#[case(EVENT, json!({"start_date": "2026-07-09"}), "2026-07-09T00:00:00", "2026-07-10T00:00:00", "2026-07-09", None)]
#[case(EVENT, json!({"start_date": "2026-07-09T06:00"}), "2026-07-09T06:00:00", "2026-07-10T00:00:00", "2026-07-09T06:00", None)]
#[case(HOLIDAY, json!({"start_date": "2026-08-10"}), "2026-08-10T00:00:00", "2026-08-17T00:00:00",
    "2026-08-10", Some("2026-08-16"))]
#[case(NOTE, json!({"start_date": "2026-07-10T09:00"}), "2026-07-10T09:00:00", "2026-07-10T10:00:00", "2026-07-10T09:00", None)]
#[case(NOTE, json!({"start_date": "2026-07-10"}), "2026-07-10T17:00:00", "2026-07-10T18:00:00", "2026-07-10T17:00", None)]
#[case(NOTE, json!({"start_date": "2026-07-10T00:00"}), "2026-07-10T00:00:00", "2026-07-10T01:00:00", "2026-07-10", None)]
#[case(NOTE, json!({"start_date": "2026-07-10", "end_date_local": "2026-07-10T19:30:00"}), "2026-07-10T17:00:00",
    "2026-07-10T19:30:00", "2026-07-10T17:00", None)]
#[case(EVENT, json!({"start_date": "2026-07-01"}), "2026-07-01T00:00:00", "2026-07-02T00:00:00", "2026-07-01", None)]
#[case(HOLIDAY, json!({"start_date": "2026-08-10", "end_date": "2026-08-11"}), "2026-08-10T00:00:00", "2026-08-12T00:00:00",
    "2026-08-10", Some("2026-08-11"))]
#[tokio::test]
async fn a_moved_event_keeps_its_length(
    #[case] id: u32,
    #[case] arguments: Value,
    #[case] start: &str,
    #[case] end: &str,
    #[case] date: &str,
    #[case] until: Option<&str>,
) {
    let demo = demo().await;
    let answer = update(&demo, id, arguments).await;
    assert_eq!(sent(&demo), json!({"start_date_local": start, "end_date_local": end}));
    assert_eq!((answer["date"].as_str(), answer["until"].as_str()), (Some(date), until));
}

#[tokio::test]
async fn a_new_last_day_becomes_an_exclusive_end() {
    let demo = demo().await;
    let answer = update(&demo, HOLIDAY, json!({"end_date": "2026-07-29"})).await;
    assert_eq!((&answer["date"], &answer["until"]), (&json!("2026-07-27"), &json!("2026-07-29")));
    assert_eq!(sent(&demo), json!({"end_date_local": "2026-07-30T00:00:00"}));
    // The service's own end is exclusive already.
    let answer = update(&demo, HOLIDAY, json!({"end_date_local": "2026-07-29T00:00:00"})).await;
    assert_eq!(answer["until"], "2026-07-28");
}

#[rstest]
#[case(HOLIDAY, json!({"end_date": "2026-07-20"}),
    "end_date 2026-07-20 is before the start, 2026-07-27. Give a later end, or an earlier start_date.")]
#[case(NOTE, json!({"start_date": "2026-07-10", "end_date": "2026-07-10T09:00"}),
    "end_date 2026-07-10T09:00 is before start_date 2026-07-10T17:00. Give a later end, or an earlier start_date.")]
#[case(NOTE, json!({"start_date": "2026-07-10T10:00", "end_date": "2026-07-10T09:00"}),
    "end_date 2026-07-10T09:00 is before start_date 2026-07-10T10:00. Swap the two.")]
#[case(NOTE, json!({"start_date": "2026-07-10T10:00", "end_date_local": "2026-07-10T10:00:00"}),
    "end_date_local 2026-07-10T10:00 is not after start_date 2026-07-10T10:00. Give a later end, or an earlier start_date.")]
#[case(EVENT, json!({"category": "NOTE"}),
    "event 41001 is WORKOUT, and a category cannot change. Make a NOTE with icu_create_event and delete this one.")]
#[tokio::test]
async fn what_does_not_fit_the_event_is_not_sent(
    #[case] id: u32,
    #[case] mut arguments: Value,
    #[case] expected: &str,
) {
    let demo = demo().await;
    arguments["event_id"] = id.into();
    assert_eq!(demo.text("icu_update_event", arguments).await, expected);
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn the_current_category_is_not_sent() {
    let demo = demo().await;
    update(&demo, EVENT, json!({"category": "workout", "name": "A"})).await;
    assert_eq!(sent(&demo), json!({"name": "A"}));
}

#[tokio::test]
async fn tags_that_are_lost_are_named() {
    let demo = demo().await;
    let answer = update(&demo, EVENT, json!({"tags": "#hills, hills"})).await;
    assert_eq!((&answer["tags"], &answer["notes"]), (&json!(["hills"]), &json!(["these tags are gone: key"])));
}

#[tokio::test]
async fn a_changed_text_is_parsed_again() {
    let demo = demo().await;
    let answer = update(&demo, EVENT, json!({"description": "Just ride, no plan."})).await;
    assert!(answer["notes"][0].as_str().unwrap().starts_with("the text has no steps"), "{answer}");
    assert!(answer.get("steps").is_none());
}

#[rstest]
#[case(json!({}), "there is nothing to change. Give at least one field beside event_id.")]
#[case(json!({"event_type": "Jog"}), "invalid arguments for icu_update_event: event_type: there is no type Jog. Use Run. ")]
#[case(json!({"distance_meters": -2}), "invalid arguments for icu_update_event: distance_meters: -2 is out of range: ")]
#[case(json!({"colour": "red"}), "invalid arguments for icu_update_event: colour: unknown field `colour`. Call again")]
#[tokio::test]
async fn bad_arguments_are_not_sent(#[case] mut arguments: Value, #[case] problem: &str) {
    let demo = demo().await;
    arguments["event_id"] = EVENT.into();
    demo.refuses("icu_update_event", arguments, problem).await;
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn a_move_reads_the_event_once_before_it_writes() {
    let demo = demo().await;
    update(&demo, EVENT, json!({"start_date": "2026-07-09"})).await;
    let of_event = |method: &str| {
        demo.requests().iter().filter(|r| r.method == method && r.path.ends_with(&format!("/events/{EVENT}"))).count()
    };
    assert_eq!((of_event("GET"), of_event("PUT")), (1, 1));
}
