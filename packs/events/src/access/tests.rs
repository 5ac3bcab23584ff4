//! Hiding and locking.
use icu_core::testing::{
    Bench,
    operations::{Operations, Sent},
};
use icu_demo::{COACHED, COACHED_EVENT, Demo, EVENT, NOTE, TODAY_EVENT};
use rstest::rstest;
use serde_json::{Value, json};

async fn access(demo: &Demo, arguments: Value) -> Value {
    Bench::at(&demo.url).run("icu_bulk_update_event_access", arguments).await.unwrap().structured
}

#[tokio::test]
async fn named_events_change_one_by_one_and_only_in_what_is_given() {
    let demo = Demo::start().await.unwrap();
    let answer =
        access(&demo, json!({"event_ids": format!("[{EVENT}, {NOTE}, 999]"), "hide_from_athlete": true})).await;
    assert_eq!(answer["total"], 2);
    for row in answer["items"].as_array().unwrap() {
        assert_eq!((&row["hide_from_athlete"], &row["athlete_cannot_edit"]), (&json!(true), &json!(false)));
    }
    assert_eq!(answer["skipped"], json!([{"id": 999, "reason": "there is no such event"}]));
    let bodies: Vec<_> = demo.requests().into_iter().filter(|r| r.method == "PUT").map(|r| r.body).collect();
    assert!(bodies.len() == 3 && bodies.iter().all(|body| body == b"{\"hide_from_athlete\":true}"));
}

#[tokio::test]
async fn a_range_takes_in_everything_and_says_so() {
    let demo = Demo::start().await.unwrap();
    let arguments = json!({"oldest": "2026-07-06", "newest": "2026-07-09", "athlete_cannot_edit": true});
    let answer = access(&demo, arguments).await;
    let rows = answer["items"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["id"] == NOTE) && rows.iter().all(|row| row["athlete_cannot_edit"] == true));
    let note = answer["notes"][0].as_str().unwrap();
    assert!(note.contains("not for workouts alone: also 2 NOTE"), "{note}");
    let sent = demo.requests().into_iter().find(|r| r.method == "PUT").unwrap();
    assert_eq!(demo.writes(), ["PUT /api/v1/athlete/0/events"]);
    let path = sent.path.strip_prefix("/api/v1").unwrap();
    let (content_type, query, body) = (sent.content_type.as_deref(), sent.query.as_slice(), sent.body.as_slice());
    let (_, faults) = Operations::embedded().unwrap().check(&Sent { method: "PUT", path, query, content_type, body });
    assert_eq!(faults, [""; 0]);
}

#[tokio::test]
async fn ids_with_a_range_are_those_in_the_range() {
    let demo = Demo::start().await.unwrap();
    let arguments = json!({"event_ids": [EVENT, TODAY_EVENT], "oldest": "2026-07-06", "newest": "2026-07-12",
        "athlete_cannot_edit": true});
    let answer = access(&demo, arguments).await;
    assert_eq!((&answer["items"][0]["id"], &answer["total"]), (&json!(EVENT), &json!(1)));
    assert_eq!(answer["skipped"], json!([{"id": TODAY_EVENT, "reason": "it is not in the range"}]));
    assert_eq!(demo.writes(), [format!("PUT /api/v1/athlete/0/events/{EVENT}")]);
}

#[tokio::test]
async fn a_coach_locks_the_athletes_event() {
    let demo = Demo::start().await.unwrap();
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
async fn bad_arguments_are_sent_nowhere(#[case] arguments: Value, #[case] problem: &str) {
    let demo = Demo::start().await.unwrap();
    let error = Bench::at(&demo.url).text("icu_bulk_update_event_access", arguments).await;
    assert!(error.starts_with(problem), "{error}");
    assert_eq!(demo.writes(), [""; 0]);
}

#[tokio::test]
async fn a_client_that_only_reads_changes_nothing() {
    let demo = Demo::start().await.unwrap();
    let arguments = json!({"event_ids": [EVENT], "hide_from_athlete": true});
    let error = Bench::at(&demo.url).read_only().text("icu_bulk_update_event_access", arguments).await;
    assert!(error.contains("was not sent") && demo.writes().is_empty(), "{error}");
}
