//! Tests of `icu_get_annual_training_plan`.
use intervals_core::testing::{
    demo,
    demo::{NOTE, Options, RACE, TARGET},
    demo_with, upstream,
};
use serde_json::{Value, json};

use super::*;

async fn plan(arguments: Value) -> Value {
    demo().await.structured("icu_get_annual_training_plan", arguments).await
}

#[tokio::test]
async fn phases_weeks_targets_notes_and_races_are_shown() {
    let plan = plan(json!({})).await;
    let phases: Vec<_> = plan["phases"].as_array().unwrap().iter().map(|p| p["phase"].as_str().unwrap()).collect();
    assert_eq!(phases, ["Build", "Peak", "Race", "Transition"]);
    let weeks = plan["weeks"].as_array().unwrap();
    // Today is a Sunday, so the current week began on Monday.
    assert_eq!(
        (&weeks[0]["week"], &weeks[0]["id"], &weeks[0]["phase"]),
        (&json!("2026-06-29"), &json!(TARGET), &json!("Build"))
    );
    assert!(weeks[0]["load_target"].is_number() && weeks[0]["time_target_s"].is_number());
    assert_eq!(weeks[0]["distance_target_m"], 160_000);
    let rest = weeks.iter().find(|week| week.get("note").is_some()).unwrap();
    assert_eq!(rest["note"], "Recovery week: Keep it easy, sleep more.");
    // No target is not a target of 0.
    assert!(rest.get("distance_target_m").is_none());
    assert_eq!((weeks.len(), plan["races"].as_array().unwrap().len()), (8, 3));
    assert!(plan["races"].as_array().unwrap().iter().any(|race| race["id"] == RACE));
    let loads: f64 = weeks.iter().filter_map(|week| week["load_target"].as_f64()).sum();
    assert_eq!(plan["total_load_target"].as_f64(), Some(loads));
    assert!(!plan.to_string().contains("Physio") && !plan.to_string().contains(&NOTE.to_string()));
}

#[tokio::test]
async fn past_weeks_are_shown_on_request() {
    let plan = plan(json!({"days_back": 70, "days_ahead": 0})).await;
    assert_eq!(plan["phases"][0]["phase"], "Base");
    assert_eq!((plan["weeks"].as_array().unwrap().len(), &plan["phases"][0]["end"]), (11, &json!("2026-05-31")));
}

fn events(json: Value) -> Vec<Row> {
    serde_json::from_value(json).unwrap()
}

#[test]
fn a_week_on_a_shared_boundary_belongs_to_the_phase_that_starts_latest() {
    let block = |id: u32, tag: &str, from: &str, to: &str| {
        json!({"id": id, "category": "PLAN", "name": "Plan", "tags": [tag], "start_date_local": format!("{from}T00:00:00"),
            "end_date_local": format!("{to}T00:00:00")})
    };
    let target = |id: u32, day: &str| {
        let start = format!("{day}T00:00:00");
        json!({"id": id, "category": "TARGET", "load_target": 100, "start_date_local": start})
    };
    // The stored end of Base is the Tuesday after the Monday on which Build starts.
    let events = events(json!([
        block(1, "Base", "2026-06-01", "2026-06-30"),
        block(2, "Build", "2026-06-29", "2026-07-27"),
        target(3, "2026-06-22"),
        target(4, "2026-06-29"),
        target(5, "2026-07-27"),
    ]));
    let plan = Plan::of(&events, "2026-06-01".parse().unwrap(), "2026-08-01".parse().unwrap());
    let phases: Vec<_> = plan.weeks.iter().map(|week| week.phase.as_deref()).collect();
    assert_eq!(phases, [Some("Base"), Some("Build"), None]);
}

#[test]
fn a_week_has_a_target_for_each_sport_and_a_note_without_one_stands_alone() {
    let events = events(json!([
        {"id": 1, "category": "TARGET", "type": "Ride", "load_target": 300, "start_date_local": "2026-07-06T00:00:00"},
        {"id": 2, "category": "TARGET", "type": "Run", "time_target": 7200, "start_date_local": "2026-07-06T00:00:00"},
        {"id": 3, "category": "NOTE", "name": "Taper", "plan_applied": "2026-01-01T00:00:00Z",
            "start_date_local": "2026-07-15T00:00:00"},
        {"id": 4, "category": "NOTE", "name": "Mine", "plan_applied": null, "start_date_local": "2026-07-15T00:00:00"},
    ]));
    let plan = Plan::of(&events, "2026-07-01".parse().unwrap(), "2026-08-01".parse().unwrap());
    let weeks: Vec<_> =
        plan.weeks.iter().map(|week| (week.week.as_str(), week.sport.as_deref(), week.note.as_deref())).collect();
    assert_eq!(
        weeks,
        [("2026-07-06", Some("Ride"), None), ("2026-07-06", Some("Run"), None), ("2026-07-13", None, Some("Taper"))]
    );
}

#[tokio::test]
async fn what_others_wrote_is_marked_and_long_names_are_cut() {
    let long = "x".repeat(300);
    let note = |id: u32, day: &str, name: &str, by: &str| {
        json!({"id": id, "category": "NOTE", "name": name, "plan_applied": "2026-01-01T00:00:00Z", "created_by_id": by,
            "athlete_id": "i1", "start_date_local": format!("{day}T00:00:00")})
    };
    let events = json!([
        {"id": 1, "category": "PLAN", "name": long, "description": "Hard.", "created_by_id": "i9", "athlete_id": "i1",
            "tags": ["Build"], "start_date_local": "2026-07-06T00:00:00", "end_date_local": "2026-07-13T00:00:00"},
        note(2, "2026-07-06", &long, "i1"),
        note(3, "2026-07-13", "Mine", "i1"),
        note(4, "2026-07-20", "Mine", "i1"),
        note(5, "2026-07-20", "Theirs", "i9"),
    ]);
    let bench = upstream("athlete/0/events", events).and("athlete/0", json!({"id": "i1", "timezone": "UTC"})).await;
    let plan = bench.structured("icu_get_annual_training_plan", json!({})).await;
    let phase = &plan["phases"][0];
    assert_eq!((&phase["phase_by_others"], &phase["text_by_others"]), (&json!("Build"), &json!("Hard.")));
    assert_eq!(phase["plan_by_others"].as_str().unwrap().chars().count(), 201);
    let [by_two, mine, mixed] = plan["weeks"].as_array().unwrap().as_slice() else { panic!("{plan}") };
    assert_eq!(by_two["note_by_others"].as_str().unwrap().chars().count(), 201);
    assert_eq!((&by_two["phase_by_others"], &mine["note"]), (&json!("Build"), &json!("Mine")));
    assert_eq!((&mixed["note_by_others"], mixed.get("note")), (&json!("Mine; Theirs"), None));
}

#[tokio::test]
async fn a_missing_plan_is_noted() {
    let demo = demo_with(Options { years: 0, ..Options::default() }).await;
    let text = demo.text("icu_get_annual_training_plan", json!({})).await;
    assert_eq!(text, "oldest: 2026-07-05\nnewest: 2027-07-05\nnote: there is no annual plan on the calendar\n");
}

#[tokio::test]
async fn days_out_of_range_are_refused() {
    let error = demo().await.text("icu_get_annual_training_plan", json!({"days_ahead": -1})).await;
    assert_eq!(error, "days_ahead is -1. It goes from 0 to 3660.");
}
