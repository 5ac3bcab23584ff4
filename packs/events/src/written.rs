//! The answer of tools that write events.
use intervals_core::{JsonMap, Notes, records::event::Row, units::Count, workout::workout_doubts};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// The hint for a text that was not understood as a workout.
pub const SYNTAX: &str = "see resource intervals-icu://workout-syntax";

// An event as the service stored it.
#[derive(Serialize, JsonSchema)]
pub struct Written {
    #[serde(flatten)]
    row: Row,
    /// Rows of the planned structure.
    steps: Option<Count>,
    external_id: Option<String>,
}

impl Written {
    pub fn of(row: Row) -> Self {
        let steps = Some(row.planned_steps(None).len()).filter(|steps| *steps > 0);
        Self { steps: steps.map(|steps| Count(steps as f64)), external_id: row.external_id.clone(), row }
    }

    /// Like [`of`](Self::of), with notes on what the service stored differently than `sent`.
    pub fn with_notes(row: Row, sent: &JsonMap, notes: &Notes) -> Self {
        doubts(&row, sent).into_iter().for_each(|doubt| notes.add(doubt));
        Self::of(row)
    }
}

/// Returns a sentence for each value that the service stored differently than `sent`, and for likely mistakes.
pub fn doubts(e: &Row, sent: &JsonMap) -> Vec<String> {
    let mut doubts = vec![];
    if e.is("WORKOUT") {
        let text = e.description.as_deref().unwrap_or_default();
        doubts.extend(workout_doubts(text, e.sport.as_deref(), e.planned_doc()));
    }
    let has_steps = e.has_steps();
    let swims = e.sport.as_deref().is_some_and(|sport| sport.contains("Swim"));
    if has_steps && swims && e.load.is_none() {
        doubts.push("there is no load: the steps of a swim need pace or heart rate targets".into());
    }
    for (name, argument, stored) in [
        ("moving_time", "duration_seconds", e.duration_s.map(|v| v.0)),
        ("distance", "distance_meters", e.distance_m.map(|v| v.0)),
        ("icu_training_load", "training_load", e.load.map(|v| v.0)),
        ("load_target", "load_target", e.load_target.map(|v| v.0)),
        ("time_target", "time_target", e.time_target_s.map(|v| v.0)),
        ("distance_target", "distance_target", e.distance_target_m.map(|v| v.0)),
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
        doubts.push(format!("a weekly target belongs on its Monday, {monday}; this one is on {day}"));
    }
    doubts
}
