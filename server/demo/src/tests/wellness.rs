//! Wellness over HTTP: rows, ranges, projections and updates.
use super::*;
use rstest::rstest;

#[tokio::test]
async fn a_range_is_ascending_inclusive_and_looks_a_week_ahead() {
    let demo = Caller::start().await;
    let rows = demo.get("/athlete/0/wellness?oldest=2026-07-03&newest=2026-08-30").await;
    let expected = (3..=12).map(|day| format!("2026-07-{day:02}")).collect::<Vec<_>>();
    assert_eq!(ids(&rows), expected);
    let today = &rows[2];
    assert!(today["ctl"].is_f64() && today["rampRate"].is_f64() && today["sleepSecs"].is_u64());
    let ahead = rows[5].as_object().unwrap();
    let told: Vec<_> = ahead.iter().filter(|(_, value)| !value.is_null()).map(|(key, _)| key.as_str()).collect();
    assert_eq!(told, ["id", "ctl", "atl", "ctlLoad", "atlLoad"]);
    assert_eq!(ahead["ctlLoad"], 0);
}

#[tokio::test]
async fn a_day_always_has_a_row_but_a_range_skips_missing_days() {
    let demo = Caller::start().await;
    let row = demo.get("/athlete/0/wellness/2026-06-26").await;
    assert_eq!((&row["id"], &row["weight"], row["ctl"].is_f64()), (&json!("2026-06-26"), &Value::Null, true));
    assert_eq!(demo.get("/athlete/0/wellness?oldest=2026-06-26&newest=2026-06-26").await, json!([]));
    assert_eq!(demo.get("/athlete/0/wellness/1990-01-01").await["ctl"], Value::Null);
    let month = demo.get("/athlete/0/wellness?oldest=2026-06-01&newest=2026-07-05").await;
    let month = month.as_array().unwrap();
    assert!(
        month.iter().any(|row| row["sportInfo"].is_null())
            && month.iter().any(|row| row["sportInfo"][0]["eftp"].is_f64())
    );
    assert!(month.iter().any(|row| row["tempWeight"] == true) && month.iter().any(|row| row["tempWeight"] == false));
    assert!(month.iter().any(|row| row["Caffeine"].is_u64()) && month.iter().any(|row| row["Mantra"].is_string()));
    assert!(month.iter().any(|row| row["comments"].is_string()));
}

#[tokio::test]
async fn rows_agree_with_the_activities() {
    let demo = Caller::start().await;
    let row = demo.get("/athlete/0/wellness/2026-07-04").await;
    let ride = demo.get("/activity/i9001").await;
    assert_eq!((&row["ctl"], &row["atl"]), (&ride["icu_ctl"], &ride["icu_atl"]));
    assert_eq!(row["ctlLoad"], ride["icu_training_load"]);
    let before = demo.get("/athlete/0/wellness/2026-06-27").await["ctl"].as_f64().unwrap();
    assert!((row["rampRate"].as_f64().unwrap() - (row["ctl"].as_f64().unwrap() - before)).abs() < 1e-5);
}

#[tokio::test]
async fn writes_merge_and_minus_one_and_empty_text_clear() {
    let demo = Caller::start().await;
    let path = "/athlete/0/wellness/2026-07-02";
    let before = demo.get(path).await;
    demo.put(path, json!({ "weight": 69.9, "comments": "fine", "Caffeine": 90, "Mantra": "go", "hrv": null })).await;
    let after = demo.get(path).await;
    assert_eq!(
        (&after["weight"], &after["tempWeight"], &after["comments"]),
        (&json!(69.9), &json!(false), &json!("fine"))
    );
    assert_eq!((&after["hrv"], &after["sleepSecs"]), (&before["hrv"], &before["sleepSecs"]));
    let cleared = demo.put(path, json!({ "weight": -1, "comments": "", "Caffeine": -1 })).await;
    assert_eq!((&cleared["weight"], &cleared["comments"]), (&Value::Null, &Value::Null));
    assert_eq!(cleared["Mantra"], "go");
    let by_id = demo.put("/athlete/0/wellness", json!({ "id": "2026-06-26", "mood": 2 })).await;
    assert_eq!((&by_id["id"], &by_id["mood"]), (&json!("2026-06-26"), &json!(2)));
    assert_eq!(ids(&demo.get("/athlete/0/wellness?oldest=2026-06-26&newest=2026-06-26").await), ["2026-06-26"]);
}

#[tokio::test]
async fn todays_weight_becomes_the_athletes() {
    let demo = Caller::start().await;
    demo.put("/athlete/0/wellness/2026-07-04", json!({ "weight": 60.5 })).await;
    assert_ne!(demo.get("/athlete/0").await["icu_weight"], 60.5);
    demo.put("/athlete/0/wellness/2026-07-05", json!({ "weight": 61.5, "restingHR": 41 })).await;
    let athlete = demo.get("/athlete/0").await;
    assert_eq!((&athlete["icu_weight"], &athlete["icu_resting_hr"]), (&json!(61.5), &json!(41)));
}

#[tokio::test]
async fn a_bulk_write_answers_with_an_empty_body_and_is_all_or_nothing() {
    let demo = Caller::start().await;
    let rows = json!([{ "id": "2026-07-01", "steps": 1 }, { "id": "2026-07-02", "steps": 2 }]);
    let response = demo.request(Method::PUT, "/athlete/0/wellness-bulk").json(&rows).send().await.unwrap();
    assert_eq!((response.status(), response.text().await.unwrap()), (StatusCode::OK, String::new()));
    assert_eq!(demo.get("/athlete/0/wellness/2026-07-02").await["steps"], 2);
    let broken = json!([{ "id": "2026-07-01", "steps": 9 }, { "id": "2026-07-02", "feel": 1 }]);
    let failure = demo.fails(Method::PUT, "/athlete/0/wellness-bulk", Some(broken)).await;
    assert_eq!(failure, (422, "Unrecognized wellness field [feel]".to_owned()));
    assert_eq!(demo.get("/athlete/0/wellness/2026-07-01").await["steps"], 1);
}

#[rstest]
#[case("/wellness/2026-07-05", json!({ "feel": 2 }))]
#[case("/wellness/2026-07-05", json!({ "hydration": 5 }))]
#[case("/wellness/05-07-2026", json!({ "mood": 2 }))]
#[case("/wellness", json!({ "mood": 2 }))]
#[case("/wellness-bulk", json!({ "id": "2026-07-05" }))]
#[tokio::test]
async fn what_does_not_fit_is_refused(#[case] path: &str, #[case] body: Value) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::PUT, &format!("/athlete/0{path}"), Some(body)).await.0, 422);
}

#[tokio::test]
async fn asked_fields_come_without_nulls_and_a_table_has_a_header() {
    let demo = Caller::start().await;
    let rows = demo.get("/athlete/0/wellness?oldest=2026-07-08&newest=2026-07-08&fields=id,ctl,weight").await;
    assert_eq!(rows[0].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "ctl"]);
    let response =
        demo.request(Method::GET, "/athlete/0/wellness.csv?oldest=2026-07-01&newest=2026-07-05").send().await;
    let text = response.unwrap().text().await.unwrap();
    assert!(text.starts_with("date,ctl,atl,"));
    assert_eq!(demo.fails(Method::GET, "/athlete/0/wellness?oldest=soon", None).await.0, 422);
}
