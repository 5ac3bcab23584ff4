//! A workout's steps in one line.
use icu_core::{
    client::WorkoutDoc,
    cut,
    structure::{self, Step},
    units::SportPace,
};
use serde_json::{Value, to_value};

/// How long the line may be.
const LONGEST: usize = 240;

/// Such as `15min ramp 50-75 %ftp; 4x(8min 260-270 W, 3min 138 W); 15min 50 %ftp`; resolved targets come first.
pub fn outline(doc: &WorkoutDoc, pace_units: Option<&str>) -> Option<String> {
    let rows = structure::steps(doc, pace_units);
    let pace_units = pace_units.or(doc.pace_units.as_deref());
    let mut parts = vec![];
    for block in rows.chunk_by(|a, b| a.block.is_some() && a.block == b.block) {
        let steps: Vec<_> = block.iter().map(|step| said(step, pace_units)).collect();
        match block.first().and_then(|step| step.reps) {
            Some(reps) => parts.push(format!("{}x({})", reps.0, steps.join(", "))),
            None => parts.extend(steps),
        }
    }
    (!parts.is_empty()).then(|| cut(&parts.join("; "), LONGEST))
}

fn said(step: &Step, pace_units: Option<&str>) -> String {
    let range = |low: Option<f64>, high: Option<f64>, unit: &str| {
        let (low, high) = (low?.round(), high?.round());
        Some(if low == high { format!("{low} {unit}") } else { format!("{low}-{high} {unit}") })
    };
    let resolved = range(step.power_min_w.map(|w| w.0), step.power_max_w.map(|w| w.0), "W")
        .or_else(|| range(step.hr_min_bpm.map(|b| b.0), step.hr_max_bpm.map(|b| b.0), "bpm"))
        .or_else(|| paces(step.pace_min_mps.as_ref()?, step.pace_max_mps.as_ref()?, pace_units));
    let planned = || [&step.power, &step.hr, &step.pace].into_iter().find_map(Clone::clone);
    let how_long = step.duration_s.map(|s| clock(s.0)).or_else(|| step.distance_m.map(|m| length(m.0)));
    let parts = [how_long, resolved.or_else(planned), step.kind.clone()];
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

fn length(metres: f64) -> String {
    if metres < 1000.0 { format!("{metres}m") } else { format!("{}km", (metres / 10.0).round() / 100.0) }
}

/// A range of resolved paces, the slow end first.
fn paces(slow: &SportPace, fast: &SportPace, units: Option<&str>) -> Option<String> {
    let speed = |pace: &SportPace| to_value(pace).ok().as_ref().and_then(Value::as_f64).filter(|speed| *speed > 0.0);
    let (metres, unit) = match units {
        Some("MINS_MILE") => (1609.344, "/mi"),
        Some("SECS_100M") => (100.0, "/100m"),
        Some("SECS_100Y") => (91.44, "/100y"),
        Some("SECS_500M") => (500.0, "/500m"),
        _ => (1000.0, "/km"),
    };
    let minutes = |speed: f64| {
        let s = (metres / speed).round() as i64;
        format!("{}:{:02}", s / 60, s % 60)
    };
    let (slow, fast) = (minutes(speed(slow)?), minutes(speed(fast)?));
    Some(if slow == fast { format!("{slow} {unit}") } else { format!("{slow}-{fast} {unit}") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(steps: Value) -> Option<String> {
        outline(&serde_json::from_value(json!({"steps": steps})).unwrap(), Some("MINS_KM"))
    }

    #[test]
    fn a_workout_is_one_line() {
        let steps = json!([
            {"duration": 900, "ramp": true, "power": {"start": 50, "end": 75, "units": "%ftp"}, "warmup": true},
            {"reps": 4, "steps": [{"duration": 480, "power": {"value": 100, "units": "%ftp"},
                "_power": {"start": 258.4, "end": 271.6}}, {"duration": 90, "intensity": "rest"}]},
            {"distance": 1500, "pace": {"value": 95, "units": "%pace"}, "_pace": {"start": 3.7, "end": 3.9}},
            {"duration": 6000, "hr": {"value": 2, "units": "hr_zone"}},
        ]);
        assert_eq!(
            read(steps).unwrap(),
            "15min ramp 50-75 %ftp warmup; 4x(8min 258-272 W, 1:30min rest); 1.5km 4:30-4:16 /km; 1h40 Z2"
        );
        assert_eq!(read(json!([])), None);
    }
}
