//! Every request that any tool can make, held against the service's own specification.
use std::collections::BTreeSet;

use intervals_core::{
    JsonMap,
    registry::ToolDef,
    testing::{
        demo,
        demo::Recorded,
        operations::{Operations, Sent},
    },
};
use serde_json::Value;

use crate::world::{all_arguments, tools};

#[tokio::test]
async fn no_request_breaks_the_contract() {
    let operations = Operations::embedded().unwrap();
    let (mut used, mut faults) = (BTreeSet::new(), BTreeSet::new());
    for tool in tools() {
        let demo = demo().await;
        let calls = calls(tool);
        for (n, arguments) in calls.iter().enumerate() {
            let before = demo.requests().len();
            let outcome = demo.run(&tool.name, Value::Object(arguments.clone())).await;
            // What the tool makes of the answer is not the matter here; that it asked is, for the first call and the last.
            let which = match n {
                0 => "required arguments",
                n if n + 1 == calls.len() => "all arguments",
                _ => continue,
            };
            let asked = demo.requests().split_off(before).iter().any(|request| !is_dressing(tool, request));
            if asked == (n == 0 && ONE_OF_SEVERAL.contains(&&*tool.name)) {
                let said = outcome.err().map(|e| e.to_string()).unwrap_or_default();
                let not = if asked { "" } else { "not " };
                faults.insert(format!("{}: {which} do {not}reach the service: {said}", tool.name));
            }
        }
        for request in demo.requests() {
            let (operation, broken) = check(&operations, &request);
            used.extend(operation);
            faults.extend(broken.into_iter().map(|fault| format!("{}: {fault}", tool.name)));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(!used.is_empty());
    eprintln!("{} of {} operations are used:\n{used:#?}", used.len(), operations.len());
}

/// Tools that need one of several arguments, so that none of them is required by itself.
const ONE_OF_SEVERAL: &[&str] = &[
    "icu_bulk_update_event_access",
    "icu_create_custom_item",
    "icu_create_gear_reminder",
    "icu_edit_intervals",
    "icu_update_activity",
    "icu_update_activity_streams",
    "icu_update_custom_item",
    "icu_update_event",
    "icu_update_gear",
    "icu_update_gear_reminder",
    "icu_update_wellness",
    "icu_update_workout",
    "icu_update_workout_folder",
];

/// The own athlete's record, which dresses every answer.
fn is_dressing(tool: &ToolDef, request: &Recorded) -> bool {
    request.path == "/api/v1/athlete/0" && tool.name != "icu_update_athlete_notes"
}

/// The required arguments alone, with each optional one, and all at once.
fn calls(tool: &ToolDef) -> Vec<JsonMap> {
    let settings = all_arguments();
    let (schema, all) = (tool.input_schema(&settings), tool.example(&settings));
    let required: Vec<_> = schema.get("required").and_then(Value::as_array).into_iter().flatten().collect();
    let is_required = |name: &str| required.iter().any(|required| *required == name);
    let base: JsonMap = all.clone().into_iter().filter(|(name, _)| is_required(name)).collect();
    let mut calls = vec![base.clone()];
    for (name, value) in all.iter().filter(|(name, _)| !is_required(name)) {
        let mut call = base.clone();
        call.insert(name.clone(), value.clone());
        calls.push(call);
    }
    calls.push(all);
    calls
}

fn check(operations: &Operations, request: &Recorded) -> (Option<String>, Vec<String>) {
    let Recorded { method, path, query, content_type, body, .. } = request;
    let path = path.strip_prefix("/api/v1").unwrap_or(path);
    operations.check(&Sent { method, path, query, content_type: content_type.as_deref(), body })
}
