//! The athlete resource, the list of athletes and the sport settings.
use super::*;
use crate::{ATHLETE, COACHED, ZONE};

#[tokio::test]
async fn the_athlete_has_weight_settings_and_secrets() {
    let demo = Caller::start().await;
    let athlete = demo.get("/athlete/0").await;
    assert_eq!(
        (&athlete["id"], &athlete["timezone"], &athlete["weight"]),
        (&json!(ATHLETE), &json!(ZONE), &Value::Null)
    );
    assert!((67.0..73.0).contains(&athlete["icu_weight"].as_f64().unwrap()));
    assert_eq!(athlete["icu_permission"], Value::Null);
    assert_eq!(athlete["icu_api_key"], "secret-demo-key");
    assert!(athlete.get("ctl").is_none() && athlete.get("ftp").is_none());
    let sports = athlete["sportSettings"].as_array().unwrap();
    assert_eq!(sports.len(), 4);
    assert_eq!((&sports[0]["ftp"], &sports[0]["power_zones"][6]), (&json!(265), &json!(999)));
    assert_eq!((&sports[1]["threshold_pace"], &sports[1]["pace_units"]), (&json!(4.0), &json!("MINS_KM")));
    assert_eq!(sports[2]["pace_units"], "SECS_100M");
    for sport in sports {
        let zones = sport["hr_zones"].as_array().unwrap();
        assert_eq!(
            (zones.len(), zones.last()),
            (sport["hr_zone_names"].as_array().unwrap().len(), Some(&sport["max_hr"]))
        );
        assert!(zones.is_sorted_by_key(|bound| bound.as_u64()));
    }
    assert_eq!(demo.get("/athlete/0/sport-settings").await, athlete["sportSettings"]);
}

#[tokio::test]
async fn a_coach_sees_the_coached_athlete_and_no_secrets() {
    let demo = Caller::start().await;
    let all = demo.get("/athletes").await;
    assert_eq!(ids(&all), [ATHLETE, COACHED]);
    assert_eq!((&all[0]["icu_permission"], &all[1]["icu_permission"]), (&Value::Null, &json!("WRITE")));
    assert_eq!((&all[1]["icu_api_key"], &all[1]["measurement_preference"]), (&Value::Null, &json!("feet")));
    assert_eq!(demo.get(&format!("/athlete/{COACHED}")).await["timezone"], "America/Denver");
    let coached = Caller { key: COACHED_KEY, ..demo };
    assert_eq!(ids(&coached.get("/athletes").await), [COACHED]);
}

#[tokio::test]
async fn only_supplied_keys_change_and_empty_notes_are_cleared() {
    let demo = Caller::start().await;
    let before = demo.get("/athlete/0").await;
    let written = json!({ "icu_notes": "new", "city": null, "id": "i1", "icu_api_key": "x", "unknown": 1 });
    assert_eq!(demo.put("/athlete/0", written).await["icu_notes"], "new");
    let mut expected = before.clone();
    expected["icu_notes"] = json!("new");
    assert_eq!(demo.get("/athlete/0").await, expected);
    demo.put("/athlete/0", json!({ "icu_notes": "" })).await;
    assert_eq!(demo.get("/athlete/0").await["icu_notes"], Value::Null);
    demo.put(&format!("/athlete/{COACHED}"), json!({ "icu_notes": "for you" })).await;
    assert_eq!(demo.get("/athletes").await[1]["icu_notes"], "for you");
    assert_eq!(demo.get("/athlete/0").await["icu_notes"], Value::Null);
}

#[tokio::test]
async fn an_empty_account_answers_with_nothing() {
    let demo = Caller::with(Options { years: 0, ..Options::default() }).await;
    let athlete = demo.get("/athlete/0").await;
    assert_eq!((&athlete["icu_weight"], &athlete["sportSettings"][0]["ftp"]), (&Value::Null, &Value::Null));
    for path in [
        "/activities?oldest=2000-01-01",
        "/wellness",
        "/wellness?oldest=2026-01-01&newest=2026-12-31",
        "/activities/search?q=ride",
    ] {
        assert_eq!(demo.get(&format!("/athlete/0{path}")).await, json!([]), "{path}");
    }
    let row = demo.get("/athlete/0/wellness/2026-07-05").await;
    assert_eq!((&row["id"], &row["ctl"], &row["weight"]), (&json!("2026-07-05"), &Value::Null, &Value::Null));
}

#[tokio::test]
async fn ten_years_are_ten_years() {
    let demo = Caller::with(Options { years: 10, ..Options::default() }).await;
    let all = demo.get("/athlete/0/activities?oldest=2000-01-01&fields=id").await;
    assert!(all.as_array().unwrap().len() > 2400);
}
