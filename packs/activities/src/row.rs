//! An activity as one line of a list.
use intervals_core::{
    Notes,
    client::{Activity, ActivityRecord, Owner, STRAVA_REMEDY, Text},
    units::{Bpm, Climb, Intensity, Metres, Points, Rpm, Seconds, Watts},
};
use schemars::JsonSchema;
use serde::Serialize;

/// What a row is made of, in the service's names.
pub const FIELDS: &[&str] = &[
    "id",
    "icu_athlete_id",
    "start_date_local",
    "type",
    "name",
    "source",
    "_note",
    "distance",
    "moving_time",
    "total_elevation_gain",
    "icu_average_watts",
    "icu_weighted_avg_watts",
    "average_heartrate",
    "average_cadence",
    "icu_training_load",
    "icu_intensity",
];

// One line of a list. Absent is what the service does not say.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    id: String,
    /// Local time.
    start: Option<String>,
    sport: Option<String>,
    name: Option<Text>,
    distance_m: Option<Metres>,
    moving_time_s: Option<Seconds>,
    climb_m: Option<Climb>,
    power_w: Option<Watts>,
    weighted_power_w: Option<Watts>,
    hr_bpm: Option<Bpm>,
    cadence_rpm: Option<Rpm>,
    load: Option<Points>,
    /// Percent of threshold.
    intensity_pct: Option<Intensity>,
    /// Why there is nothing more.
    withheld: Option<&'static str>,
    owner: Option<Owner>,
}

impl Row {
    pub fn of(a: &ActivityRecord) -> Self {
        Self {
            id: a.id.clone(),
            start: a.start_date_local.as_deref().map(minute),
            sport: a.sport.clone(),
            name: a.name.clone(),
            distance_m: covered(a),
            moving_time_s: a.moving_time,
            climb_m: a.total_elevation_gain,
            power_w: a.icu_average_watts,
            weighted_power_w: a.icu_weighted_avg_watts,
            hr_bpm: a.average_heartrate,
            cadence_rpm: a.average_cadence,
            load: a.icu_training_load,
            intensity_pct: a.icu_intensity,
            withheld: a.is_withheld().then_some("Strava"),
            owner: a.owner(),
        }
    }

    /// Says what helps when some of the activities are withheld.
    pub fn explain<'a>(activities: impl IntoIterator<Item = &'a Activity>, notes: &Notes) {
        if activities.into_iter().any(|a| a.is_withheld()) {
            notes.add(STRAVA_REMEDY);
        }
    }
}

/// The distance; of what covers no ground (strength, yoga) the service says 0, which is no distance.
pub fn covered(a: &ActivityRecord) -> Option<Metres> {
    a.distance.filter(|distance| distance.0 > 0.0)
}

/// A local time without its seconds.
pub fn minute(start: &str) -> String {
    start.get(..16).unwrap_or(start).to_owned()
}
