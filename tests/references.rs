//! Tools that are given an activity: whose it is, and what it costs to know that.
use intervals_core::{
    JsonMap,
    registry::ToolDef,
    testing::{demo, demo::COACHED_RIDE},
};
use serde_json::Value;

use crate::world::{all_arguments, tools};

/// Optional arguments without which these tools do nothing.
const NEEDED: &[(&str, &str, &str)] = &[
    ("icu_edit_intervals", "split_at", "60"),
    ("icu_update_activity", "feel", "2"),
    ("icu_update_activity_streams", "csv", "\"time,watts\\n0,200\\n1,210\\n\""),
];

/// Calls of all tools that take an activity, with the coached athlete's ride.
pub fn calls() -> Vec<(&'static ToolDef, Value)> {
    tools().into_iter().filter_map(|tool| Some((tool, call(tool)?))).collect()
}

fn call(tool: &ToolDef) -> Option<Value> {
    let settings = all_arguments();
    let schema = tool.input_schema(&settings);
    schema.get("properties")?.get("activity_id")?;
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let all = tool.example(&settings).into_iter();
    let mut call: JsonMap = all.filter(|(name, _)| required.iter().any(|required| *required == **name)).collect();
    let needed = NEEDED.iter().filter(|(name, ..)| *name == tool.name);
    call.extend(needed.map(|(_, argument, value)| ((*argument).to_owned(), serde_json::from_str(value).unwrap())));
    call.insert("activity_id".into(), COACHED_RIDE.into());
    Some(Value::Object(call))
}

#[tokio::test]
async fn every_answer_about_an_activity_of_another_athlete_names_them() {
    let mut faults = vec![];
    for (tool, arguments) in calls() {
        match demo().await.run(&tool.name, arguments).await {
            Ok(answer) if answer.structured["athlete"] == "Sam Brook (i7002)" => {}
            Ok(answer) => faults.push(format!("{}: {}", tool.name, answer.structured)),
            Err(error) => faults.push(format!("{}: {error}", tool.name)),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn limited_athletes_cost_at_most_one_request_more_in_a_call() {
    let mut faults = vec![];
    for (tool, arguments) in calls() {
        let (free, limited) = (demo().await, demo().await.restricted_to(&[demo::COACHED]));
        let outcomes = [free.run(&tool.name, arguments.clone()).await, limited.run(&tool.name, arguments).await];
        let (before, now) = (free.requests().len(), limited.requests().len());
        if now > before + 1 || outcomes[0].is_ok() != outcomes[1].is_ok() {
            faults.push(format!("{}: {before} requests without a limit, {now} with one", tool.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
