//! Tests that titles quote what others wrote, and that the text of a document has it under `_by_others` keys.
use std::collections::BTreeSet;

use intervals_core::testing::{
    ToolRunner,
    demo::{COACHED_RIDE, Options, RIDE, marked::*},
    demo_with,
    marks::{invisible, unquoted},
};
use serde_json::{Value, json};

async fn marked() -> ToolRunner {
    demo_with(Options { marked: true, ..Options::default() }).await
}

fn faults(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => unquoted(text).into_iter().chain(invisible(text)).collect(),
        Value::Array(all) => all.iter().flat_map(faults).collect(),
        Value::Object(all) => all.values().flat_map(faults).collect(),
        _ => vec![],
    }
}

#[tokio::test]
async fn whatever_is_searched_and_fetched_quotes_what_others_wrote() {
    let demo = marked().await;
    let mut ids: BTreeSet<String> =
        [COACH_WORKOUT, COACH_RACE, COACH_TARGET, COACH_PHASE, COACH_HOLIDAY, COACH_SEASON, COACH_PLAN_WORKOUT]
            .iter()
            .map(|id| format!("event:{id}"))
            .collect();
    ids.extend([
        format!("folder:{SHARED_FOLDER}"),
        format!("workout:{SHARED_WORKOUT}"),
        format!("activity:{COACHED_RIDE}"),
        format!("activity:{RIDE}"),
        "wellness:2026-07-04".to_owned(),
    ]);
    let mut wrong = vec![];
    for query in ["last week", "next week", "outside", FOREIGN, "library", "plan", "ride", "wellness"] {
        let found = demo.structured("search", json!({"query": query})).await;
        wrong.extend(faults(&found).into_iter().map(|fault| format!("search {query}: {fault}")));
        ids.extend(found["results"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
    }
    let mut marked = 0;
    for id in ids {
        let document = demo.structured("fetch", json!({"id": id})).await;
        marked += usize::from(document["text"].as_str().unwrap().contains("_by_others: \""));
        wrong.extend(faults(&document).into_iter().map(|fault| format!("fetch {id}: {fault}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(marked > 8, "{marked}");
}
