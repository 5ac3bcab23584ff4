//! Tests of `icu_bulk_update_event_access`.
use intervals_core::testing::{
    ToolRunner, Upstream, demo,
    demo::{COACHED, COACHED_EVENT, EVENT, NOTE, Options, TODAY_EVENT},
    demo_with,
    operations::{Operations, Sent},
    reply,
    wiremock::{
        Mock, ResponseTemplate,
        matchers::{method, path},
    },
};
use jiff::ToSpan;
use rstest::rstest;
use serde_json::{Value, json};

async fn access(demo: &ToolRunner, arguments: Value) -> Value {
    demo.structured("icu_bulk_update_event_access", arguments).await
}

#[tokio::test]
async fn named_events_are_changed_one_by_one_and_only_in_the_given_flags() {
    let demo = demo().await;
    let answer =
        access(&demo, json!({"event_ids": format!("[{EVENT}, {NOTE}, 999]"), "hide_from_athlete": true})).await;
    assert_eq!(answer["total"], 2);
    for row in answer["items"].as_array().unwrap() {
        assert_eq!((&row["hide_from_athlete"], &row["athlete_cannot_edit"]), (&json!(true), &json!(false)));
    }
    assert_eq!(answer["skipped"], json!([{"id": 999, "reason": "there is no such event"}]));
    assert_eq!(answer["notes"], json!([format!("not workouts (NOTE): {NOTE}")]));
    let bodies: Vec<_> = demo.requests().into_iter().filter(|r| r.method == "PUT").map(|r| r.body).collect();
    assert!(bodies.len() == 3 && bodies.iter().all(|body| body == b"{\"hide_from_athlete\":true}"));
}

#[tokio::test]
async fn progress_is_reported_for_each_change() {
    let demo = demo().await;
    demo.answer("icu_bulk_update_event_access", json!({"event_ids": [EVENT, NOTE], "hide_from_athlete": true})).await;
    let steps: Vec<_> = demo.steps().iter().map(|step| (step.done, step.total)).collect();
    assert_eq!(steps, [(1.0, Some(2.0)), (2.0, Some(2.0))]);
}

#[tokio::test]
async fn a_range_changes_only_workouts_by_default() {
    let demo = demo().await;
    let arguments = json!({"oldest": "2026-07-06", "newest": "2026-07-09", "hide_from_athlete": true});
    let answer = access(&demo, arguments).await;
    let rows = answer["items"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["category"] == "WORKOUT"), "{answer}");
    let changed: Vec<_> = rows.iter().map(|row| format!("PUT /api/v1/athlete/0/events/{}", row["id"])).collect();
    assert_eq!((demo.writes(), answer.get("notes")), (changed, None));
}

#[tokio::test]
async fn a_range_of_all_categories_is_one_request() {
    let demo = demo().await;
    let arguments =
        json!({"oldest": "2026-07-06", "newest": "2026-07-09", "athlete_cannot_edit": true, "category": "all"});
    let answer = access(&demo, arguments).await;
    let rows = answer["items"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["id"] == NOTE) && rows.iter().all(|row| row["athlete_cannot_edit"] == true));
    let sent = demo.requests().into_iter().find(|r| r.method == "PUT").unwrap();
    assert_eq!(demo.writes(), ["PUT /api/v1/athlete/0/events"]);
    let path = sent.path.strip_prefix("/api/v1").unwrap();
    let (content_type, query, body) = (sent.content_type.as_deref(), sent.query.as_slice(), sent.body.as_slice());
    let (_, faults) = Operations::embedded().unwrap().check(&Sent { method: "PUT", path, query, content_type, body });
    assert_eq!(faults, [""; 0]);
}

/// A service with this many workouts, which answers every change with this response.
async fn with_workouts(count: usize, changed: ResponseTemplate) -> ToolRunner {
    let event = |id: usize| json!({"id": id, "category": "WORKOUT", "start_date_local": "2030-01-01T00:00:00"});
    Upstream::default()
        .mock(
            Mock::given(method("GET"))
                .and(path("/api/v1/athlete/0/events"))
                .respond_with(reply((1..=count).map(event).collect::<Vec<_>>())),
        )
        .when(method("PUT"), changed)
        .await
        .imperial()
}

fn range() -> Value {
    json!({"oldest": "2030-01-01", "newest": "2030-12-31", "hide_from_athlete": true})
}

#[tokio::test]
async fn every_event_of_a_crowded_day_is_reached_and_changed_once() {
    let demo = demo_with(Options { crowded: true, ..Options::default() }).await;
    let day = demo::Demo::TODAY.saturating_add(70.days()).to_string();
    let range = json!({"oldest": day, "newest": day, "category": "WORKOUT,NOTE,RACE,TARGET,HOLIDAY",
        "athlete_cannot_edit": true});
    let mut arguments = range.clone();
    for (call, more) in [(0, Some(200)), (1, None), (2, None), (3, None)] {
        let answer = access(&demo, arguments).await;
        let notes = answer["notes"].as_array().cloned().unwrap_or_default();
        let ids = notes.iter().find_map(|note| {
            let (before, rest) = note.as_str()?.split_once("event_ids=")?;
            assert!(before.starts_with(&format!("{} more of the range", more?)), "{note}");
            Some(rest.split_once(' ')?.0.to_owned())
        });
        assert_eq!((answer["total"].as_u64(), ids.is_some()), (Some(if call < 3 { 100 } else { 0 }), more.is_some()));
        arguments = match ids {
            Some(ids) => json!({"event_ids": ids, "athlete_cannot_edit": true}),
            None => range.clone(),
        };
    }
    let mut written = demo.writes();
    assert_eq!(written.len(), 300);
    written.sort();
    written.dedup();
    assert_eq!(written.len(), 300);
}

#[rstest]
#[case::failed(ResponseTemplate::new(502))]
#[case::undecodable(ResponseTemplate::new(200).set_body_string("<html>"))]
#[tokio::test]
async fn a_change_with_an_unknown_outcome_is_reported(#[case] changed: ResponseTemplate) {
    let bench = with_workouts(2, changed).await;
    let answer = bench.structured("icu_bulk_update_event_access", range()).await;
    for skipped in answer["skipped"].as_array().unwrap() {
        assert!(skipped["reason"].as_str().unwrap().contains("; look whether it was carried out"), "{answer}");
    }
    assert_eq!(answer["skipped"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn ids_outside_a_given_range_are_skipped() {
    let demo = demo().await;
    let arguments = json!({"event_ids": [EVENT, TODAY_EVENT], "oldest": "2026-07-06", "newest": "2026-07-12",
        "athlete_cannot_edit": true});
    let answer = access(&demo, arguments).await;
    assert_eq!((&answer["items"][0]["id"], &answer["total"]), (&json!(EVENT), &json!(1)));
    assert_eq!(answer["skipped"], json!([{"id": TODAY_EVENT, "reason": "it is not in the range"}]));
    assert_eq!(demo.writes(), [format!("PUT /api/v1/athlete/0/events/{EVENT}")]);
}

#[tokio::test]
async fn a_coach_locks_the_athletes_event() {
    let demo = demo().await;
    let arguments = json!({"event_ids": [COACHED_EVENT], "athlete_cannot_edit": true, "athlete_id": COACHED});
    assert!(access(&demo, arguments).await["athlete"].as_str().unwrap().contains(COACHED));
    assert_eq!(demo.writes(), [format!("PUT /api/v1/athlete/{COACHED}/events/{COACHED_EVENT}")]);
}

#[rstest]
#[case(json!({"event_ids": [1]}), "there is nothing to change")]
#[case(json!({"hide_from_athlete": true}), "no event is named")]
#[case(json!({"hide_from_athlete": true, "oldest": "2026-07-06"}), "a range needs both ends")]
#[case(json!({"hide_from_athlete": true, "oldest": "2026-07-06", "newest": "2026-07-01"}), "newest 2026-07-01 is before")]
#[tokio::test]
async fn bad_arguments_are_not_sent(#[case] arguments: Value, #[case] problem: &str) {
    let demo = demo().await;
    demo.refuses("icu_bulk_update_event_access", arguments, problem).await;
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn a_read_only_client_changes_nothing() {
    let demo = demo().await.read_only();
    let arguments = json!({"event_ids": [EVENT], "hide_from_athlete": true});
    let error = demo.text("icu_bulk_update_event_access", arguments).await;
    assert!(error.contains("was not sent") && demo.writes().is_empty(), "{error}");
}
