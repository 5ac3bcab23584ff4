//! A planned workout's steps as an answer shows them: a row a step.
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    client::{Goal, WorkoutDoc, WorkoutStep},
    units::{Bpm, Count, Length, MetresPerSecond, Seconds, SportPace, Watts, minutes, plain, span},
};

/// One step of a planned workout.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Step {
    /// Steps of the same number are repeated together.
    pub block: Option<Count>,
    /// How often the block is done.
    pub reps: Option<Count>,
    /// How long.
    pub duration_s: Option<Seconds>,
    /// Or how far.
    pub distance_m: Option<Length>,
    /// As planned, such as `88-94 %ftp`, `Z2` or `ramp 50-80 %ftp`; of a ramp also resolved.
    pub power: Option<String>,
    /// As planned, such as `75-80 %hr`.
    pub hr: Option<String>,
    /// As planned, such as `95 %pace` or `4:20-4:30 /km`.
    pub pace: Option<String>,
    /// As planned, such as `90 rpm`.
    pub cadence: Option<String>,
    /// The range in watts, when resolved.
    pub power_min_w: Option<Watts>,
    /// Its upper end.
    pub power_max_w: Option<Watts>,
    /// The range in bpm, when resolved.
    pub hr_min_bpm: Option<Bpm>,
    /// Its upper end.
    pub hr_max_bpm: Option<Bpm>,
    /// The slow end of the pace, when resolved.
    pub pace_min_mps: Option<SportPace>,
    /// The fast end.
    pub pace_max_mps: Option<SportPace>,
    /// warmup, cooldown, rest, freeride, max effort, until lap press.
    pub kind: Option<String>,
    /// Words beside the targets.
    pub text: Option<String>,
    /// From where to where a resolved ramp goes, such as `ramp 132-198 W`: it is no range of which any part will do.
    #[serde(skip)]
    pub ramp: Option<String>,
}

/// The steps of a workout in their order, those of a block one after another; resolved paces are read in `pace_units`.
pub fn steps(doc: &WorkoutDoc, pace_units: Option<&str>) -> Vec<Step> {
    let mut rows = vec![];
    let mut blocks = 0;
    let pace_units = pace_units.or(doc.pace_units.as_deref());
    gather(&doc.steps, None, pace_units, &mut blocks, &mut rows);
    rows
}

fn gather(
    steps: &[WorkoutStep],
    block: Option<(Count, Count)>,
    pace_units: Option<&str>,
    blocks: &mut u32,
    rows: &mut Vec<Step>,
) {
    for step in steps {
        if step.steps.is_empty() {
            rows.push(row(step, block, pace_units));
            continue;
        }
        *blocks += 1;
        // The service does not nest blocks; should one come nested, its repetitions multiply.
        let reps = step.reps.map_or(1.0, |reps| reps.0) * block.map_or(1.0, |(_, reps)| reps.0);
        gather(&step.steps, Some((Count(f64::from(*blocks)), Count(reps))), pace_units, blocks, rows);
    }
}

fn row(step: &WorkoutStep, block: Option<(Count, Count)>, pace_units: Option<&str>) -> Step {
    let ramp = step.ramp == Some(true);
    let goal = |goal: &Option<Goal>| goal.as_ref().and_then(|goal| said(goal, ramp));
    let pace = |speed: f64| SportPace::new(MetresPerSecond(speed), pace_units);
    let ends = |goal: &Option<Goal>, read: &dyn Fn(f64) -> (String, &'static str)| match goal {
        Some(Goal { start: Some(start), end: Some(end), .. }) if ramp && start != end => {
            let ((start, _), (end, unit)) = (read(start.0), read(end.0));
            Some(format!("{start}-{end} {unit}"))
        }
        _ => None,
    };
    let power_ends = ends(&step.watts, &|watts| (plain(watts, 0), "W"));
    let hr_ends = ends(&step.bpm, &|bpm| (plain(bpm, 0), "bpm"));
    let pace_ends = ends(&step.speed, &|speed| pace(speed).said());
    let bounds = |goal: &Option<Goal>| goal.as_ref().and_then(Goal::bounds);
    let watts = bounds(&step.watts).filter(|_| power_ends.is_none());
    let bpm = bounds(&step.bpm).filter(|_| hr_ends.is_none());
    let speed = bounds(&step.speed).filter(|_| pace_ends.is_none());
    let with = |planned: Option<String>, ends: &Option<String>| match (planned, ends) {
        (Some(planned), Some(ends)) => Some(format!("{planned} ({ends})")),
        (None, Some(ends)) => Some(format!("ramp {ends}")),
        (planned, None) => planned,
    };
    let flags = [
        (step.warmup, "warmup"),
        (step.cooldown, "cooldown"),
        (step.freeride, "freeride"),
        (step.maxeffort, "max effort"),
        (step.until_lap_press, "until lap press"),
    ];
    let flags = flags.into_iter().filter(|(set, _)| *set == Some(true)).map(|(_, word)| word);
    let intensity = step.intensity.as_deref().filter(|word| !flags.clone().any(|flag| flag == *word));
    let kind: Vec<_> = flags.clone().chain(intensity).collect();
    Step {
        block: block.map(|(block, _)| block),
        reps: block.map(|(_, reps)| reps),
        duration_s: step.duration.filter(|duration| duration.0 > 0.0),
        distance_m: step.distance.filter(|distance| distance.0 > 0.0).map(|distance| Length(distance.0)),
        power: with(goal(&step.power), &power_ends),
        hr: with(goal(&step.hr), &hr_ends),
        pace: with(goal(&step.pace), &pace_ends),
        cadence: step.cadence.as_ref().and_then(|cadence| said(cadence, false)),
        power_min_w: watts.map(|(low, _)| Watts(low)),
        power_max_w: watts.map(|(_, high)| Watts(high)),
        hr_min_bpm: bpm.map(|(low, _)| Bpm(low)),
        hr_max_bpm: bpm.map(|(_, high)| Bpm(high)),
        pace_min_mps: speed.map(|(low, _)| pace(low)),
        pace_max_mps: speed.map(|(_, high)| pace(high)),
        kind: Some(kind.join(", ")).filter(|kind| !kind.is_empty()),
        text: step.text.clone().filter(|text| !text.trim().is_empty()),
        ramp: power_ends.or(hr_ends).or(pace_ends).map(|ends| format!("ramp {ends}")),
    }
}

/// A target in its own units.
fn said(goal: &Goal, ramp: bool) -> Option<String> {
    let units = goal.units.as_deref().unwrap_or_default();
    let number = |value: f64| match units {
        units if units.starts_with("secs/") => minutes(value),
        units if units.ends_with("_zone") => format!("Z{}", plain(value, 0)),
        _ => plain(value, 1),
    };
    let range = match (goal.value, goal.start, goal.end) {
        (Some(value), ..) => number(value.0),
        (None, Some(start), Some(end)) if start == end => number(start.0),
        (None, Some(start), Some(end)) => format!("{}-{}", number(start.0), number(end.0)),
        (None, Some(one), None) | (None, None, Some(one)) => number(one.0),
        (None, None, None) => return None,
    };
    let unit = match units {
        units if units.ends_with("_zone") => "",
        units if units.starts_with("secs/") => units.trim_start_matches("secs"),
        units => units,
    };
    let ramp = if ramp { "ramp " } else { "" };
    let of_best = goal.mmp_duration.map(|best| span(best.0)).unwrap_or_default();
    Some(format!("{ramp}{range} {unit} {of_best}").trim_end().into())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{render::Page, units::Units};

    fn read(steps_json: Value) -> String {
        let doc: WorkoutDoc = serde_json::from_value(json!({"steps": steps_json})).unwrap();
        #[derive(Serialize)]
        struct Answer {
            steps: Vec<Step>,
        }
        Page::of(&Answer { steps: steps(&doc, Some("MINS_KM")) }, Units::default()).unwrap().text()
    }

    #[test]
    fn a_row_a_step_and_blocks_by_number() {
        let doc = json!([
            {"duration": 600, "warmup": true, "ramp": true, "power": {"start": 50, "end": 75, "units": "%ftp"}},
            {"reps": 4, "duration": 2880, "steps": [
                {"duration": 480, "power": {"value": 3, "units": "power_zone"}, "cadence": {"value": 90, "units": "rpm"}},
                {"duration": 240, "intensity": "rest", "text": "easy"},
            ]},
            {"distance": 1000, "pace": {"start": 260, "end": 270, "units": "secs/km"}},
            {"distance": 500, "pace": {"value": 125, "units": "secs/500m"}},
            {"duration": 60, "power": {"value": 80, "units": "%mmp", "mmp_duration": 300}},
            {"distance": 25, "duration": 30},
        ]);
        assert_eq!(
            read(doc),
            "steps:\n\
             block|reps|duration|distance|power|pace|cadence|kind|text\n\
             ||0:10:00||ramp 50-75 %ftp|||warmup\n\
             1|4|0:08:00||Z3||90 rpm\n\
             1|4|0:04:00|||||rest|easy\n\
             |||1 km||4:20-4:30 /km\n\
             |||500 m||2:05 /500m\n\
             ||0:01:00||80 %mmp 5min\n\
             ||0:00:30|25 m\n"
        );
    }

    #[test]
    fn resolved_targets_are_in_units_of_their_own() {
        let doc = json!([{"duration": 60, "power": {"value": 100, "units": "%ftp"},
            "_power": {"value": 250, "start": 243.75, "end": 256.25}, "_pace": {"start": 3.5, "end": 3.4}}]);
        assert_eq!(
            read(doc),
            "steps:\n\
             duration|power|power_min W|power_max W|pace_min /km|pace_max /km\n\
             0:01:00|100 %ftp|244|256|4:54|4:46\n"
        );
    }

    #[test]
    fn a_resolved_ramp_keeps_its_way_and_is_no_range() {
        let doc = json!([
            {"duration": 60, "ramp": true, "power": {"start": 75, "end": 50, "units": "%ftp"},
                "_power": {"value": 165, "start": 198, "end": 132}},
            {"duration": 60, "ramp": true, "_pace": {"start": 3.4, "end": 3.5}},
            {"duration": 60, "_hr": {"start": 150, "end": 140}},
        ]);
        assert_eq!(
            read(doc),
            "steps:\n\
             duration|power|pace|hr_min bpm|hr_max bpm\n\
             0:01:00|ramp 75-50 %ftp (198-132 W)\n\
             0:01:00||ramp 4:54-4:46 /km\n\
             0:01:00|||140|150\n"
        );
    }
}
