//! Tests of `icu_create_event`.
use intervals_core::testing::{ToolRunner, demo, demo::COACHED, reply, upstream_when, wiremock::matchers::method};
use rstest::rstest;
use serde_json::{Value, json};

async fn create(demo: &ToolRunner, arguments: Value) -> Value {
    demo.structured("icu_create_event", arguments).await
}

/// The body of the last write.
fn sent(demo: &ToolRunner) -> Value {
    let last = demo.requests().into_iter().rfind(|request| request.method != "GET").unwrap();
    serde_json::from_slice(&last.body).unwrap()
}

#[rstest]
#[case(json!({"start_date": "2026-08-01"}), "2026-08-01T00:00:00", None, json!({"date": "2026-08-01"}))]
#[case(json!({"start_date": "2026-08-01T06:30"}), "2026-08-01T06:30:00", None, json!({"date": "2026-08-01T06:30"}))]
#[case(json!({"start_date_local": "2026-08-01T00:00:00"}), "2026-08-01T00:00:00", None, json!({"date": "2026-08-01"}))]
#[case(json!({"start_date": "2026-08-01", "end_date": "2026-08-07"}), "2026-08-01T00:00:00", Some("2026-08-08T00:00:00"),
    json!({"date": "2026-08-01", "until": "2026-08-07"}))]
#[case(json!({"start_date": "2026-08-01", "end_date": "2026-08-01"}), "2026-08-01T00:00:00", Some("2026-08-02T00:00:00"),
    json!({"date": "2026-08-01"}))]
#[case(json!({"start_date": "2026-08-01", "end_date_local": "2026-08-03T00:00:00"}), "2026-08-01T00:00:00",
    Some("2026-08-03T00:00:00"), json!({"date": "2026-08-01", "until": "2026-08-02"}))]
#[tokio::test]
async fn days_are_sent_as_times_and_an_end_is_the_next_midnight(
    #[case] mut arguments: Value,
    #[case] start: &str,
    #[case] end: Option<&str>,
    #[case] expected: Value,
) {
    let demo = demo().await;
    arguments["name"] = "Away".into();
    arguments["category"] = "note".into();
    let answer = create(&demo, arguments).await;
    let body = sent(&demo);
    assert_eq!((body["start_date_local"].as_str(), body["end_date_local"].as_str()), (Some(start), end));
    assert_eq!(
        (&answer["date"], &answer["until"], &body["category"]),
        (&expected["date"], &expected["until"], &json!("NOTE"))
    );
}

#[tokio::test]
async fn fields_go_under_the_services_names() {
    let demo = demo().await;
    let answer = create(
        &demo,
        json!({"start_date": "2026-08-03", "name": "Long", "category": "WORKOUT", "event_type": "gravelride",
            "duration_seconds": 7200, "distance_meters": 60_000.5, "training_load": 95, "tags": ["#key", " long ", "key"],
            "training_availability": "limited", "color": "green", "hide_from_athlete": true, "indoor": true}),
    )
    .await;
    assert_eq!(
        sent(&demo),
        json!({"name": "Long", "type": "GravelRide", "moving_time": 7200, "distance": 60_000.5, "icu_training_load": 95,
            "training_availability": "LIMITED", "tags": ["key", "long"], "hide_from_athlete": true, "indoor": true,
            "color": "green", "category": "WORKOUT", "start_date_local": "2026-08-03T00:00:00"})
    );
    assert_eq!((&answer["load"], &answer["tags"], answer.get("notes")), (&json!(95), &json!(["key", "long"]), None));
}

#[tokio::test]
async fn fields_of_bulk_items_are_accepted_too() {
    let demo = demo().await;
    let arguments = json!({"date": "2026-08-03", "name": "Start", "category": "SET_FITNESS", "icu_ctl": 40, "icu_atl": 38.5,
        "icu_ftp": 250, "ctl_days": 42, "atl_days": -1});
    create(&demo, arguments).await;
    assert_eq!(
        sent(&demo),
        json!({"name": "Start", "category": "SET_FITNESS", "icu_ctl": 40.0, "icu_atl": 38.5, "icu_ftp": 250,
            "ctl_days": 42, "atl_days": 0, "start_date_local": "2026-08-03T00:00:00"})
    );
}

#[tokio::test]
async fn a_week_has_targets() {
    let demo = demo().await;
    let mut arguments = json!({"start_date": "2026-08-03", "name": "Week", "category": "GOAL", "load_target": 420,
        "time_target": 36_000, "distance_target": 200_000});
    let answer = create(&demo, arguments.clone()).await;
    assert_eq!((&answer["category"], &answer["load_target"]), (&json!("TARGET"), &json!(420)));
    assert_eq!((&answer["time_target_s"], &answer["distance_target_m"]), (&json!(36_000), &json!(200_000)));
    assert!(answer.get("notes").is_none());
    arguments["start_date"] = "2026-08-05".into();
    let answer = create(&demo, arguments).await;
    assert_eq!(answer["notes"][0], "a weekly target belongs on its Monday, 2026-08-03; this one is on 2026-08-05");
}

#[tokio::test]
async fn an_external_id_replaces_the_earlier_event() {
    let demo = demo().await;
    let mut arguments = json!({"start_date": "2026-08-03", "name": "A", "category": "NOTE", "external_id": "k1"});
    let first = create(&demo, arguments.clone()).await;
    arguments["name"] = "B".into();
    let second = create(&demo, arguments).await;
    assert_eq!((&second["id"], &second["name"], &second["external_id"]), (&first["id"], &json!("B"), &json!("k1")));
    let posts: Vec<_> = demo.requests().into_iter().filter(|r| r.method == "POST").collect();
    assert!(posts.iter().all(|r| r.path.ends_with("/events/bulk") && r.query == [("upsert".into(), "true".into())]));
}

#[tokio::test]
async fn a_text_that_is_not_understood_is_saved_and_noted() {
    let demo = demo().await;
    let arguments = json!({"start_date": "2026-08-03", "name": "Easy", "category": "WORKOUT", "event_type": "Ride",
        "description": "Easy with friends, coffee at the lake."});
    let note = create(&demo, arguments.clone()).await["notes"][0].clone();
    let note = note.as_str().unwrap();
    assert!(note.starts_with("the text has no steps"), "{note}");
    assert!(note.ends_with("(see resource intervals-icu://workout-syntax)"), "{note}");
    let mut note_event = arguments;
    note_event["category"] = "NOTE".into();
    assert!(create(&demo, note_event).await.get("notes").is_none());
}

#[tokio::test]
async fn values_that_the_steps_override_are_noted() {
    let event = json!({"id": 5, "category": "WORKOUT", "type": "Swim", "description": "- 10m easy", "moving_time": 600,
        "icu_training_load": 0, "start_date_local": "2026-08-03T00:00:00", "workout_doc": {"steps": [{"duration": 600}]}});
    let arguments = json!({"start_date": "2026-08-03", "name": "A", "category": "WORKOUT", "description": "- 10m 60%",
        "duration_seconds": 3600, "training_load": 40});
    let answer =
        upstream_when(method("POST"), reply(event)).await.imperial().structured("icu_create_event", arguments).await;
    assert_eq!(answer["steps"], 1);
    assert_eq!(
        answer["notes"],
        json!([
            "there is no load: the steps of a swim need pace or heart rate targets",
            "duration_seconds is 600, which follows from the steps, and not 3600",
            "training_load is 0, which follows from the steps, and not 40"
        ])
    );
}

#[rstest]
#[case(json!({"category": "WORKOTU"}),
    "invalid arguments for icu_create_event: category: there is no category WORKOTU. Did you mean WORKOUT?")]
#[case(json!({"category": "RACE_B"}), "event_type of a RACE_B is missing. Give its sport, such as Ride, Run or Swim.")]
#[case(json!({"event_type": "Bicycle"}),
    "invalid arguments for icu_create_event: event_type: there is no type Bicycle. Use Ride, GravelRide, MountainBikeRide or VirtualRide.")]
#[case(json!({"name": " "}), "name is missing.")]
#[case(json!({"start_date": "2026-08-03T06:00:00Z"}), "invalid arguments for icu_create_event: start_date: ")]
#[case(json!({"end_date": "2026-08-01"}), "end_date 2026-08-01 is before start_date 2026-08-03. Swap the two.")]
#[case(json!({"start_date": "2026-08-03T10:00", "end_date": "2026-08-03T09:00"}),
    "end_date 2026-08-03T09:00 is before start_date 2026-08-03T10:00. Swap the two.")]
#[case(json!({"training_availability": "SOME"}),
    "invalid arguments for icu_create_event: training_availability: \"SOME\" is not known; it is one of NORMAL, LIMITED, UNAVAILABLE. ")]
#[case(json!({"duration_seconds": -5}),
    "invalid arguments for icu_create_event: duration_seconds: -5 is out of range: it goes from 0 to 604800; -1 clears it. ")]
#[case(json!({"training_load": 9000}), "invalid arguments for icu_create_event: training_load: 9000 is out of range: it goes from 0 to 3000; ")]
#[case(json!({"workout_doc": {}}), "invalid arguments for icu_create_event: workout_doc: unknown field")]
#[tokio::test]
async fn bad_arguments_are_not_sent(#[case] wrong: Value, #[case] problem: &str) {
    let demo = demo().await;
    let mut arguments = json!({"start_date": "2026-08-03", "name": "A", "category": "WORKOUT"});
    arguments.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
    demo.refuses("icu_create_event", arguments, problem).await;
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn a_coach_writes_into_the_athletes_calendar() {
    let demo = demo().await;
    let arguments = json!({"start_date": "2026-08-03", "name": "A", "category": "race", "event_type": "Run",
        "athlete_id": COACHED});
    let answer = create(&demo, arguments).await;
    assert_eq!(answer["category"], "RACE_A");
    assert!(answer["athlete"].as_str().unwrap().contains(COACHED));
    assert_eq!(demo.writes(), [format!("POST /api/v1/athlete/{COACHED}/events")]);
}

#[tokio::test]
async fn a_read_only_client_adds_nothing() {
    let demo = demo().await.read_only();
    let arguments = json!({"start_date": "2026-08-03", "name": "A", "category": "NOTE"});
    let error = demo.text("icu_create_event", arguments).await;
    assert!(error.contains("was not sent") && demo.writes().is_empty(), "{error}");
}
