//! Functions that the tools with gear share.
use intervals_core::{
    Notes, Today,
    records::gear::{Fields, Row},
};

/// Converts the moments of the reminders to days in the athlete's time zone.
pub fn with_local_days(gear: Row, today: &Today) -> Row {
    gear.on_days(|moment| Some(today.local(moment)?.date()))
}

/// Adds a note on given arguments that the old server took and that the service has no field for.
pub fn note_unstored(fields: &Fields, notes: &Notes) {
    let Fields { brand, model, primary, .. } = fields;
    let given: Vec<_> = [("brand", brand), ("model", model), ("primary", primary)]
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|_| name))
        .collect();
    if !given.is_empty() {
        notes.add(format!("not stored: {}; Intervals.icu has no such fields. Use name or notes.", given.join(", ")));
    }
}
