//! Tests of `icu_get_event`.
use intervals_core::testing::{
    ToolRunner, Upstream, demo,
    demo::{CLUB_NOTE, EVENT, HOLIDAY, INTERVALS_RIDE, PAST_EVENT, TODAY_EVENT},
    operations::Operations,
    reply, upstream,
    wiremock::{
        Mock,
        matchers::{path, query_param},
    },
};
use serde_json::{Value, json};

async fn event(demo: &ToolRunner, id: u32) -> Value {
    demo.structured("icu_get_event", json!({"event_id": id})).await
}

/// A service with the event 5, and a list with resolved targets.
fn with_event(event: Value, resolved: Value) -> Upstream {
    upstream("athlete/0/events/5", event).mock(
        Mock::given(path("/api/v1/athlete/0/events")).and(query_param("resolve", "true")).respond_with(reply(resolved)),
    )
}

fn workout(doc: Value) -> Value {
    json!({"id": 5, "athlete_id": "0", "category": "WORKOUT", "type": "Run", "start_date_local": "2030-01-07T00:00:00",
        "end_date_local": "2030-01-08T00:00:00", "description": "- 10m 95% Pace\n\n2x\n- 1km 100% Pace", "workout_doc": doc,
        "distance": 0.0, "joules": 0, "push_errors": [{"service": "GARMIN", "message": "no device", "date": "2030-01-01"}]})
}

#[tokio::test]
async fn the_planned_structure_is_shown() {
    let steps = json!({"steps": [{"duration": 600, "pace": {"value": 95, "units": "%pace"}},
        {"reps": 2, "steps": [{"distance": 1000, "pace": {"value": 100, "units": "%pace"}}]}]});
    let bench = with_event(workout(steps), json!([])).await.imperial().zone("UTC");
    let answer = bench.answer("icu_get_event", json!({"event_id": 5})).await;
    assert_eq!(
        answer.structured["steps"],
        json!([{"duration_s": 600, "pace": "95 %pace"}, {"block": 1, "reps": 2, "distance_m": 1000, "pace": "100 %pace"}])
    );
    assert_eq!(answer.structured["push_errors"], json!(["GARMIN: no device: 2030-01-01"]));
    for zero in ["distance_m", "work_j", "done", "notes"] {
        assert!(answer.structured.get(zero).is_none(), "{zero}");
    }
    assert!(answer.text.contains("description: - 10m 95% Pace\n"), "{}", answer.text);
}

#[tokio::test]
async fn targets_are_resolved_by_the_list_of_the_day_and_shown_in_the_pace_unit_of_the_sport() {
    let step = json!({"duration": 600, "pace": {"value": 95, "units": "%pace"}});
    let mut resolved = step.clone();
    resolved["_pace"] = json!({"start": 3.7, "end": 3.9});
    let of = |step: Value| workout(json!({"steps": [step]}));
    let mut other = of(json!({"duration": 5}));
    other["id"] = 6.into();
    let profile = json!({"id": "i1", "sportSettings": [{"types": ["Run"], "pace_units": "MINS_KM"}]});
    let service = with_event(of(step), json!([other, of(resolved)])).and("athlete/0", profile);
    let bench = service.await.imperial().zone("UTC");
    bench.answers("icu_get_event", json!({"event_id": 5, "resolve": true}), &["0:10:00|95 %pace|4:30|4:16"]).await;
    let asked = bench.received().await;
    let list = asked.iter().find(|r| r.url.path().ends_with("/events")).unwrap();
    assert_eq!(list.url.query(), Some("oldest=2030-01-07&newest=2030-01-07&resolve=true"));
}

#[tokio::test]
async fn targets_that_cannot_be_resolved_are_shown_as_planned() {
    let doc = json!({"steps": [{"duration": 600, "power": {"value": 95, "units": "%ftp"}}]});
    let bench = with_event(workout(doc), json!([])).await.imperial().zone("UTC");
    let answer = bench.structured("icu_get_event", json!({"event_id": 5, "resolve": true})).await;
    assert_eq!(answer["notes"], json!(["the targets could not be resolved"]));
    assert_eq!(answer["steps"][0]["power"], "95 %ftp");
}

#[tokio::test]
async fn a_text_without_steps_is_noted() {
    let bench = with_event(workout(json!({"steps": []})), json!([])).await.imperial().zone("UTC");
    let answer = bench.structured("icu_get_event", json!({"event_id": 5, "resolve": true})).await;
    let note = answer["notes"][0].as_str().unwrap();
    assert!(note.starts_with("the text was not understood as a workout") && note.ends_with("workout-syntax"), "{note}");
}

#[tokio::test]
async fn a_done_event_names_its_activity_and_one_that_is_not_done_says_so() {
    let demo = demo().await;
    let past = event(&demo, PAST_EVENT).await;
    assert_eq!((&past["done"], &past["activity_id"]), (&json!(true), &json!(INTERVALS_RIDE)));
    assert!(past["compliance_pct"].is_number());
    assert_eq!(event(&demo, TODAY_EVENT).await["done"], false);
    let ahead = event(&demo, EVENT).await;
    assert!(ahead.get("done").is_none() && ahead["description"].as_str().unwrap().lines().count() > 5);
    assert!(event(&demo, HOLIDAY).await.get("done").is_none());
}

#[tokio::test]
async fn with_an_activity_from_strava_it_is_unknown_whether_an_event_is_done() {
    let mut past = workout(json!({"steps": [{"duration": 600}]}));
    past["start_date_local"] = "2026-07-01T00:00:00".into();
    past["end_date_local"] = "2026-07-02T00:00:00".into();
    let stub = json!([{"id": "123", "source": "STRAVA", "_note": "not available"}]);
    let service = with_event(past, json!([])).and("athlete/0/activities", stub);
    let bench = service.await.imperial().zone("UTC");
    let answer = bench.structured("icu_get_event", json!({"event_id": 5})).await;
    assert!(
        answer.get("done").is_none() && answer["notes"][0].as_str().unwrap().contains("comes from Strava"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_long_text_is_whole_and_one_by_others_is_marked() {
    let demo = demo().await;
    let long = "Sleep, eat, rest. ".repeat(40);
    demo.answer("icu_update_event", json!({"event_id": HOLIDAY, "description": long})).await;
    assert_eq!(event(&demo, HOLIDAY).await["description"], long);
    let club = event(&demo, CLUB_NOTE).await;
    assert!(club.get("description").is_none() && club["description_by_others"].is_string());
}

#[tokio::test]
async fn every_field_may_be_null_and_the_error_of_a_missing_event_says_where_to_look() {
    let event = Operations::embedded().unwrap().nulls("Event", json!({"id": 5}));
    let bench = with_event(event, json!([])).await.imperial().zone("UTC");
    assert_eq!(bench.text("icu_get_event", json!({"event_id": 5})).await, "id: 5\n");
    let missing = bench.text("icu_get_event", json!({"event_id": 6})).await;
    assert_eq!(missing, "there is no athlete/0/events/6. List first, and use an id from that answer.");
}
