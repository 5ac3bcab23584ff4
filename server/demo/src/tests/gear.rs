//! Gear and its reminders.
use super::*;
use crate::{BIKE, CHAIN, COACHED, DUE_REMINDER, RETIRED_BIKE, SHOES, SNOOZED_REMINDER};
use rstest::rstest;

#[tokio::test]
async fn gear_is_what_activities_and_settings_name() {
    let demo = Caller::start().await;
    let gear = demo.get("/athlete/0/gear").await;
    let ids = ids(&gear);
    for sport in demo.get("/athlete/0/sport-settings").await.as_array().unwrap() {
        assert!(sport["default_gear_id"].as_str().is_none_or(|id| ids.contains(&id)));
    }
    for activity in demo.get("/athlete/0/activities?oldest=2026-01-01&fields=gear").await.as_array().unwrap() {
        assert!(activity["gear"]["id"].as_str().is_none_or(|id| ids.contains(&id)));
    }
    let of = |id: &str| gear.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    assert_eq!(of(BIKE)["component_ids"][0], CHAIN);
    assert_eq!((&of(SHOES)["component_ids"], &of("b5002")["reminders"]), (&Value::Null, &Value::Null));
    assert!(of(RETIRED_BIKE)["retired"].is_string() && of(BIKE)["retired"].is_null());
    let [due, snoozed] = [0, 1].map(|n| of(CHAIN)["reminders"][n].clone());
    assert_eq!((&due["id"], &snoozed["id"]), (&json!(DUE_REMINDER), &json!(SNOOZED_REMINDER)));
    assert!(due["percent_used"].as_f64().unwrap() > 100.0 && due["time"] == 0.0 && due["snoozed_until"].is_null());
    assert_eq!(snoozed["snoozed_until"], "2026-07-15T06:30:00.000+00:00");
    assert_eq!(demo.get(&format!("/athlete/{COACHED}/gear")).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn only_supplied_keys_change_and_an_empty_text_brings_gear_back() {
    let demo = Caller::start().await;
    let path = format!("/athlete/0/gear/{RETIRED_BIKE}");
    assert!(demo.put(&path, json!({"retired": null, "brand": "X"})).await["retired"].is_string());
    let back = demo.put(&path, json!({"retired": "", "notes": "for rain"})).await;
    assert_eq!((&back["retired"], &back["notes"], &back["type"]), (&Value::Null, &json!("for rain"), &json!("Bike")));
    let untyped = demo.post("/athlete/0/gear", json!({"name": "X", "brand": "Y"})).await;
    assert_eq!((&untyped["type"], untyped.get("brand")), (&Value::Null, None));
    demo.send(Method::DELETE, &path, None).await;
    assert!(!ids(&demo.get("/athlete/0/gear").await).contains(&RETIRED_BIKE));
}

#[tokio::test]
async fn reminders_answer_with_the_whole_gear() {
    let demo = Caller::start().await;
    let path = format!("/athlete/0/gear/{CHAIN}/reminder");
    let gear = demo.post(&path, json!({"name": "Measure", "distance": 1000.0})).await;
    let new = &gear["reminders"][2];
    assert_eq!(
        (&gear["id"], &new["name"], &new["days"], &new["distance_used"]),
        (&json!(CHAIN), &json!("Measure"), &json!(0), &json!(0.0))
    );
    let due = format!("{path}/{DUE_REMINDER}");
    let kept = demo.put(&format!("{due}?reset=false&snoozeDays=3"), json!({"name": "Wax"})).await;
    let kept = &kept["reminders"][0];
    assert_eq!(
        (&kept["distance"], &kept["snoozed_until"]),
        (&json!(400_000.0), &json!("2026-07-08T06:30:00.000+00:00"))
    );
    let reset = demo.put(&format!("{due}?reset=true&snoozeDays=0"), json!({"days": 30})).await;
    let reset = &reset["reminders"][0];
    assert_eq!(
        (&reset["percent_used"], &reset["days"], &reset["distance"]),
        (&json!(0.0), &json!(30), &json!(400_000.0))
    );
    let (status, left) = demo.send(Method::DELETE, &due, None).await;
    assert_eq!((status, left["reminders"].as_array().unwrap().len()), (200, 2));
}

#[rstest]
#[case(Method::POST, "/gear", json!({"type": "Bike"}), 422)]
#[case(Method::POST, "/gear", json!({"name": "X", "type": "Axle"}), 422)]
#[case(Method::PUT, "/gear/b5001", json!({"retired": "soon"}), 422)]
#[case(Method::PUT, "/gear/b404", json!({"name": "X"}), 404)]
#[case(Method::POST, "/gear/b5001/reminders", json!({"name": "X"}), 404)]
#[case(Method::POST, "/gear/b5001/reminder", json!({"distance": 5}), 422)]
#[case(Method::PUT, "/gear/b5001/reminder/6999", json!({}), 404)]
#[case(Method::PUT, "/gear/b5001/reminder/one", json!({}), 422)]
#[tokio::test]
async fn what_does_not_fit_is_refused(
    #[case] method: Method,
    #[case] path: &str,
    #[case] body: Value,
    #[case] status: u16,
) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(method, &format!("/athlete/0{path}"), Some(body)).await.0, status);
}
