//! Every list leads to its end: `next`, applied again and again, gives each row once and misses none.
use std::collections::BTreeSet;

use intervals_core::{
    Effect,
    testing::{
        ToolRunner,
        demo::{Demo, Options, RIDE, crowded},
        demo_with,
    },
};
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use crate::world::tools;

/// A list tool, the arguments that make it long, the member that tells its rows apart, and how many rows there are at least.
struct Walk {
    tool: &'static str,
    arguments: Value,
    key: &'static str,
    least: usize,
}

/// The workouts of the largest folder of the crowded account.
const FOLDER: u32 = 61_010;

fn walks() -> Vec<Walk> {
    let today: Date = Demo::TODAY;
    let (past, future) = ("2020-01-01", today.saturating_add(1000.days()).to_string());
    let walk = |tool, arguments, key, least| Walk { tool, arguments, key, least };
    vec![
        walk("icu_get_activities_by_date", json!({"oldest": past}), "id", crowded::ACTIVITIES),
        walk("icu_get_recent_activities", json!({"days_back": 3000}), "id", crowded::ACTIVITIES),
        walk("icu_search_activities", json!({"query": "ride"}), "id", 20),
        walk("icu_search_activities_full", json!({"query": "ride"}), "id", 20),
        walk("icu_search_intervals", json!({}), "id", 5),
        walk("icu_get_activity_messages", json!({"activity_id": RIDE}), "id", crowded::MESSAGES - 1),
        walk("icu_get_calendar_events", json!({"oldest": past, "newest": future}), "id", crowded::EVENTS),
        walk("icu_get_upcoming_workouts", json!({}), "id", 50),
        walk("icu_get_gear_list", json!({"retired": true}), "id", crowded::GEAR),
        walk("icu_get_custom_items", json!({}), "id", crowded::CUSTOM_ITEMS),
        walk("icu_get_workout_library", json!({}), "id", crowded::FOLDERS),
        walk("icu_get_workouts_in_folder", json!({"folder_id": FOLDER}), "id", 5),
        walk("icu_get_wellness_data", json!({"days_back": 360}), "date", 300),
        walk("icu_get_activity_intervals", json!({"activity_id": "i9005"}), "n", 3),
    ]
}

/// Whether this build has the tool.
fn has(tool: &str) -> bool {
    tools().iter().any(|linked| linked.name == tool)
}

/// The list in an answer: the answer itself, or its member that is one.
fn list(answer: &Value) -> &Value {
    if answer.get("items").is_some() {
        return answer;
    }
    let members = answer.as_object().into_iter().flatten();
    members.map(|(_, member)| member).find(|member| member.get("items").is_some()).unwrap_or(&Value::Null)
}

/// The rows from the first page to the last one, with the arguments that each page's `next` changes.
async fn rows(demo: &ToolRunner, walk: &Walk, limit: Option<usize>) -> Result<Vec<String>, String> {
    let mut arguments = walk.arguments.clone();
    if let Some(limit) = limit {
        arguments["limit"] = limit.into();
    }
    let (mut rows, mut seen) = (vec![], BTreeSet::new());
    loop {
        let answer = demo.structured(walk.tool, arguments.clone()).await;
        let list = list(&answer);
        let page = list["items"].as_array().ok_or_else(|| format!("{}: no list in {answer}", walk.tool))?;
        for row in page {
            let row = row[walk.key].to_string();
            if !seen.insert(row.clone()) {
                return Err(format!("{} with {arguments} shows {row} again", walk.tool));
            }
            rows.push(row);
        }
        let Some(next) = list.get("next") else { return Ok(rows) };
        if page.is_empty() {
            return Err(format!("{} with {arguments} shows nothing and goes on with {next}", walk.tool));
        }
        for (name, value) in next.as_object().ok_or_else(|| format!("{}: {next} is no object", walk.tool))? {
            arguments[name] = value.clone();
        }
    }
}

#[tokio::test]
async fn every_list_leads_to_its_end() {
    let demo = demo_with(Options { crowded: true, ..Options::default() }).await;
    let mut faults = vec![];
    for walk in walks().iter().filter(|walk| has(walk.tool)) {
        let mut whole = None;
        for limit in [Some(500), None, Some(7)] {
            match rows(&demo, walk, limit).await {
                Err(fault) => faults.push(fault),
                Ok(rows) if rows.len() < walk.least => {
                    faults.push(format!("{} with limit {limit:?} ends after {} rows", walk.tool, rows.len()));
                }
                Ok(rows) => match &whole {
                    None => whole = Some(rows),
                    Some(whole) if *whole == rows => {}
                    Some(whole) => faults.push(format!(
                        "{} has {} rows by 500 and {} with limit {limit:?}, or in another order",
                        walk.tool,
                        whole.len(),
                        rows.len()
                    )),
                },
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// One row at a time, where a page costs no more than its rows: the lists that the service pages by day.
#[tokio::test]
async fn a_list_leads_to_its_end_by_single_rows() {
    let demo = demo_with(Options { crowded: true, ..Options::default() }).await;
    let mut faults = vec![];
    for walk in walks().iter().filter(|walk| has(walk.tool) && walk.arguments.get("oldest").is_some()) {
        let whole = rows(&demo, walk, Some(500)).await;
        let single = rows(&demo, walk, Some(1)).await;
        if whole != single {
            faults.push(format!(
                "{}: {:?} rows by 500, {:?} by one",
                walk.tool,
                whole.map(|r| r.len()),
                single.map(|r| r.len())
            ));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_list_with_a_limit_is_walked() {
    let known: Vec<_> = walks().iter().map(|walk| walk.tool).collect();
    let paged = |tool: &&&intervals_core::registry::ToolDef| {
        let limit = tool.input_schema(&Default::default()).get("properties").is_some_and(|p| p.get("limit").is_some());
        limit && tool.effect == Effect::Read && list_in(&Value::Object(tool.output_schema()))
    };
    let tools = tools();
    let missing: Vec<_> =
        tools.iter().filter(paged).filter(|tool| !known.contains(&&*tool.name)).map(|t| &t.name).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Whether an output schema holds a list, itself or in a member.
fn list_in(schema: &Value) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.is_some_and(|p| p.contains_key("items") && p.contains_key("next") || p.values().any(list_in))
}
