//! Workout text as the service reads it: steps, repetitions, targets.
use serde_json::{Value, json};

use crate::person::Person;

/// What the service reads out of a text.
#[derive(Debug)]
pub struct Read {
    /// `workout_doc`; without steps when nothing was understood.
    pub doc: Value,
    /// Planned time, seconds.
    pub secs: u32,
    /// Planned distance, metres; 0 when the steps say none.
    pub metres: f64,
    /// Training load; `None` when nothing tells the effort.
    pub load: Option<u32>,
    /// Intensity in percent.
    pub intensity: Option<f64>,
}

/// Reads the text of a workout of this activity type.
pub fn read(_text: &str, _sport: &str, _person: &Person) -> Read {
    Read { doc: json!({"steps": []}), secs: 0, metres: 0.0, load: None, intensity: None }
}

/// Adds what `resolve=true` adds: thresholds, and `_power`, `_hr`, `_pace` to the steps.
///
/// A target of a single value becomes a range this many percent to either side: power, heart rate, pace.
pub fn resolve(_doc: &mut Value, _sport: &str, _person: &Person, _widen: (f64, f64, f64)) {}
