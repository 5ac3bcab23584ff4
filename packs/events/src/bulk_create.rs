//! `icu_bulk_create_events`
use icu_core::{Athlete, CAP, Error, JsonMap, List, Notes, Result, arguments::json_or, tool};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    draft::Draft,
    written::{SYNTAX, Written},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Objects.
    #[serde(alias = "events_json", deserialize_with = "json_or")]
    #[schemars(with = "Vec<JsonMap>", example = example())]
    events: Vec<Value>,
}

fn example() -> Value {
    json!([
        {"start_date": "2026-07-14", "name": "Easy run", "category": "WORKOUT", "event_type": "Run", "duration_seconds": 2400},
        {"start_date_local": "2026-07-15T00:00:00", "name": "Rest", "category": "NOTE", "external_id": "rest-1"},
    ])
}

/// The most rows that are told; more are made.
const ROWS: usize = 100;

/// How many mistakes are told at once.
const MISTAKES: usize = 10;

/// ADD several events, each with the arguments of icu_create_event. Nothing is added when one is wrong.
#[tool(write, title = "Create events")]
async fn icu_bulk_create_events(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Written>> {
    let count = args.events.len();
    if !(1..=CAP).contains(&count) {
        return Err(Error::new(format!("there are {count} events"), format!("Give 1 to {CAP}.")));
    }
    let mut mistakes = vec![];
    let mut events: Vec<JsonMap> = vec![];
    for (n, event) in args.events.into_iter().enumerate() {
        match described(event) {
            Ok(event) => events.push(event),
            Err(e) => mistakes.push(format!("events[{n}]: {} ({})", e.problem, e.advice.trim_end_matches('.'))),
        }
    }
    let own_ids: Vec<_> = events.iter().filter_map(|event| event.get("external_id")?.as_str()).collect();
    if let Some(twice) = own_ids.iter().enumerate().find(|(n, id)| own_ids.iter().take(*n).any(|other| other == *id)) {
        mistakes.push(format!("external_id {} is given twice", twice.1));
    }
    if !mistakes.is_empty() {
        let more = mistakes.len().saturating_sub(MISTAKES);
        mistakes.truncate(MISTAKES);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        return Err(Error::new(
            mistakes.join("; ") + &more,
            "Nothing was sent; correct these and give all events again.",
        ));
    }
    let upsert = !own_ids.is_empty();
    let made = athlete.events().create_many(events, upsert).await?;
    let blank: Vec<_> =
        made.iter().filter(|event| event.is_not_understood()).map(|event| event.id.to_string()).collect();
    if !blank.is_empty() {
        let first = blank.iter().take(20).cloned().collect::<Vec<_>>().join(", ");
        let more = if blank.len() > 20 { ", …" } else { "" };
        let said = match blank.len() {
            1 => "1 text was not understood as a workout".to_owned(),
            n => format!("{n} texts were not understood as workouts"),
        };
        notes.add(format!("{said} and gave no steps ({first}{more}); {SYNTAX}"));
    }
    let rows = made.iter().map(Written::of).collect();
    Ok(List::first(rows, ROWS, |_| "icu_get_calendar_events has the others".into()))
}

fn described(event: Value) -> Result<JsonMap> {
    let Value::Object(event) = event else {
        let problem = format!("{} is no event", icu_core::cut(&event.to_string(), 60));
        return Err(Error::new(problem, "Each one is an object with start_date, name and category."));
    };
    if event.contains_key("workout_doc") {
        let advice = "Write the steps as text in description.";
        return Err(Error::new("workout_doc cannot be written", advice));
    }
    let draft: Draft = json_or(Value::Object(event)).map_err(|e| {
        let problem = e.to_string();
        // serde lists all forty fields behind the one that is unknown.
        let problem = problem.split(", expected one of").next().unwrap_or_default();
        Error::new(problem, "Use the arguments of icu_create_event")
    })?;
    draft.create()
}

#[cfg(test)]
mod tests;
