//! A workout as it is answered, and what of it the service did not take as it was sent.
use intervals_core::{JsonMap, Notes, records::workout::Full, workout::workout_doubts};
use serde_json::Value;

/// How many steps of a workout are shown.
const STEPS: usize = 100;

/// The workout with as many steps as an answer holds.
pub fn shown(mut workout: Full, notes: &Notes) -> Full {
    workout.cut_steps(STEPS).into_iter().for_each(|cut| notes.add(cut));
    workout.without_first_day()
}

/// The answer to a write of these fields: without the description, which the caller sent, and with notes on what was not understood.
pub fn written(workout: Full, sent: &JsonMap, notes: &Notes) -> Full {
    overruled(sent, &workout).into_iter().for_each(|doubt| notes.add(doubt));
    if sent.contains_key("description") || workout.unread_steps().is_some() {
        doubts(&workout).into_iter().for_each(|doubt| notes.add(doubt));
    }
    let day = workout.day;
    let shown = shown(workout, notes);
    Full { description: None, day: if sent.contains_key("day") { day } else { shown.day }, ..shown }
}

/// What the service did not understand of the workout's text.
pub fn doubts(w: &Full) -> Vec<String> {
    workout_doubts(w.description.as_deref().unwrap_or_default(), w.sport.as_deref(), w.workout_doc.as_ref())
}

/// Which of the numbers that were sent were not kept: they give way to what the steps come to.
pub fn overruled(sent: &JsonMap, saved: &Full) -> Option<String> {
    let pairs = [
        ("duration_seconds", "moving_time", saved.duration_s.map(|time| time.0)),
        ("distance_meters", "distance", saved.distance_m.map(|distance| distance.0)),
        ("training_load", "icu_training_load", saved.load.map(|load| load.0)),
    ];
    let differs = |(_, name, saved): &(&str, &str, Option<f64>)| {
        let sent = sent.get(*name).and_then(Value::as_f64);
        sent.is_some_and(|sent| (saved.unwrap_or_default() - sent).abs() >= 1.0)
    };
    let gone: Vec<_> = pairs.iter().filter(|pair| differs(pair)).map(|(name, ..)| *name).collect();
    let first = gone.join(", ");
    let were = if gone.len() > 1 { "were" } else { "was" };
    let why = if saved.steps.is_empty() { "" } else { ": with steps such numbers are worked out from them" };
    (!gone.is_empty()).then(|| format!("{first} {were} not kept{why}"))
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
        Some("duration_seconds was not kept: with steps such numbers are worked out from them"))]
    fn numbers_that_were_not_kept_are_named(#[case] saved: Value, #[case] expected: Option<&str>) {
        let sent = saved.get("sent").map(|sent| ("moving_time".to_owned(), sent.clone())).into_iter().collect();
        let saved: Full = serde_json::from_value(saved).unwrap();
        assert_eq!(overruled(&sent, &saved).as_deref(), expected);
    }
}
