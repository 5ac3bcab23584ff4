//! What the tools that show gear share.
use intervals_core::{
    Notes, Today,
    records::gear::{Fields, Row},
};

/// The gear with the days of its reminders, as the athlete's own calendar has them.
pub fn by_days(gear: Row, today: &Today) -> Row {
    gear.on_days(|moment| Some(today.local(moment)?.date()))
}

/// Names the arguments that the old server took and for which the service has no place.
pub fn explain_unstored(fields: &Fields, notes: &Notes) {
    let Fields { brand, model, primary, .. } = fields;
    let given: Vec<_> = [("brand", brand), ("model", model), ("primary", primary)]
        .into_iter()
        .filter_map(|(name, value)| value.as_ref().map(|_| name))
        .collect();
    if !given.is_empty() {
        notes.add(format!("not stored: {}; Intervals.icu has no such fields. Use name or notes.", given.join(", ")));
    }
}
