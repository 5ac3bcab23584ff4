//! What others than the reader wrote stands in quotes under its own key, and characters that nobody sees stand nowhere.
use intervals_core::{
    Effect, JsonMap,
    registry::ToolDef,
    testing::{
        ToolRunner,
        demo::{
            COACHED, COACHED_RIDE, FITNESS_CHART, Options,
            marked::{self, FOREIGN, INVISIBLE, OWN},
        },
        demo_with,
    },
};
use serde_json::{Value, json};

use crate::world::{all_arguments, example, tools};

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
    with("folder_id", json!(marked::SHARED_FOLDER));
    with("workout_id", json!(marked::SHARED_WORKOUT));
    with("item_id", json!(FITNESS_CHART));
    calls
}

/// The answers of a tool, or why there is none.
async fn answers(demo: &ToolRunner, tool: &ToolDef) -> Vec<(JsonMap, Value, String)> {
    let mut answers = vec![];
    for call in calls(tool) {
        // A record that is not there is another test's matter.
        if let Ok(answer) = demo.run(&tool.name, Value::Object(call.clone())).await {
            answers.push((call, answer.structured, answer.text));
        }
    }
    answers
}

fn reads() -> Vec<&'static ToolDef> {
    tools().into_iter().filter(|tool| tool.effect == Effect::Read).collect()
}

/// The service lists the tags of a calendar without saying whose they are: they are the athlete's.
const UNDECIDED: &[&str] = &["icu_get_tags"];

/// Paths of strings that hold a word, where no key on the way says that others wrote them.
fn unmarked(value: &Value, path: &str, word: &str, faults: &mut Vec<String>) {
    match value {
        Value::String(text) if text.contains(word) && !quoted(text, word) => faults.push(path.into()),
        Value::Array(items) => items.iter().for_each(|item| unmarked(item, &format!("{path}[]"), word, faults)),
        Value::Object(members) => {
            for (key, member) in members.iter().filter(|(key, _)| !key.ends_with("_by_others")) {
                unmarked(member, &format!("{path}.{key}"), word, faults);
            }
        }
        _ => {}
    }
}

/// Whether a word stands only inside of quotes, as in a text that is made of records.
fn quoted(text: &str, word: &str) -> bool {
    text.lines().all(|line| line.split('"').step_by(2).all(|outside| !outside.contains(word)))
}

#[tokio::test]
async fn what_others_wrote_is_marked_and_quoted() {
    let demo = demo_with(Options { marked: true, ..Options::default() }).await.coach();
    let (mut faults, mut seen) = (vec![], 0);
    for tool in reads().into_iter().filter(|tool| !UNDECIDED.contains(&&*tool.name)) {
        for (call, structured, text) in answers(&demo, tool).await {
            seen += usize::from(text.contains(FOREIGN));
            let mut places = vec![];
            // Who the answer is about is named by the server.
            let mut own = structured.clone();
            own.as_object_mut().map(|answer| answer.remove("athlete"));
            unmarked(&own, "", FOREIGN, &mut places);
            // A prescribed answer is JSON in text too.
            let lines = text.lines().filter(|line| !line.starts_with("athlete: ") && !line.starts_with('{'));
            let open = lines.filter(|line| !quoted(line, FOREIGN)).count();
            if !places.is_empty() || open > 0 {
                places.dedup();
                faults.push(format!("{} {}: {places:?}, {open} lines", tool.name, Value::Object(call)));
            }
        }
    }
    assert!(seen > 0, "no answer holds {FOREIGN}");
    assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
}

#[tokio::test]
async fn nothing_that_nobody_sees_reaches_an_answer() {
    let demo = demo_with(Options { marked: true, ..Options::default() }).await.coach();
    let (mut faults, mut seen) = (vec![], 0);
    for tool in reads() {
        for (call, structured, text) in answers(&demo, tool).await {
            seen += usize::from(text.contains(OWN));
            let json = structured.to_string();
            let found: Vec<_> = INVISIBLE
                .chars()
                .filter(|c| text.contains(*c) || json.contains(*c) || json.contains(&format!("\\u{:04x}", *c as u32)))
                .collect();
            if !found.is_empty() {
                faults.push(format!("{} {}: {found:?}", tool.name, Value::Object(call)));
            }
        }
    }
    assert!(seen > 0, "no answer holds {OWN}");
    assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
}
