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

/// A walk over the pages of a list tool.
struct Walk {
    tool: &'static str,
    /// Arguments that make the list long.
    arguments: Value,
    /// Arguments that make it shorter, for pages of one row: the service sends all rows before a page with it.
    shorter: Value,
    /// The member that tells its rows apart.
    key: &'static str,
    /// The fewest rows of the long list.
    least: usize,
}

impl Walk {
    fn shorter(self, arguments: Value) -> Self {
        Self { shorter: arguments, ..self }
    }
}

/// The workouts of the largest folder of the crowded account.
const FOLDER: u32 = 61_010;

fn walks() -> Vec<Walk> {
    let today: Date = Demo::TODAY;
    let (past, future) = ("2020-01-01", today.saturating_add(1000.days()).to_string());
    let walk = |tool, arguments, key, least| Walk { tool, arguments, shorter: json!({}), key, least };
    let busy_weeks = json!({"oldest": today.to_string(), "newest": crowded::day(today).to_string()});
    vec![
        walk("icu_get_activities_by_date", json!({"oldest": past}), "id", crowded::ACTIVITIES),
        walk("icu_get_recent_activities", json!({"days_back": 3000}), "id", crowded::ACTIVITIES)
            .shorter(json!({"days_back": 60})),
        walk("icu_search_activities", json!({"query": "ride"}), "id", 20),
        walk("icu_search_activities_full", json!({"query": "ride"}), "id", 20),
        walk("icu_search_intervals", json!({}), "id", 5).shorter(json!({"min_reps": 3})),
        walk("icu_get_activity_messages", json!({"activity_id": RIDE}), "id", crowded::MESSAGES - 1),
        walk("icu_get_calendar_events", json!({"oldest": past, "newest": future}), "id", crowded::EVENTS)
            .shorter(busy_weeks),
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

/// Collects the rows from the first page to the last one. Fails when a row comes twice, or when a page without rows has a next one.
async fn rows(
    demo: &ToolRunner,
    walk: &Walk,
    mut arguments: Value,
    limit: Option<usize>,
) -> Result<Vec<String>, String> {
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
        merge(&mut arguments, next);
    }
}

/// Sets the members of `more` in `arguments`.
fn merge(arguments: &mut Value, more: &Value) {
    for (name, value) in more.as_object().unwrap() {
        arguments[name] = value.clone();
    }
}

/// Walks the list with each limit. Returns what is wrong: a walk that fails, one of too few rows, one with other rows than the first.
async fn faults(
    demo: &ToolRunner,
    walk: &Walk,
    arguments: &Value,
    limits: &[Option<usize>],
    least: usize,
) -> Vec<String> {
    let (mut faults, mut whole) = (vec![], None);
    for limit in limits {
        match rows(demo, walk, arguments.clone(), *limit).await {
            Err(fault) => faults.push(fault),
            Ok(rows) if rows.len() < least => {
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
    faults
}

#[tokio::test]
async fn every_list_leads_to_its_end() {
    let demo = demo_with(Options { crowded: true, ..Options::default() }).await;
    let mut found = vec![];
    for walk in walks().iter().filter(|walk| has(walk.tool)) {
        found.extend(faults(&demo, walk, &walk.arguments, &[Some(500), None, Some(7)], walk.least).await);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn every_list_leads_to_its_end_by_single_rows() {
    let demo = demo_with(Options { crowded: true, ..Options::default() }).await;
    let mut found = vec![];
    for walk in walks().iter().filter(|walk| has(walk.tool)) {
        let mut arguments = walk.arguments.clone();
        merge(&mut arguments, &walk.shorter);
        // At least two rows, for two pages.
        found.extend(faults(&demo, walk, &arguments, &[Some(500), Some(1)], 2).await);
    }
    assert!(found.is_empty(), "{found:#?}");
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
