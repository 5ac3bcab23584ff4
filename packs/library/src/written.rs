//! The answers of tools with one workout, and notes on what the service did not keep.
use intervals_core::{JsonMap, Notes, records::workout::Full, workout::workout_doubts};
use serde_json::Value;

/// The most steps of an answer.
const STEPS: usize = 100;

/// Cuts the steps of a workout to the size of an answer.
pub fn with_cut_steps(mut workout: Full, notes: &Notes) -> Full {
    workout.cut_steps(STEPS).into_iter().for_each(|cut| notes.add(cut));
    workout.without_first_day()
}

/// Returns the answer to a write: without the description, which the caller has, and with notes on what was not understood or kept.
pub fn answer_to_write(workout: Full, sent: &JsonMap, notes: &Notes) -> Full {
    overruled_numbers(sent, &workout).into_iter().for_each(|doubt| notes.add(doubt));
    if sent.contains_key("description") || workout.unread_steps().is_some() {
        doubts(&workout).into_iter().for_each(|doubt| notes.add(doubt));
    }
    let day = workout.day;
    let shown = with_cut_steps(workout, notes);
    Full { description: None, day: if sent.contains_key("day") { day } else { shown.day }, ..shown }
}

/// Returns what the service did not understand in the workout's text.
pub fn doubts(w: &Full) -> Vec<String> {
    workout_doubts(w.description.as_deref().unwrap_or_default(), w.sport.as_deref(), w.workout_doc.as_ref())
}

/// Names the numbers that were sent and not kept. The service computes them from steps, if there are any.
pub fn overruled_numbers(sent: &JsonMap, saved: &Full) -> Option<String> {
    let pairs = [
        ("duration_seconds", "moving_time", saved.duration_s.map(|time| time.0)),
        ("distance_meters", "distance", saved.distance_m.map(|distance| distance.0)),
        ("training_load", "icu_training_load", saved.load.map(|load| load.0)),
    ];
    let differs = |(_, name, saved): &(&str, &str, Option<f64>)| {
        let sent = sent.get(*name).and_then(Value::as_f64);
        sent.is_some_and(|sent| (saved.unwrap_or_default() - sent).abs() >= 1.0)
    };
    let lost: Vec<_> = pairs.iter().filter(|pair| differs(pair)).map(|(name, ..)| *name).collect();
    let first = lost.join(", ");
    let were = if lost.len() > 1 { "were" } else { "was" };
    let why = if saved.steps.is_empty() { "" } else { ": computed from the steps instead" };
    (!lost.is_empty()).then(|| format!("{first} {were} not kept{why}"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::kept(json!({"moving_time": 60}), None)]
    #[case::nothing_for_nothing(json!({"moving_time": null}), None)]
    #[case::cleared(json!({"moving_time": null, "sent": 0}), None)]
    #[case::lost(json!({"moving_time": 0, "sent": 60}), Some("duration_seconds was not kept"))]
    #[case::overruled(json!({"moving_time": 90, "sent": 60, "workout_doc": {"steps": [{}]}}),
        Some("duration_seconds was not kept: computed from the steps instead"))]
    fn numbers_that_were_not_kept_are_named(#[case] saved: Value, #[case] expected: Option<&str>) {
        let sent = saved.get("sent").map(|sent| ("moving_time".to_owned(), sent.clone())).into_iter().collect();
        let saved: Full = serde_json::from_value(saved).unwrap();
        assert_eq!(overruled_numbers(&sent, &saved).as_deref(), expected);
    }
}
