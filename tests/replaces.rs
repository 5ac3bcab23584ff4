//! What the Python server understood is understood: `old-tools.json` holds the names and arguments of its versions 1.3.0 and 5.7.1.
use std::collections::BTreeMap;

use icu_core::testing::Bench;
use icu_demo::Demo;
use serde_json::{Value, json};

use crate::world::{has_every_pack, tools};

fn old_tools() -> BTreeMap<String, BTreeMap<String, String>> {
    serde_json::from_str(include_str!("old-tools.json")).unwrap()
}

#[test]
fn every_old_tool_is_there() {
    if !has_every_pack() {
        return;
    }
    let names: Vec<_> = tools().into_iter().map(|tool| tool.name).collect();
    let old = old_tools();
    let missing: Vec<_> = old.keys().filter(|name| !names.contains(&name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(old.len(), 70);
}

#[tokio::test]
async fn every_old_argument_is_understood() {
    let old = old_tools();
    let mut faults = vec![];
    for tool in tools() {
        let demo = Demo::start().await.unwrap();
        let bench = Bench::at(&demo.url);
        for (argument, kind) in old.get(tool.name).into_iter().flatten() {
            let value = match kind.as_str() {
                "integer" | "number" => json!(1),
                "boolean" => json!(true),
                "array" => json!(["1"]),
                "object" => json!({}),
                _ => json!("1"),
            };
            let error = bench.run(tool.name, json!({ argument: value })).await.err();
            // Any complaint but that the argument is none.
            if error.is_some_and(|error| error.problem.contains(&format!("unknown field `{argument}`"))) {
                faults.push(format!("{}: {argument}", tool.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    let bench = Bench::at("http://127.0.0.1:1");
    if let Some(tool) = tools().first() {
        let error = bench.run(tool.name, Value::Object([("no_such".to_owned(), json!(1))].into_iter().collect())).await;
        assert!(error.unwrap_err().problem.contains("no_such"), "the test sees what is unknown");
    }
}
