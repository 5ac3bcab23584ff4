//! A workout's steps in one line.
use intervals_client::{
    Text, WorkoutDoc,
    text::truncate,
    units::{Speed, System},
};
use serde::Serialize;

use crate::structure::{self, Step};

/// How long the line may be, and the words of one step.
const LONGEST: usize = 240;
const WORDS: usize = 30;

/// The steps of a workout in one line.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Outline {
    /// Targets alone, which are nobody's words.
    Targets(String),
    /// With words of the workout's author.
    Words(Text),
}

/// Such as `15min ramp 50-75 %ftp; 4x(8min 260-270 W 90 rpm, 3min 138 W easy); 1.5km Z2 HR`; resolved targets come first.
pub fn outline(doc: &WorkoutDoc, pace_units: Option<&str>) -> Option<Outline> {
    let rows = structure::steps(doc, pace_units);
    // What is swum or run in yards and miles is planned in them.
    let system = match pace_units.or(doc.pace_units.as_deref()) {
        Some("MINS_MILE" | "SECS_100Y") => System::Imperial,
        _ => System::Metric,
    };
    let mut parts = vec![];
    for block in rows.chunk_by(|a, b| a.block.is_some() && a.block == b.block) {
        let steps: Vec<_> = block.iter().map(|step| one(step, system)).collect();
        match block.first().and_then(|step| step.reps) {
            Some(reps) => parts.push(format!("{}x({})", reps.0, steps.join(", "))),
            None => parts.extend(steps),
        }
    }
    let line = (!parts.is_empty()).then(|| truncate(&parts.join("; "), LONGEST))?;
    Some(if rows.iter().any(|step| step.text.is_some()) { Outline::Words(line.into()) } else { Outline::Targets(line) })
}

fn one(step: &Step, system: System) -> String {
    let range = |low: Option<f64>, high: Option<f64>, unit: &str| {
        let (low, high) = (low?.round(), high?.round());
        Some(if low == high { format!("{low} {unit}") } else { format!("{low}-{high} {unit}") })
    };
    let resolved = step
        .ramp
        .clone()
        .or_else(|| range(step.power_min_w.map(|w| w.0), step.power_max_w.map(|w| w.0), "W"))
        .or_else(|| range(step.hr_min_bpm.map(|b| b.0), step.hr_max_bpm.map(|b| b.0), "bpm"))
        .or_else(|| paces(step.pace_min_mps.as_ref()?, step.pace_max_mps.as_ref()?));
    // A zone does not say of what; bare it is one of power.
    let zone = |goal: &Option<String>, of: &str| {
        goal.as_ref().map(|goal| if goal.contains('Z') { format!("{goal} {of}") } else { goal.clone() })
    };
    let planned = || step.power.clone().or_else(|| zone(&step.hr, "HR")).or_else(|| zone(&step.pace, "Pace"));
    // Of a step by distance the time is only derived.
    let how_far = step.distance_m.map(|length| {
        let (value, unit) = length.value_and_unit(system);
        format!("{value}{unit}")
    });
    let parts = [
        how_far.or_else(|| step.duration_s.map(|s| clock(s.0))),
        resolved.or_else(planned),
        step.cadence.clone(),
        step.kind.clone(),
        step.text.as_deref().map(|text| truncate(text, WORDS)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn clock(seconds: f64) -> String {
    let s = seconds.round() as i64;
    match (s / 3600, s / 60 % 60, s % 60) {
        (0, 0, s) => format!("{s}s"),
        (0, m, 0) => format!("{m}min"),
        (0, m, s) => format!("{m}:{s:02}min"),
        (h, 0, 0) => format!("{h}h"),
        (h, m, _) => format!("{h}h{m:02}"),
    }
}

/// A range of resolved paces, the slow end first.
fn paces(slow: &Speed, fast: &Speed) -> Option<String> {
    let ((slow, _), (fast, unit)) = (slow.value_and_unit(), fast.value_and_unit());
    Some(if slow == fast { format!("{slow} {unit}") } else { format!("{slow}-{fast} {unit}") })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    fn read(steps: Value, pace_units: &str) -> Option<String> {
        let line = outline(&serde_json::from_value(json!({"steps": steps})).unwrap(), Some(pace_units))?;
        Some(match line {
            Outline::Targets(line) => line,
            Outline::Words(line) => line.into_string(),
        })
    }

    #[test]
    fn a_workout_is_one_line() {
        let steps = json!([
            {"duration": 900, "ramp": true, "power": {"start": 50, "end": 75, "units": "%ftp"}, "warmup": true},
            {"reps": 4, "steps": [{"duration": 480, "power": {"value": 100, "units": "%ftp"},
                "_power": {"start": 258.4, "end": 271.6}, "cadence": {"value": 90, "units": "rpm"}},
                {"duration": 90, "intensity": "rest", "text": "shake your legs and drink a lot of water"}]},
            {"distance": 1500, "duration": 390, "pace": {"value": 95, "units": "%pace"}, "_pace": {"start": 3.7, "end": 3.9}},
            {"duration": 6000, "hr": {"value": 2, "units": "hr_zone"}},
        ]);
        assert_eq!(
            read(steps, "MINS_KM").unwrap(),
            "15min ramp 50-75 %ftp warmup; 4x(8min 258-272 W 90 rpm, 1:30min rest shake your legs and drink a lo…); \
             1.5km 4:30-4:16 /km; 1h40 Z2 HR"
        );
        assert_eq!(read(json!([]), "MINS_KM"), None);
    }

    #[rstest]
    #[case::a_ramp_goes_one_way(json!({"duration": 600, "ramp": true, "power": {"start": 75, "end": 50, "units": "%ftp"},
        "_power": {"value": 165, "start": 198, "end": 132}}), "MINS_KM", "10min ramp 198-132 W")]
    #[case::a_zone_of_power(json!({"duration": 60, "power": {"value": 2, "units": "power_zone"}}), "MINS_KM", "1min Z2")]
    #[case::a_zone_of_pace(json!({"duration": 60, "pace": {"start": 2, "end": 3, "units": "pace_zone"}}), "MINS_KM",
        "1min Z2-Z3 Pace")]
    #[case::a_rowers_pace(json!({"distance": 500, "duration": 120, "_pace": {"start": 4.0, "end": 4.1667}}), "SECS_500M",
        "500m 2:05-2:00 /500m")]
    #[case::a_pace_per_400_m(json!({"distance": 400, "_pace": {"start": 4.0, "end": 4.0}}), "SECS_400M", "400m 1:40 /400m")]
    #[case::yards(json!({"distance": 91.44, "pace": {"value": 90, "units": "%pace"}}), "SECS_100Y", "100yd 90 %pace")]
    fn a_step_says_how_far_and_how_hard(#[case] step: Value, #[case] pace_units: &str, #[case] line: &str) {
        assert_eq!(read(json!([step]), pace_units).unwrap(), line);
    }
}
