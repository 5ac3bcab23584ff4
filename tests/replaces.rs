//! What the Python server understood is understood: `old-tools.json` holds the names and arguments of its versions 1.3.0 and 5.7.1.
use std::collections::BTreeMap;

use intervals_core::testing::{ToolRunner, demo};
use serde_json::{Value, json};

use crate::world::{has_every_pack, tools};

/// Names, and their arguments with the kind of each.
pub fn old_tools() -> BTreeMap<String, BTreeMap<String, String>> {
    serde_json::from_str(include_str!("old-tools.json")).unwrap()
}

#[test]
fn every_old_tool_is_there() {
    if !has_every_pack() {
        return;
    }
    let names: Vec<_> = tools().into_iter().map(|tool| &tool.name).collect();
    let old = old_tools();
    let missing: Vec<_> = old.keys().filter(|name| !names.iter().any(|known| **known == **name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(old.len(), 70);
}

/// Calls as the old server took them, with lists as JSON text.
fn old_calls() -> Vec<(&'static str, Value)> {
    let text = |value: Value| Value::String(value.to_string());
    let activity =
        json!({"start_date_local": "2026-07-01T18:00:00", "type": "Yoga", "name": "Stretching", "moving_time": 1800});
    let event = json!({"start_date_local": "2026-08-03T00:00:00", "name": "Easy", "category": "WORKOUT", "event_type": "Ride",
        "duration_seconds": 3600, "distance_meters": 30_000, "training_load": 50});
    let workout = json!({"folder_id": demo::FOLDER, "name": "Easy", "event_type": "Ride", "duration_seconds": 3600});
    let extra = json!({"name": "Shakeout", "type": "Run", "day": 1});
    let (ids, stream) = (text(json!([demo::EVENT])), json!({"type": "watts", "data": [200, 210]}));
    vec![
        ("icu_bulk_create_manual_activities", json!({"activities_json": text(json!([activity]))})),
        ("icu_bulk_create_events", json!({"events": text(json!([event]))})),
        ("icu_duplicate_events", json!({"event_ids": ids, "num_copies": 1, "weeks_between": 1})),
        ("icu_bulk_update_event_access", json!({"event_ids": ids, "hide_from_athlete": true})),
        ("icu_bulk_delete_events", json!({"event_ids": ids})),
        ("icu_update_activity_streams", json!({"activity_id": demo::RIDE, "payload_string": text(json!([stream]))})),
        (
            "icu_apply_training_plan",
            json!({"folder_id": demo::PLAN, "start_date_local": "2026-08-03",
            "extra_workouts_json": text(json!([extra]))}),
        ),
        ("icu_bulk_create_workouts", json!({"workouts": text(json!([workout]))})),
    ]
}

#[tokio::test]
async fn lists_as_json_text_do_what_they_did() {
    let mut faults = vec![];
    for (tool, arguments) in old_calls() {
        if !tools().iter().any(|linked| linked.name == tool) {
            continue;
        }
        let demo = demo().await;
        let outcome = demo.run(tool, arguments).await;
        if outcome.is_err() || demo.writes().is_empty() {
            faults.push(format!("{tool}: {outcome:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn every_old_argument_is_understood() {
    let old = old_tools();
    let mut faults = vec![];
    for tool in tools() {
        let demo = demo().await;
        for (argument, kind) in old.get(&*tool.name).into_iter().flatten() {
            let value = match kind.as_str() {
                "integer" | "number" => json!(1),
                "boolean" => json!(true),
                "array" => json!(["1"]),
                "object" => json!({}),
                _ => json!("1"),
            };
            let mut arguments = ids(tool);
            arguments.insert(argument.clone(), value);
            let error = demo.run(&tool.name, Value::Object(arguments)).await.err();
            // Any complaint but that the argument is none.
            if error.is_some_and(|error| error.problem.contains(&format!("unknown field `{argument}`"))) {
                faults.push(format!("{}: {argument}", tool.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let bench = ToolRunner::at("http://127.0.0.1:1");
    if let Some(tool) = tools().first() {
        let mut arguments = ids(tool);
        arguments.insert("no_such".to_owned(), json!(1));
        let error = bench.run(&tool.name, Value::Object(arguments)).await;
        assert!(error.unwrap_err().problem.contains("no_such"), "the test sees what is unknown");
    }
}

/// The ids without which a tool looks at no other argument.
fn ids(tool: &intervals_core::registry::ToolDef) -> intervals_core::JsonMap {
    let mut ids = tool.example(&intervals_core::Settings::default());
    ids.retain(|name, _| name.ends_with("_id"));
    ids
}
