//! The names by which a caller may ask for columns, and what the service calls them.
use intervals_core::{Error, Result};

/// Our names and the service's. A caller may use either, and what the answer calls the column.
const NAMES: &[(&str, &[&str])] = &[
    ("weight", &["weight"]),
    ("resting_hr", &["restingHR"]),
    ("hrv", &["hrv"]),
    ("hrv_sdnn", &["hrvSDNN"]),
    ("sleep", &["sleepSecs"]),
    ("sleep_secs", &["sleepSecs"]),
    ("sleep_score", &["sleepScore"]),
    ("sleep_quality", &["sleepQuality"]),
    ("sleeping_hr", &["avgSleepingHR"]),
    ("fatigue", &["fatigue"]),
    ("soreness", &["soreness"]),
    ("stress", &["stress"]),
    ("mood", &["mood"]),
    ("motivation", &["motivation"]),
    ("injury", &["injury"]),
    ("hydration", &["hydration"]),
    ("hydration_liters", &["hydrationVolume"]),
    ("hydration_l", &["hydrationVolume"]),
    ("readiness", &["readiness"]),
    ("baevsky_si", &["baevskySI"]),
    ("body_fat", &["bodyFat"]),
    ("abdomen", &["abdomen"]),
    ("vo2max", &["vo2max"]),
    ("systolic", &["systolic"]),
    ("diastolic", &["diastolic"]),
    ("spo2", &["spO2"]),
    ("respiration", &["respiration"]),
    ("breaths_per_min", &["respiration"]),
    ("blood_glucose", &["bloodGlucose"]),
    ("glucose", &["bloodGlucose"]),
    ("lactate", &["lactate"]),
    ("steps", &["steps"]),
    ("floors", &["floorsClimbed"]),
    ("calories_consumed", &["kcalConsumed"]),
    ("kcal_eaten", &["kcalConsumed"]),
    ("carbohydrates", &["carbohydrates"]),
    ("carbs", &["carbohydrates"]),
    ("protein", &["protein"]),
    ("fat_total", &["fatTotal"]),
    ("fat", &["fatTotal"]),
    ("menstrual_phase", &["menstrualPhase", "menstrualPhasePredicted"]),
    ("ctl", &["ctl"]),
    ("atl", &["atl"]),
    ("tsb", &["ctl", "atl"]),
    ("ramp_rate", &["rampRate"]),
    ("load", &["ctlLoad"]),
    ("sports", &["sportInfo"]),
    ("locked", &["locked"]),
    ("comments", &["comments"]),
];

/// The endings that columns of the answer have.
const ENDINGS: &[&str] = &["_1_4", "_kg", "_bpm", "_ms", "_s", "_pct", "_cm", "_mmhg", "_mmol_l", "_g"];

/// What is asked for upstream; nothing when everything is wanted.
pub fn upstream(wanted: &[String]) -> Result<Vec<&str>> {
    let mut fields = vec![];
    for name in wanted.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let plain = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
        let ours = NAMES.iter().find(|(ours, _)| *ours == name || *ours == plain);
        let theirs = NAMES.iter().flat_map(|(_, theirs)| theirs.iter()).find(|theirs| **theirs == name);
        match (ours, theirs) {
            (Some((_, theirs)), _) => fields.extend(theirs.iter()),
            (None, Some(theirs)) => fields.push(*theirs),
            // A field of the athlete's own.
            (None, None) if name.starts_with(|c: char| c.is_ascii_uppercase()) => fields.push(name),
            (None, None) => return Err(unknown(name)),
        }
    }
    if !fields.is_empty() {
        // Without its day a row says nothing, and without the marks a carried value looks measured.
        fields.extend(["id", "tempWeight", "tempRestingHR"]);
    }
    Ok(fields)
}

fn unknown(name: &str) -> Error {
    let known: Vec<_> = NAMES.iter().map(|(ours, _)| *ours).collect();
    Error::new(
        format!("{name} is no field of wellness"),
        format!("Use {}; own fields start with a capital.", known.join(", ")),
    )
}
