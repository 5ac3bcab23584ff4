//! `icu_bulk_create_events`
use intervals_core::{
    Athlete, Error, JsonMap, List, Notes, Result,
    arguments::{json_or, plainly},
    list::CAP,
    records::{
        Patch,
        event::{Fields, Row},
    },
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    new_event::new_event,
    written::{self, Written},
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
        {"start_date": "2026-07-16", "name": "Start", "category": "SET_FITNESS", "icu_ctl": 40, "icu_atl": 38, "icu_ftp": 250,
            "ctl_days": 42, "atl_days": 7},
    ])
}

/// The most rows of the answer; more events may be created.
const ROWS: usize = 100;

/// The most mistakes that an error names.
const MISTAKES: usize = 10;

/// The most notes on doubtful events.
const DOUBTS: usize = 10;

/// The most ids of events in one such note.
const IDS: usize = 20;

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
        match event_body(event) {
            Ok(event) => events.push(event),
            Err(e) => mistakes.push(format!("events[{n}]: {} ({})", e.problem, e.advice.trim_end_matches('.'))),
        }
    }
    let external_ids: Vec<_> = events.iter().filter_map(|event| event.get("external_id")?.as_str()).collect();
    if let Some(twice) =
        external_ids.iter().enumerate().find(|(n, id)| external_ids.iter().take(*n).any(|other| other == *id))
    {
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
    let upsert = !external_ids.is_empty();
    let created = athlete.events().create_many::<Row>(events.clone(), upsert).await?;
    if created.len() < count {
        notes.add(format!("{count} were sent, {} came back; look before you repeat", created.len()));
    }
    note_doubts(&created, &events, &notes);
    let rows = created.into_iter().map(Written::of).collect();
    Ok(List::excerpt(rows, ROWS, &notes, "icu_get_calendar_events"))
}

/// Adds the notes that icu_create_event would add for each event. A note that applies to several events is added once.
fn note_doubts(created: &[Row], sent: &[JsonMap], notes: &Notes) {
    let (mut doubts, empty) = (Vec::<(String, Vec<String>)>::new(), JsonMap::new());
    for (n, event) in created.iter().enumerate() {
        // When fewer events come back than were sent, the order no longer tells which one was sent.
        let is_same = |sent: &&JsonMap| sent.get("name").and_then(Value::as_str) == event.name.as_deref();
        let sent = sent.get(n).filter(|_| created.len() == sent.len()).filter(is_same).unwrap_or(&empty);
        for doubt in written::doubts(event, sent) {
            match doubts.iter_mut().find(|(known, _)| *known == doubt) {
                Some((_, ids)) => ids.push(event.id.to_string()),
                None => doubts.push((doubt, vec![event.id.to_string()])),
            }
        }
    }
    let more = doubts.len().saturating_sub(DOUBTS);
    for (doubt, ids) in doubts.iter().take(DOUBTS) {
        let first = ids.iter().take(IDS).cloned().collect::<Vec<_>>().join(", ");
        let (plural, cut) = (if ids.len() > 1 { "s" } else { "" }, if ids.len() > IDS { ", …" } else { "" });
        notes.add(format!("event{plural} {first}{cut}: {doubt}"));
    }
    if more > 0 {
        notes.add(format!("{more} more doubts; icu_get_event shows what was stored"));
    }
}

/// Converts one item to the body of a new event.
fn event_body(event: Value) -> Result<JsonMap> {
    let Value::Object(event) = event else {
        let problem = format!("{} is no event", intervals_core::text::truncate(&event.to_string(), 60));
        return Err(Error::new(problem, "Each one is an object with start_date, name and category."));
    };
    if event.contains_key("workout_doc") {
        let advice = "Write the steps as text in description.";
        return Err(Error::new("workout_doc cannot be written", advice));
    }
    let Patch(fields) = json_or::<_, Patch<Fields>>(Value::Object(event))
        .map_err(|e| Error::new(plainly(&e.to_string()), "Use the arguments of icu_create_event"))?;
    new_event(&fields)
}

#[cfg(test)]
mod tests;
