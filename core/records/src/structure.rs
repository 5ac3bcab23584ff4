//! The steps of a planned workout in an answer, one row per step.
use schemars::JsonSchema;
use serde::Serialize;

use intervals_client::{
    Goal, Text, WorkoutDoc, WorkoutStep,
    units::{Bpm, Count, Length, MetresPerSecond, Seconds, Speed, SpeedReading, Watts, minutes, plain, span},
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
    pub pace_min_mps: Option<Speed>,
    /// The fast end.
    pub pace_max_mps: Option<Speed>,
    /// warmup, cooldown, rest, freeride, max effort, until lap press.
    pub kind: Option<String>,
    /// Words beside the targets.
    pub text: Option<Text>,
    /// The start and end of a resolved ramp, such as `ramp 132-198 W`. It is not a range of which any part will do.
    #[serde(skip)]
    pub ramp: Option<String>,
}

/// The steps of a workout in order, those of a block one after another. Resolved paces are shown in `pace_units`.
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
        // The service does not nest blocks. If one is nested, its repetitions multiply.
        let reps = step.reps.map_or(1.0, |reps| reps.0) * block.map_or(1.0, |(_, reps)| reps.0);
        gather(&step.steps, Some((Count(f64::from(*blocks)), Count(reps))), pace_units, blocks, rows);
    }
}

fn row(step: &WorkoutStep, block: Option<(Count, Count)>, pace_units: Option<&str>) -> Step {
    let ramp = step.ramp == Some(true);
    let goal = |goal: &Option<Goal>| goal.as_ref().and_then(|goal| target_text(goal, ramp));
    let pace = |speed: f64| Speed::read_as(SpeedReading::in_unit(pace_units), MetresPerSecond(speed));
    let ends = |goal: &Option<Goal>, read: &dyn Fn(f64) -> (String, &'static str)| match goal {
        Some(Goal { start: Some(start), end: Some(end), .. }) if ramp && start != end => {
            let ((start, _), (end, unit)) = (read(start.0), read(end.0));
            Some(format!("{start}-{end} {unit}"))
        }
        _ => None,
    };
    let power_ends = ends(&step.watts, &|watts| (plain(watts, 0), "W"));
    let hr_ends = ends(&step.bpm, &|bpm| (plain(bpm, 0), "bpm"));
    let pace_ends = ends(&step.speed, &|speed| pace(speed).value_and_unit());
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
        cadence: step.cadence.as_ref().and_then(|cadence| target_text(cadence, false)),
        power_min_w: watts.map(|(low, _)| Watts(low)),
        power_max_w: watts.map(|(_, high)| Watts(high)),
        hr_min_bpm: bpm.map(|(low, _)| Bpm(low)),
        hr_max_bpm: bpm.map(|(_, high)| Bpm(high)),
        pace_min_mps: speed.map(|(low, _)| pace(low)),
        pace_max_mps: speed.map(|(_, high)| pace(high)),
        kind: Some(kind.join(", ")).filter(|kind| !kind.is_empty()),
        text: step.text.clone().and_then(Text::non_empty),
        ramp: power_ends.or(hr_ends).or(pace_ends).map(|ends| format!("ramp {ends}")),
    }
}

/// The text of a target, in its own units.
fn target_text(goal: &Goal, ramp: bool) -> Option<String> {
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
    let best_duration = goal.mmp_duration.map(|best| span(best.0)).unwrap_or_default();
    Some(format!("{ramp}{range} {unit} {best_duration}").trim_end().into())
}
