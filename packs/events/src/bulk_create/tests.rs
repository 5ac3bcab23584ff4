//! Tests of `icu_bulk_create_events`.
use intervals_core::testing::{ToolRunner, demo, reply, upstream_when, wiremock::matchers::method};
use rstest::rstest;
use serde_json::{Value, json};

async fn create(demo: &ToolRunner, events: Value) -> Value {
    demo.structured("icu_bulk_create_events", json!({"events": events})).await
}

fn with_tool_names() -> Value {
    json!({"start_date": "2026-08-03", "name": "Run", "category": "workout", "event_type": "run", "duration_seconds": 2400,
        "distance_meters": 8000, "training_load": 40, "end_date": "2026-08-03", "tags": "#a, b"})
}

fn with_service_names() -> Value {
    json!({"start_date_local": "2026-08-03T00:00:00", "name": "Run", "category": "WORKOUT", "type": "Run", "moving_time": "2400",
        "distance": 8000.0, "icu_training_load": 40, "end_date_local": "2026-08-04T00:00:00", "tags": ["a", "b"], "color": null})
}

#[rstest]
#[case(json!([with_tool_names(), with_service_names()]))]
#[case(Value::String(json!([with_tool_names(), with_service_names()]).to_string()))]
#[tokio::test]
async fn the_tools_names_and_the_services_names_are_accepted(#[case] events: Value) {
    let demo = demo().await;
    let answer = create(&demo, events).await;
    let rows = answer["items"].as_array().unwrap();
    assert_eq!((rows.len(), answer.get("notes")), (2, None));
    let sent = demo.requests().into_iter().find(|r| r.method == "POST").unwrap();
    let bodies: Vec<Value> = serde_json::from_slice(&sent.body).unwrap();
    let same = |key: &str| (bodies[0][key].as_f64(), bodies[0][key].as_str().map(str::to_owned));
    for key in
        ["start_date_local", "end_date_local", "type", "moving_time", "distance", "icu_training_load", "category"]
    {
        assert_eq!((bodies[1][key].as_f64(), bodies[1][key].as_str().map(str::to_owned)), same(key), "{key}");
    }
    assert_eq!((&bodies[0]["tags"], &bodies[1]["tags"]), (&json!(["a", "b"]), &json!(["a", "b"])));
    assert_eq!(sent.query, []);
}

#[tokio::test]
async fn an_event_with_a_known_external_id_is_replaced() {
    let demo = demo().await;
    let events =
        json!([{"start_date": "2026-08-03", "name": "A", "category": "NOTE", "external_id": "k1"}, with_tool_names()]);
    let (first, second) = (create(&demo, events.clone()).await, create(&demo, events).await);
    assert_eq!(first["items"][0]["id"], second["items"][0]["id"]);
    assert_ne!(first["items"][1]["id"], second["items"][1]["id"]);
}

#[tokio::test]
async fn texts_that_are_not_understood_are_named() {
    let demo = demo().await;
    let mut prose = with_tool_names();
    prose["description"] = "Run with the club.".into();
    let answer = create(&demo, json!([with_tool_names(), prose])).await;
    let start = format!("event {}: the text has no steps", answer["items"][1]["id"]);
    assert!(answer["notes"][0].as_str().unwrap().starts_with(&start), "{answer}");
}

#[tokio::test]
async fn each_event_gets_the_notes_of_a_single_call() {
    let demo = demo().await;
    let mut overridden = with_tool_names();
    overridden["description"] = "- 10m 60% Pace".into();
    let target = json!({"start_date": "2026-08-04", "name": "Week", "category": "TARGET", "load_target": 300});
    let answer = create(&demo, json!([overridden, target, overridden])).await;
    let id = |n: usize| answer["items"][n]["id"].to_string();
    let notes: Vec<_> = answer["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect();
    // A note that applies to several events is added once.
    let duration =
        format!("events {}, {}: duration_seconds is 600, which follows from the steps, and not 2400", id(0), id(2));
    let monday =
        format!("event {}: a weekly target belongs on its Monday, 2026-08-03; this one is on 2026-08-04", id(1));
    assert!(notes.contains(&duration.as_str()) && notes.contains(&monday.as_str()), "{notes:?}");
}

#[tokio::test]
async fn many_doubts_are_cut() {
    let demo = demo().await;
    let event = |n: u32| {
        let mut event = with_tool_names();
        event["description"] = "- 10m 60%".into();
        event["duration_seconds"] = (3000 + n * 60).into();
        event
    };
    let answer = create(&demo, (0..30).map(event).collect()).await;
    let notes = answer["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 11);
    assert!(notes[10].as_str().unwrap().ends_with(" more doubts; icu_get_event shows what was stored"), "{answer}");
}

#[tokio::test]
async fn a_blank_external_id_is_not_sent() {
    let demo = demo().await;
    let events =
        json!([{"start_date": "2026-08-03", "name": "A", "category": "NOTE", "external_id": " "}, with_tool_names()]);
    create(&demo, events).await;
    let sent = demo.requests().into_iter().find(|r| r.method == "POST").unwrap();
    assert!(sent.query.is_empty() && !String::from_utf8(sent.body).unwrap().contains("external_id"));
}

#[tokio::test]
async fn fewer_events_than_were_sent_are_noted() {
    let bench = upstream_when(method("POST"), reply(json!([{"id": 1, "name": "Run"}]))).await.imperial();
    let created =
        bench.structured("icu_bulk_create_events", json!({"events": [with_tool_names(), with_tool_names()]})).await;
    assert_eq!(created["notes"], json!(["2 were sent, 1 came back; look before you repeat"]));
    let copied = bench.structured("icu_duplicate_events", json!({"event_ids": [1, 2], "num_copies": 2})).await;
    assert_eq!(copied["notes"], json!(["4 were asked for, 1 came back; look before you repeat"]));
}

#[rstest]
#[case(json!([5]), "events[0]: 5 is no event (Each one is an object with start_date, name and category)")]
#[case(json!([with_tool_names(), "x"]), "events[1]: \"x\" is no event")]
#[case(json!([{"name": "A", "category": "NOTE"}]), "events[0]: start_date is missing")]
#[case(json!([{"start_date": "2026-08-03", "name": "A", "category": "NOTES!"}]), "events[0]: category: there is no category NOTES!")]
#[case(json!([{"start_date": "2026-08-03", "category": "NOTE"}]), "events[0]: name is missing")]
#[case(json!([{"start_date": "2026-08-03", "name": "A", "category": "RACE_A"}]), "events[0]: event_type of a RACE_A is missing")]
#[case(json!([{"start_date": "soon", "name": "A", "category": "NOTE"}]), "\"soon\" is not a local day or time")]
#[case(json!([{"start_date": "2026-08-03", "name": "A", "category": "NOTE", "loadd": 5}]),
    "events[0]: loadd: unknown field `loadd`")]
#[case(json!([{"start_date": "2026-08-03", "name": "A", "category": "NOTE", "workout_doc": {}}]), "workout_doc cannot be written")]
#[case(json!([]), "there are 0 events")]
#[tokio::test]
async fn a_mistake_is_named_with_its_place_and_nothing_is_sent(#[case] events: Value, #[case] problem: &str) {
    let demo = demo().await;
    let error = demo.error("icu_bulk_create_events", json!({"events": events})).await;
    assert!(error.problem.contains(problem) && error.problem.len() < 400, "{error}");
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn all_mistakes_are_named_at_once() {
    let twice = json!({"start_date": "2026-08-03", "name": "A", "category": "NOTE", "external_id": "k1"});
    let events = json!([with_tool_names(), 5, {"name": "B"}, twice, twice]);
    let error = demo().await.text("icu_bulk_create_events", json!({"events": events})).await;
    for part in ["events[1]: ", "events[2]: ", "external_id k1 is given twice", "Nothing was sent"] {
        assert!(error.contains(part), "{error}");
    }
}

#[tokio::test]
async fn items_accept_the_forms_of_a_single_call() {
    let demo = demo().await;
    let forms = json!([
        {"start_date": "2026-08-03", "name": 5, "category": "WORKOUT", "event_type": "Run", "duration_seconds": "1800",
            "training_load": 30.0, "hide_from_athlete": "true", "color": null, "tags": "[\"a\", \"b\"]"},
        "{\"start_date\": \"2026-08-03\", \"name\": \"B\", \"category\": \"NOTE\", \"show_as_note\": \"false\"}",
    ]);
    for events in [forms.clone(), json!(forms.to_string())] {
        demo.answer("icu_bulk_create_events", json!({"events": events})).await;
        let sent = demo.requests().into_iter().rfind(|request| request.method == "POST").unwrap();
        let sent: Value = serde_json::from_slice(&sent.body).unwrap();
        let first = json!({"name": "5", "type": "Run", "moving_time": 1800, "icu_training_load": 30, "tags": ["a", "b"],
            "hide_from_athlete": true, "category": "WORKOUT", "start_date_local": "2026-08-03T00:00:00"});
        assert_eq!((&sent[0], &sent[1]["show_as_note"]), (&first, &json!(false)));
    }
}
