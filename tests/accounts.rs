//! What an account may hold: nothing, ten years, or nulls wherever the service may write one.
use std::collections::BTreeMap;

use intervals_core::{
    Effect,
    registry::ToolDef,
    testing::{
        ToolRunner, Upstream, demo,
        demo::{Options, Recorded},
        demo_with, reply,
        upstream::ends,
        wiremock::{Mock, matchers::method},
    },
};
use serde_json::{Value, json};

use crate::world::{example, tools};

fn reads() -> Vec<&'static ToolDef> {
    tools().into_iter().filter(|tool| tool.effect == Effect::Read).collect()
}

/// What no account may lead to: words of a failure inside, not of a fact.
fn is_defect(problem: &str) -> bool {
    ["unexpected", "defect", "could not be written", "(500)"].iter().any(|word| problem.contains(word))
}

#[tokio::test]
async fn an_empty_account_is_answered_in_plain_words() {
    let mut faults = vec![];
    let demo = demo_with(Options { years: 0, ..Options::default() }).await;
    for tool in reads() {
        if let Err(error) = demo.run(&tool.name, Value::Object(example(tool))).await
            && (is_defect(&error.problem) || error.advice.is_empty())
        {
            faults.push(format!("{}: {error}", tool.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn ten_years_are_answered_in_bounds() {
    /// About twelve thousand tokens: the widest range of wellness fits, and nothing that grows with the years.
    const BOUND: usize = 48_000;
    let mut faults = vec![];
    let demo = demo_with(Options { years: 10, ..Options::default() }).await;
    for tool in reads() {
        match demo.run(&tool.name, Value::Object(example(tool))).await {
            Ok(answer) if answer.text.len() <= BOUND => {}
            Ok(answer) => faults.push(format!("{}: {} bytes", tool.name, answer.text.len())),
            Err(error) => faults.push(format!("{}: {error}", tool.name)),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn whatever_may_be_null_may_be_null() {
    let mut faults = vec![];
    for tool in reads() {
        let demo = demo().await;
        demo.answer(&tool.name, Value::Object(example(tool))).await;
        let bodies = bodies(&demo).await;
        for (what, empty) in [("values", &nulls as &dyn Fn(&Value) -> Value), ("lists too", &nulls_and_lists)] {
            let mut service = Upstream::default();
            for (at, body) in &bodies {
                service = service.mock(Mock::given(method("GET")).and(ends(at)).respond_with(reply(empty(body))));
            }
            if let Err(error) = service.await.zone("UTC").run(&tool.name, Value::Object(example(tool))).await
                && is_defect(&error.problem)
            {
                faults.push(format!("{}, {what}: {error}", tool.name));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What the demo answered, read again.
async fn bodies(demo: &ToolRunner) -> BTreeMap<String, Value> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut bodies = BTreeMap::new();
    for Recorded { method, path, query, .. } in demo.requests() {
        if method != "GET" {
            continue;
        }
        let mut url = reqwest::Url::parse(&format!("{}{path}", demo.url())).unwrap();
        url.query_pairs_mut().extend_pairs(&query);
        let request = client.get(url).basic_auth("API_KEY", Some("demo"));
        if let Ok(body) = request.send().await.unwrap().json().await {
            bodies.insert(path, body);
        }
    }
    bodies
}

/// The same with null for every value but ids, which are the one thing that is always there.
fn nulls(body: &Value) -> Value {
    match body {
        Value::Object(members) => {
            let kept = |key: &str| key == "id";
            members
                .iter()
                .map(|(key, value)| (key.clone(), if kept(key) { value.clone() } else { nulls(value) }))
                .collect()
        }
        Value::Array(items) => items.iter().map(nulls).collect(),
        _ => Value::Null,
    }
}

/// The same with null for lists and objects inside, too.
fn nulls_and_lists(body: &Value) -> Value {
    match body {
        Value::Object(members) => {
            let empty =
                |(key, value): (&String, &Value)| (key.clone(), if key == "id" { value.clone() } else { json!(null) });
            members.iter().map(empty).collect()
        }
        Value::Array(items) if items.iter().all(Value::is_object) => items.iter().map(nulls_and_lists).collect(),
        _ => Value::Null,
    }
}
