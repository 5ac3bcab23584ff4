//! The structure that the service reads out of a workout's text.
use serde::Deserialize;

use crate::{
    Text, lenient,
    units::{Bpm, Metres, MetresPerSecond, Number, Seconds, Watts},
};

/// What `workout_doc` says, or why it could not be read.
pub type PlannedDoc = Result<WorkoutDoc, String>;

/// What `workout_doc` says of a planned workout. It is read only: a workout is written as text.
///
/// An empty list of steps on a workout with a text means that the text was not understood.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WorkoutDoc {
    /// The steps, blocks of repetitions among them.
    #[serde(deserialize_with = "lenient::list")]
    pub steps: Vec<WorkoutStep>,
    /// Planned time.
    pub duration: Option<Seconds>,
    /// Planned distance.
    pub distance: Option<Metres>,
    /// Threshold power that targets rest on; present when they were resolved.
    pub ftp: Option<Watts>,
    /// Threshold heart rate that targets rest on.
    pub lthr: Option<Bpm>,
    /// Threshold speed that targets rest on.
    pub threshold_pace: Option<MetresPerSecond>,
    /// How a pace is read: `MINS_KM`, …
    pub pace_units: Option<String>,
}

/// One step, or a block of them when `reps` is there; a block's duration holds all its repetitions.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WorkoutStep {
    /// Words beside the targets.
    pub text: Option<Text>,
    /// How long.
    pub duration: Option<Seconds>,
    /// Or how far.
    pub distance: Option<Metres>,
    /// Target power.
    pub power: Option<Goal>,
    /// Target heart rate.
    pub hr: Option<Goal>,
    /// Target pace.
    pub pace: Option<Goal>,
    /// Target cadence.
    pub cadence: Option<Goal>,
    /// Target power in W, when resolved.
    #[serde(rename = "_power")]
    pub watts: Option<Goal>,
    /// Target heart rate in bpm, when resolved.
    #[serde(rename = "_hr")]
    pub bpm: Option<Goal>,
    /// Target pace in m/s, when resolved.
    #[serde(rename = "_pace")]
    pub speed: Option<Goal>,
    /// From the start of a range to its end, and not anywhere in it.
    pub ramp: Option<bool>,
    /// No target.
    pub freeride: Option<bool>,
    /// All out.
    pub maxeffort: Option<bool>,
    /// Part of the warm-up.
    pub warmup: Option<bool>,
    /// Part of the cool-down.
    pub cooldown: Option<bool>,
    /// Such as `rest`.
    pub intensity: Option<String>,
    /// Lasts until the lap button is pressed.
    pub until_lap_press: Option<bool>,
    /// How often the block is done.
    pub reps: Option<Number>,
    /// The block's steps.
    #[serde(deserialize_with = "lenient::list")]
    pub steps: Vec<WorkoutStep>,
}

/// A target: a value, or a range from `start` to `end`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Goal {
    /// A single value.
    pub value: Option<Number>,
    /// Where a range starts.
    pub start: Option<Number>,
    /// Where it ends.
    pub end: Option<Number>,
    /// `%ftp`, `w`, `power_zone`, `%hr`, `%lthr`, `hr_zone`, `%pace`, `pace_zone`, `secs/km`, `rpm`, …
    pub units: Option<String>,
    /// Of `%mmp`: the duration of the best power that it is a share of.
    pub mmp_duration: Option<Seconds>,
}

impl Goal {
    /// The lowest and the highest number of the target.
    pub fn bounds(&self) -> Option<(f64, f64)> {
        let start = self.start.or(self.value)?.0;
        let end = self.end.or(self.value).map_or(start, |end| end.0);
        Some((start.min(end), start.max(end)))
    }
}
