//! What others than the reader wrote stands in quotes under its own key, and characters that nobody sees stand nowhere.
use intervals_core::{
    Effect, JsonMap,
    answer::Answer,
    registry::ToolDef,
    testing::{
        ToolRunner,
        demo::{
            COACHED, COACHED_RIDE, FITNESS_CHART, Options, RIDE,
            marked::{self, FOREIGN, OWN},
        },
        demo_with,
        marks::{invisible, unmarked},
    },
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{all_arguments, example, tools};

const COACHED_FOLDER: u32 = 63_001;
const COACHED_WORKOUT: u32 = 64_001;

/// Calls of a reading tool: its example, about the coached athlete where it takes one, and records that others wrote.
fn calls(tool: &ToolDef) -> Vec<JsonMap> {
    let mut calls = vec![example(tool)];
    if tool.input_schema(&all_arguments()).get("properties").is_some_and(|all| all.get("athlete_id").is_some()) {
        let mut call = example(tool);
        call.insert("athlete_id".into(), json!(COACHED));
        calls.push(call);
    }
    let mut with = |name: &str, value: Value| {
        let mut call = example(tool);
        if call.contains_key(name) {
            call.insert(name.into(), value);
            calls.push(call);
        }
    };
    with("activity_id", json!(COACHED_RIDE));
    for event in [marked::COACH_WORKOUT, marked::COACH_RACE, marked::COACH_PLAN_WORKOUT] {
        with("event_id", json!(event));
    }
    for folder in [marked::SHARED_FOLDER, COACHED_FOLDER] {
        with("folder_id", json!(folder));
    }
    for workout in [marked::SHARED_WORKOUT, COACHED_WORKOUT] {
        with("workout_id", json!(workout));
    }
    with("item_id", json!(FITNESS_CHART));
    // What the coached athlete has is found only among theirs.
    let of_coached = |mut call: JsonMap| {
        let theirs = [COACHED_FOLDER, COACHED_WORKOUT].map(Value::from);
        if call.values().any(|value| theirs.contains(value)) {
            call.insert("athlete_id".into(), json!(COACHED));
        }
        call
    };
    calls.into_iter().map(of_coached).collect()
}

/// The answers of a tool.
async fn answers(demo: &ToolRunner, tool: &ToolDef) -> Vec<(JsonMap, Answer)> {
    let mut answers = vec![];
    for call in calls(tool) {
        // A record that is not there is another test's matter.
        if let Ok(answer) = demo.run(&tool.name, Value::Object(call.clone())).await {
            answers.push((call, answer));
        }
    }
    answers
}

fn reads() -> Vec<&'static ToolDef> {
    tools().into_iter().filter(|tool| tool.effect == Effect::Read).collect()
}

/// The service lists the tags of a calendar without saying whose they are: they are the athlete's.
const UNDECIDED: &[&str] = &["icu_get_tags"];

#[tokio::test]
async fn what_others_wrote_is_marked_and_quoted_and_nothing_is_invisible() {
    let demo = demo_with(Options { marked: true, ..Options::default() }).await.coach();
    let (mut faults, mut seen) = (vec![], 0);
    for tool in reads() {
        for (call, answer) in answers(&demo, tool).await {
            seen += usize::from(answer.text.contains(FOREIGN));
            let call = Value::Object(call).to_string();
            let found = match UNDECIDED.contains(&&*tool.name) {
                true => invisible(&answer.text),
                false => unmarked(&answer),
            };
            faults.extend(found.into_iter().map(|fault| format!("{} {call}: {fault}", tool.name)));
        }
    }
    assert!(seen > 30, "{seen} answers hold {FOREIGN}");
    assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
}

#[rstest]
#[case("icu_get_activity_details", json!({"activity_id": RIDE}))]
#[case("icu_get_recent_activities", json!({}))]
#[case("icu_search_activities", json!({"query": "e"}))]
#[case("icu_search_activities_full", json!({"query": "e"}))]
#[case("icu_get_tags", json!({}))]
#[tokio::test]
async fn ones_own_texts_are_not_marked(#[case] tool: &str, #[case] arguments: Value) {
    let demo = demo_with(Options { marked: true, ..Options::default() }).await;
    let answer = demo.structured(tool, arguments).await.to_string();
    assert!(answer.contains(OWN) && !answer.contains("_by_others"), "{answer}");
}
