//! Updating and deleting activities, and manual ones.
use super::*;
use crate::{ATHLETE, MANUAL, RIDE, STRAVA};
use rstest::rstest;

#[tokio::test]
async fn an_update_is_sparse_and_shows_later() {
    let demo = Caller::start().await;
    let path = format!("/activity/{RIDE}");
    let before = demo.get(&path).await;
    let body = json!({ "name": "New", "feel": 3, "description": null, "perceived_exertion": 9.0, "icu_rpe": 5,
        "unknown": 1, "tags": ["a", "b"], "Fueling": 80, "icu_average_speed": 3 });
    let answer = demo.put(&path, body).await;
    let after = demo.get(&path).await;
    assert_eq!(answer, after);
    assert_eq!(
        (&after["name"], &after["feel"], &after["tags"], &after["Fueling"]),
        (&json!("New"), &json!(3), &json!(["a", "b"]), &json!(80))
    );
    assert_eq!(after["perceived_exertion"], before["perceived_exertion"]);
    let minutes = before["moving_time"].as_f64().unwrap() / 60.0;
    assert_eq!(after["session_rpe"], json!((5.0 * minutes).round() as u64));
    assert!(after.get("unknown").is_none());
    let cleared = demo.put(&path, json!({ "feel": -1, "icu_rpe": -1, "name": "" })).await;
    assert_eq!(
        (&cleared["feel"], &cleared["session_rpe"], &cleared["name"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_changed_load_changes_the_fitness() {
    let demo = Caller::start().await;
    let before = demo.get("/athlete/0/wellness/2026-07-04").await;
    demo.put(&format!("/activity/{RIDE}"), json!({ "icu_training_load": 500 })).await;
    let after = demo.get("/athlete/0/wellness/2026-07-04").await;
    assert_eq!(after["ctlLoad"], 500);
    assert!(after["ctl"].as_f64() > before["ctl"].as_f64());
    assert_eq!(demo.get(&format!("/activity/{RIDE}")).await["icu_ctl"], after["ctl"]);
}

#[tokio::test]
async fn a_race_is_a_race_both_ways() {
    let demo = Caller::start().await;
    let path = format!("/activity/{RIDE}");
    assert_eq!(demo.put(&path, json!({ "race": true })).await["sub_type"], "RACE");
    assert_eq!(demo.put(&path, json!({ "sub_type": "NONE" })).await["race"], false);
}

#[rstest]
#[case(RIDE, json!({ "type": "Cycling" }), "Invalid type")]
#[case(RIDE, json!({ "moving_time": "long" }), "Invalid value for [moving_time]: \"long\"")]
#[case(STRAVA, json!({ "name": "x" }), "Cannot update activities imported from Strava")]
#[tokio::test]
async fn bad_updates_are_refused(#[case] id: &str, #[case] body: Value, #[case] message: &str) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::PUT, &format!("/activity/{id}"), Some(body)).await, (422, message.to_owned()));
}

#[tokio::test]
async fn a_deleted_activity_is_gone() {
    let demo = Caller::start().await;
    let path = format!("/activity/{MANUAL}");
    let (status, body) = demo.send(Method::DELETE, &path, None).await;
    assert_eq!((status, body), (200, json!({ "icu_athlete_id": ATHLETE, "id": MANUAL })));
    assert_eq!(demo.send(Method::GET, &path, None).await.0, 404);
    assert_eq!(demo.send(Method::DELETE, &path, None).await.0, 404);
}

#[tokio::test]
async fn a_manual_activity_gets_an_id_a_load_and_a_place_in_the_list() {
    let demo = Caller::start().await;
    let start = "2026-07-05T07:00:00";
    let body = json!({ "type": "Yoga", "start_date_local": start, "moving_time": 3600, "icu_rpe": 3, "name": "Flow" });
    let made = demo.post("/athlete/0/activities/manual", body).await;
    assert_eq!(
        (&made["id"], &made["source"], &made["start_date"]),
        (&json!("i20001"), &json!("MANUAL"), &json!("2026-07-04T19:00:00Z"))
    );
    let load = made["icu_training_load"].as_u64().unwrap();
    assert!((20..60).contains(&load));
    assert_eq!(
        (&made["session_rpe"], &made["stream_types"], &made["distance"]),
        (&json!(180), &json!([]), &Value::Null)
    );
    let list = demo.get("/athlete/0/activities?oldest=2026-07-05").await;
    assert_eq!(ids(&list), ["i20001"]);
    assert_eq!(demo.get("/athlete/0/wellness/2026-07-05").await["ctlLoad"], load);
}

#[tokio::test]
async fn a_bulk_write_upserts_on_the_callers_own_id() {
    let demo = Caller::start().await;
    let row = |name: &str, own: Value| {
        json!({ "type": "Run", "start_date_local": "2026-07-01T17:00:00", "moving_time": 1800, "distance": 6000,
            "icu_training_load": 30, "name": name, "external_id": own })
    };
    let path = "/athlete/0/activities/manual/bulk";
    let first = demo.post(path, json!([row("a", json!("own-1")), row("b", Value::Null)])).await;
    assert_eq!(ids(&first), ["i20001", "i20002"]);
    let second = demo.post(path, json!([row("c", json!("own-1")), row("d", Value::Null)])).await;
    assert_eq!(ids(&second), ["i20001", "i20003"]);
    assert_eq!((&second[0]["name"], &second[0]["icu_training_load"]), (&json!("c"), &json!(30)));
    assert_eq!(second[0]["average_speed"], json!(3.333333));
    let broken = json!([row("e", Value::Null), { "type": "Run" }]);
    assert_eq!(demo.fails(Method::POST, path, Some(broken)).await.0, 422);
    assert_eq!(
        ids(&demo.get("/athlete/0/activities/search?q=e&limit=500").await).iter().filter(|id| **id == "i20004").count(),
        0
    );
}

#[rstest]
#[case(json!({ "type": "Cycling", "start_date_local": "2026-07-01T10:00:00" }), "Invalid type")]
#[case(json!({ "start_date_local": "2026-07-01T10:00:00" }), "Invalid type")]
#[case(json!({ "type": "Ride" }), "start_date_local is required")]
#[case(json!({ "type": "Ride", "start_date_local": "noon" }), "Invalid start_date_local [noon]")]
#[tokio::test]
async fn an_incomplete_manual_activity_is_refused(#[case] body: Value, #[case] message: &str) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::POST, "/athlete/0/activities/manual", Some(body)).await, (422, message.to_owned()));
}
