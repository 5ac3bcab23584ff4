//! A recorder in the client sees each write of each tool, once before it is sent and once after, and none that is refused.
use std::sync::{Arc, Mutex};

use intervals_core::{
    Effect,
    client::{Credential, Intervals, Options, Outcome, Recorder, Service, Write},
    registry::ToolDef,
    testing::{ToolRunner, demo, demo::KEY},
};
use serde_json::Value;

use crate::{
    declared,
    world::{example, tools},
};

/// Operations before they are sent, and how they ended.
#[derive(Default)]
struct Seen(Mutex<Vec<(&'static str, String)>>);

impl Recorder for Seen {
    fn before(&self, write: &Write<'_>) {
        self.0.lock().unwrap().push(("before", write.operation.clone()));
    }

    fn after(&self, write: &Write<'_>, outcome: Outcome<'_>) {
        let ended = match outcome {
            Outcome::Accepted(_) => "accepted",
            Outcome::Failed(_) => "failed",
            _ => "abandoned",
        };
        self.0.lock().unwrap().push((ended, write.operation.clone()));
    }
}

fn writes() -> Vec<&'static ToolDef> {
    tools().into_iter().filter(|tool| tool.effect > Effect::Read).collect()
}

fn client(runner: &ToolRunner) -> Intervals {
    Service::new(Options::at(runner.url())).unwrap().account(Credential::ApiKey(KEY.into()), None)
}

/// What is wrong with what a recorder saw of one call, held against what reached the service.
fn faults(tool: &str, seen: &[(&str, String)], reached: &[String]) -> Vec<String> {
    let before: Vec<_> = seen.iter().filter(|(when, _)| *when == "before").map(|(_, write)| write).collect();
    let after: Vec<_> = seen.iter().filter(|(when, _)| *when != "before").map(|(_, write)| write).collect();
    let plain = |write: &String| write.replace("/api/v1/", "");
    let mut sent: Vec<_> = reached.iter().map(plain).collect();
    // What only computes a file is no write.
    sent.retain(|write| !write.contains("/download"));
    let (mut one, mut other) = (before.clone(), after.clone());
    one.sort();
    other.sort();
    let mut faults = vec![];
    if one != other {
        faults.push(format!("{tool}: {before:?} before, {after:?} after"));
    }
    let mut recorded: Vec<_> = before.iter().map(|write| write.to_string()).collect();
    recorded.sort();
    sent.sort();
    if recorded != sent {
        faults.push(format!("{tool}: {recorded:?} recorded, {sent:?} sent"));
    }
    faults
}

async fn record(tool: &ToolDef, arguments: Value, read_only: bool) -> Vec<String> {
    let demo = demo().await;
    let seen = Arc::new(Seen::default());
    let client = client(&demo).recorded_by(seen.clone());
    let client = if read_only { client.with_max_effect(Effect::Read) } else { client };
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    // Whether it succeeds is another test's matter.
    let _ = ToolRunner::at(demo.url()).with(client).run_tool(tool, arguments).await;
    let seen = seen.0.lock().unwrap().clone();
    let mut faults = faults(&tool.name, &seen, &demo.writes());
    if read_only && !seen.is_empty() {
        faults.push(format!("{}: {seen:?} with a client that only reads", tool.name));
    }
    if !read_only && seen.is_empty() {
        faults.push(format!("{}: its example writes nothing", tool.name));
    }
    faults
}

/// Tools that spare what the example names, or change nothing by design.
const WRITE_NOTHING: &[&str] = &[];

#[tokio::test]
async fn each_write_of_a_linked_tool_is_seen_once_before_and_once_after() {
    let mut faults = vec![];
    for tool in writes().into_iter().filter(|tool| !WRITE_NOTHING.contains(&&*tool.name)) {
        faults.extend(record(tool, Value::Object(example(tool)), false).await);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn a_refused_write_is_not_seen() {
    let mut faults = vec![];
    for tool in writes() {
        faults.extend(record(tool, Value::Object(example(tool)), true).await);
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn each_write_of_a_declared_tool_is_seen_too() {
    let folder = declared::manual();
    let catalog = declared::catalog(folder.path());
    let mut faults = vec![];
    let mut count = 0;
    let linked = writes();
    let is_linked = |name: &str| linked.iter().any(|tool| tool.name == name);
    for entry in catalog.tools.values().filter(|entry| entry.tool.effect > Effect::Read && !is_linked(&entry.tool.name))
    {
        count += 1;
        let arguments = entry.tool.example(&intervals_core::Settings::default());
        faults.extend(record(&entry.tool, Value::Object(arguments), false).await);
    }
    assert!(count > 0 && faults.is_empty(), "{count} tools, {faults:#?}");
}
