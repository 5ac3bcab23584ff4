//! Every request that any tool can make, held against the service's own specification.
use std::collections::BTreeSet;

use icu_core::{
    JsonMap, ToolDef,
    testing::{
        Bench,
        operations::{Operations, Sent},
    },
};
use icu_demo::{Demo, Recorded};
use serde_json::Value;

use crate::world::{all_arguments, tools};

#[tokio::test]
async fn no_request_breaks_the_contract() {
    let operations = Operations::embedded().unwrap();
    let (mut used, mut faults) = (BTreeSet::new(), BTreeSet::new());
    for tool in tools() {
        let demo = Demo::start().await.unwrap();
        let bench = Bench::at(&demo.url);
        for arguments in calls(tool) {
            // What the tool makes of the answer is not the matter here.
            let _ = bench.run(tool.name, Value::Object(arguments)).await;
        }
        let reaches = demo.requests().iter().any(|request| !matches!(request.path.as_str(), "/api/v1/athlete/0"));
        if !reaches && tool.name != "icu_update_athlete_notes" {
            faults.insert(format!("{}: no example reaches the service", tool.name));
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
