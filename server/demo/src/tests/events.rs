//! The calendar over HTTP.
use super::*;
use crate::{
    CLUB_NOTE, COACHED, COACHED_EVENT, EVENT, HOLIDAY, INTERVALS_RIDE, NOTE, PAST_EVENT, RACE, TARGET, TODAY_EVENT,
};
use jiff::civil::Date;
use rstest::rstest;
use std::collections::BTreeSet;

const EVENTS: &str = "/athlete/0/events";

fn numbers(rows: &Value) -> Vec<u64> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

#[rstest]
#[case::leap_day("2024-02-29")]
#[case::new_year("2026-01-01")]
#[case::monday("2026-10-05")]
#[case::sunday("2027-04-04")]
#[tokio::test]
async fn named_events_exist_on_any_day_and_every_category_occurs(#[case] today: Date) {
    let demo = Caller::with(Options { today, years: 1, ..Options::default() }).await;
    for id in [EVENT, TODAY_EVENT, PAST_EVENT, RACE, NOTE, HOLIDAY, TARGET, CLUB_NOTE] {
        assert_eq!(demo.get(&format!("{EVENTS}/{id}")).await["id"], id);
    }
    assert_eq!(demo.get(&format!("/athlete/{COACHED}/events/{COACHED_EVENT}")).await["category"], "WORKOUT");
    let all = demo.get(&format!("{EVENTS}?oldest=2000-01-01&newest=2100-01-01")).await;
    let rows = all.as_array().unwrap();
    let categories: BTreeSet<_> = rows.iter().map(|row| row["category"].as_str().unwrap()).collect();
    assert_eq!(categories.len(), 14, "{categories:?}");
    assert!(rows.len() < 200 && numbers(&all).iter().collect::<BTreeSet<_>>().len() == rows.len());
    assert!(rows.is_sorted_by_key(|row| row["start_date_local"].as_str()));
    let paired = demo.get(&format!("/activity/{INTERVALS_RIDE}")).await;
    assert_eq!(paired["paired_event_id"], PAST_EVENT);
}

#[tokio::test]
async fn the_next_week_is_the_default_and_what_reaches_into_it_is_there() {
    let demo = Caller::start().await;
    let week = demo.get(EVENTS).await;
    let rows = week.as_array().unwrap();
    assert!(rows.iter().all(|row| row["start_date_local"].as_str().unwrap() < "2026-07-12"));
    assert!(
        rows.iter().any(|row| row["category"] == "PLAN" && row["start_date_local"].as_str().unwrap() < "2026-07-05")
    );
    let notes = demo.get(&format!("{EVENTS}?oldest=2026-07-06&newest=2026-07-08&category=NOTE,RACE_A&limit=1")).await;
    assert_eq!(numbers(&notes), [u64::from(NOTE)]);
    assert_eq!(notes[0]["start_date_local"], "2026-07-06T17:00:00");
    let unset = &notes[0];
    assert_eq!(
        (&unset["distance"], &unset["icu_training_load"], &unset["tags"]),
        (&json!(0.0), &json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn a_write_merges_and_a_text_is_read_again() {
    let demo = Caller::start().await;
    let path = format!("{EVENTS}/{RACE}");
    let before = demo.get(&path).await;
    let body = json!({ "name": "New", "tags": ["a"], "color": null, "unknown": 1, "load_target": 5 });
    let after = demo.put(&path, body).await;
    let mut expected = before.clone();
    for (key, value) in [("name", json!("New")), ("tags", json!(["a"])), ("load_target", json!(5))] {
        expected[key] = value;
    }
    assert_eq!(after, expected);
    assert_eq!(demo.put(&path, json!({ "description": "" })).await["description"], Value::Null);
    let prose = demo.put(&format!("{EVENTS}/{EVENT}"), json!({ "description": "Just ride." })).await;
    assert_eq!(prose["workout_doc"]["steps"], json!([]));
    // The end does not follow the start.
    let moved = demo.put(&path, json!({ "start_date_local": "2026-07-20T00:00:00" })).await;
    assert_eq!(moved["end_date_local"], before["end_date_local"]);
}

#[rstest]
#[case(json!({ "category": "NOTE", "name": "x", "start_date_local": "2026-07-10" }), "java.time.LocalDateTime")]
#[case(json!({ "category": "NOTE", "description": "x", "start_date_local": "2026-07-10T00:00:00" }), "Name is required")]
#[case(json!({ "category": "RACE_A", "name": "x", "start_date_local": "2026-07-10T00:00:00" }), "Missing type")]
#[case(json!({ "category": "workout", "start_date_local": "2026-07-10T00:00:00" }), "not one of the values accepted")]
#[case(json!({ "category": "WORKOUT", "type": "Bike", "start_date_local": "2026-07-10T00:00:00" }), "Invalid type")]
#[case(json!({ "category": "WORKOUT", "moving_time": "1h", "start_date_local": "2026-07-10T00:00:00" }),
    "Invalid value for [moving_time]")]
#[case(json!({ "category": "WORKOUT" }), "start_date_local is required")]
#[tokio::test]
async fn what_is_missing_or_wrong_is_refused(#[case] body: Value, #[case] message: &str) {
    let demo = Caller::start().await;
    let (status, said) = demo.fails(Method::POST, EVENTS, Some(body.clone())).await;
    assert!(status == 422 && said.contains(message), "{said}");
    let before = demo.get(&format!("{EVENTS}?oldest=2000-01-01&newest=2100-01-01")).await;
    let good = json!({ "category": "NOTE", "name": "x", "start_date_local": "2026-07-10T00:00:00" });
    assert_eq!(demo.fails(Method::POST, &format!("{EVENTS}/bulk"), Some(json!([good, body]))).await.0, 422);
    assert_eq!(demo.get(&format!("{EVENTS}?oldest=2000-01-01&newest=2100-01-01")).await, before);
}

#[tokio::test]
async fn an_own_id_finds_what_it_wrote_only_when_asked() {
    let demo = Caller::start().await;
    let start = "2026-07-10T00:00:00";
    let note =
        |name: &str| json!([{ "category": "NOTE", "name": name, "external_id": "k", "start_date_local": start }]);
    let first = demo.post(&format!("{EVENTS}/bulk"), note("A")).await;
    let again = demo.post(&format!("{EVENTS}/bulk?upsert=true"), note("B")).await;
    assert_eq!((&again[0]["id"], &again[0]["name"]), (&first[0]["id"], &json!("B")));
    let third = demo.post(&format!("{EVENTS}/bulk"), note("C")).await;
    assert_ne!(third[0]["id"], first[0]["id"]);
    let gone = demo
        .put(&format!("{EVENTS}/bulk-delete"), json!([{ "external_id": "k" }, { "id": 999 }, { "id": NOTE }]))
        .await;
    assert_eq!(gone, json!({ "eventsDeleted": 3 }));
}

#[tokio::test]
async fn deletion_takes_others_of_the_same_lot_from_a_day_on() {
    let demo = Caller::start().await;
    let ahead = format!("{EVENTS}?oldest=2026-07-06&newest=2026-08-05&category=WORKOUT");
    let before = demo.get(&ahead).await.as_array().unwrap().len();
    assert_eq!(demo.send(Method::DELETE, &format!("{EVENTS}/{TODAY_EVENT}"), None).await.0, 200);
    assert_eq!(demo.get(&ahead).await.as_array().unwrap().len(), before);
    let path = format!("{EVENTS}/{EVENT}?others=true&notBefore=2026-07-20");
    assert_eq!(demo.send(Method::DELETE, &path, None).await, (200, json!({})));
    let left = demo.get(&ahead).await;
    assert!(left.as_array().unwrap().iter().all(|row| row["start_date_local"].as_str().unwrap() < "2026-07-20"));
    assert_eq!(demo.send(Method::DELETE, &path, None).await.0, 404);
    assert_eq!(demo.fails(Method::GET, &format!("{EVENTS}/x"), None).await.0, 422);
}

#[tokio::test]
async fn a_range_of_flags_has_no_category() {
    let demo = Caller::start().await;
    let path = format!("{EVENTS}?oldest=2026-07-06&newest=2026-07-08");
    let body = json!({ "hide_from_athlete": true, "name": "not this" });
    let changed = demo.put(&path, body).await;
    assert!(numbers(&changed).contains(&u64::from(NOTE)));
    assert!(
        changed.as_array().unwrap().iter().all(|row| row["hide_from_athlete"] == true && row["name"] != "not this")
    );
    assert_eq!(demo.fails(Method::PUT, &format!("{EVENTS}?oldest=2026-07-06"), Some(json!({}))).await.0, 422);
}

#[tokio::test]
async fn copies_plans_files_and_done_workouts() {
    let demo = Caller::start().await;
    let body = json!({ "eventIds": [EVENT], "numCopies": 2, "weeksBetween": 1 });
    let copies = demo.post("/athlete/0/duplicate-events", body).await;
    let starts: Vec<_> = copies.as_array().unwrap().iter().map(|row| row["start_date_local"].clone()).collect();
    assert_eq!(starts, ["2026-07-14T00:00:00", "2026-07-21T00:00:00"]);
    assert_eq!(demo.fails(Method::POST, &format!("{EVENTS}/duplicate-events"), Some(json!({}))).await.0, 405);

    let plan = json!({ "folder_id": crate::EMPTY_FOLDER, "start_date_local": "2027-01-04T00:00:00",
        "extra_workouts": [{ "name": "Extra", "type": "Run", "day": 2 }] });
    assert_eq!(demo.post(&format!("{EVENTS}/apply-plan"), plan).await, json!({}));
    let unknown = json!({ "folder_id": 1, "start_date_local": "2027-01-04T00:00:00" });
    assert_eq!(demo.fails(Method::POST, &format!("{EVENTS}/apply-plan"), Some(unknown)).await.0, 404);
    let applied = demo.get(&format!("{EVENTS}?oldest=2027-01-04")).await;
    assert_eq!(
        (&applied[0]["name"], &applied[0]["start_date_local"]),
        (&json!("Extra"), &json!("2027-01-06T00:00:00"))
    );

    for (kind, status) in [("zwo", 200), ("mrc", 200), ("erg", 200), ("fit", 200), ("tcx", 422)] {
        let response = demo.request(Method::GET, &format!("{EVENTS}/{EVENT}/download.{kind}")).send().await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{kind}");
    }
    assert_eq!(demo.fails(Method::GET, &format!("{EVENTS}/{NOTE}/download.zwo"), None).await.0, 422);

    let (status, done) = demo.send(Method::POST, &format!("{EVENTS}/{TODAY_EVENT}/mark-done"), None).await;
    assert_eq!((status, &done["paired_event_id"], &done["source"]), (200, &json!(TODAY_EVENT), &json!("MANUAL")));
    let tags = demo.get("/athlete/0/event-tags").await;
    assert!(tags.as_array().unwrap().contains(&json!("Base")));
}

#[tokio::test]
async fn an_empty_account_has_an_empty_calendar() {
    let demo = Caller::with(Options { years: 0, ..Options::default() }).await;
    assert_eq!(demo.get(&format!("{EVENTS}?oldest=2000-01-01&newest=2100-01-01")).await, json!([]));
}
