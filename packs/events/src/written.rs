//! What became of an event that was written.
use intervals_core::{JsonMap, Notes, client::Event, units::Count, workout::workout_doubts};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::row::Row;

/// Where to look when a text was not understood.
pub const SYNTAX: &str = "see resource intervals-icu://workout-syntax";

// An event as the service has it now.
#[derive(Serialize, JsonSchema)]
pub struct Written {
    #[serde(flatten)]
    row: Row,
    /// Rows of the planned structure.
    steps: Option<Count>,
    external_id: Option<String>,
}

impl Written {
    pub fn of(e: &Event) -> Self {
        let steps =
            e.doc().map(|doc| intervals_core::records::structure::steps(doc, None).len()).filter(|steps| *steps > 0);
        Self { row: Row::of(e), steps: steps.map(|steps| Count(steps as f64)), external_id: e.external_id.clone() }
    }

    /// The same, with notes on what the service made of what was `sent`.
    pub fn noting(e: &Event, sent: &JsonMap, notes: &Notes) -> Self {
        doubts(e, sent).into_iter().for_each(|doubt| notes.add(doubt));
        Self::of(e)
    }
}

/// What the service made of what was `sent`, where that is worth a look; a sentence each.
pub fn doubts(e: &Event, sent: &JsonMap) -> Vec<String> {
    let mut doubts = vec![];
    if e.is("WORKOUT") {
        let text = e.description.as_deref().unwrap_or_default();
        doubts.extend(workout_doubts(text, e.sport.as_deref(), e.workout_doc.as_ref()));
    }
    let has_steps = e.doc().is_some_and(|doc| !doc.steps.is_empty());
    let swims = e.sport.as_deref().is_some_and(|sport| sport.contains("Swim"));
    if has_steps && swims && e.icu_training_load.is_none() {
        doubts.push("there is no load: the steps of a swim need pace or heart rate targets".into());
    }
    for (name, argument, stored) in [
        ("moving_time", "duration_seconds", e.moving_time.map(|v| v.0)),
        ("distance", "distance_meters", e.distance.map(|v| v.0)),
        ("icu_training_load", "training_load", e.icu_training_load.map(|v| v.0)),
        ("load_target", "load_target", e.load_target.map(|v| v.0)),
        ("time_target", "time_target", e.time_target.map(|v| v.0)),
        ("distance_target", "distance_target", e.distance_target.map(|v| v.0)),
    ] {
        let Some(wanted) = sent.get(name).and_then(Value::as_f64) else { continue };
        let stored = stored.unwrap_or_default();
        if (stored - wanted).abs() >= 1.0 {
            let why = if has_steps { ", which follows from the steps" } else { "" };
            doubts.push(format!("{argument} is {stored}{why}, and not {wanted}"));
        }
    }
    if e.is("WORKOUT") && ["load_target", "time_target", "distance_target"].iter().any(|name| sent.contains_key(*name))
    {
        doubts.push(
            "load_target, time_target and distance_target count on a TARGET; a workout has duration, distance and load"
                .into(),
        );
    }
    let day = e.day().filter(|day| e.is("TARGET") && day.weekday() != jiff::civil::Weekday::Monday);
    if let Some(day) = day.filter(|_| sent.contains_key("start_date_local")) {
        let monday = crate::annual_plan::monday(day);
        doubts.push(format!("the target of a week stands on its Monday, {monday}; this one is on {day}"));
    }
    doubts
}
