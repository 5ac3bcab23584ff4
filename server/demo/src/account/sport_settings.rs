//! Sport settings: thresholds and zones of rides, runs, swims and the rest.
mod writes;

use serde_json::{Value, json};

use crate::{
    object::Object,
    person::{PACE_ZONES, POWER_ZONES, Person},
};

const HR_ZONE_NAMES: [&str; 7] =
    ["Recovery", "Aerobic", "Tempo", "SubThreshold", "SuperThreshold", "Aerobic Capacity", "Anaerobic"];
const POWER_ZONE_NAMES: [&str; 7] =
    ["Active Recovery", "Endurance", "Tempo", "Threshold", "VO2 Max", "Anaerobic", "Neuromuscular"];

/// Sport settings of a new account. Thresholds are null in an empty one.
pub fn sports(person: &Person, trained: bool) -> Vec<Value> {
    let id = if person.coach.is_none() { 71_001 } else { 72_001 };
    let known = |number: u32| trained.then_some(number);
    let heart = json!({
        "lthr": known(person.lthr), "max_hr": known(person.max_hr), "hr_zones": trained.then(|| person.hr_zones()),
        "hr_zone_names": trained.then_some(HR_ZONE_NAMES),
        "hr_load_type": "HRSS", "hrrc_min_percent": 10.0,
    });
    let ride = json!({
        "types": ["Ride", "VirtualRide", "GravelRide", "MountainBikeRide", "TrackRide", "Cyclocross", "Velomobile"],
        "ftp": known(person.ftp), "indoor_ftp": known(person.indoor_ftp), "w_prime": known(person.w_prime),
        "p_max": known(person.p_max), "power_zones": POWER_ZONES,
        "power_zone_names": POWER_ZONE_NAMES,
        "sweet_spot_min": 84, "sweet_spot_max": 97, "power_spike_threshold": 30, "load_order": "POWER_HR_PACE",
        "default_gear_id": "b5001", "iseFTPSupported": true,
    });
    let pace = |speed: f64, units: &str, kind: &str| {
        json!({
            "threshold_pace": trained.then_some(speed), "pace_units": units, "pace_zones": PACE_ZONES,
            "pace_zone_names": ["Zone 1", "Zone 2", "Zone 3", "Zone 4", "Zone 5a", "Zone 5b", "Zone 5c"],
            "pace_load_type": kind,
        })
    };
    let (run_units, swim_units) = if person.imperial { ("MINS_MILE", "SECS_100Y") } else { ("MINS_KM", "SECS_100M") };
    let run = json!({
        "types": ["Run", "VirtualRun", "TrailRun"], "gap_model": "STRAVA_RUN", "load_order": "HR_PACE_POWER",
        "default_gear_id": "g5004", "use_gap_zone_times": true,
        "best_effort_distances": [400.0, 1000.0, 5000.0, 10_000.0],
    });
    let swim = json!({ "types": ["Swim", "OpenWaterSwim"], "load_order": "PACE_HR_POWER" });
    let other = json!({
        "types": ["WeightTraining", "Hike", "Walk", "Yoga", "Workout", "Other"], "other": true,
        "load_order": "HR_POWER_PACE",
    });
    let sports = [
        vec![ride],
        vec![run, pace(person.run_speed, run_units, "RUN")],
        vec![swim, pace(person.swim_speed, swim_units, "SWIM")],
        vec![other],
    ];
    let row = |(number, parts): (u32, Vec<Value>)| {
        let mut all = blank(person, id + number);
        for part in [heart.clone()].into_iter().chain(parts) {
            if let Value::Object(part) = part {
                all.extend(part);
            }
        }
        Value::Object(all)
    };
    (0..).zip(sports).map(row).collect()
}

/// Sport settings with every field, null or at the service's default.
fn blank(person: &Person, id: u32) -> Object {
    let first = json!({
        "id": id, "athlete_id": person.id, "types": [], "warmup_time": 1200, "cooldown_time": 600, "ftp": null,
        "indoor_ftp": null, "w_prime": null, "p_max": null, "power_zones": null, "sweet_spot_min": null,
        "sweet_spot_max": null, "power_spike_threshold": null, "power_zone_names": null, "ftp_est_min_secs": 180,
        "after_kj0": 20, "after_kj1": 30, "power_field": null, "p30s_exponent": null, "lthr": null, "max_hr": null,
        "hr_zones": null, "hr_zone_names": null, "hr_load_type": "HRSS", "hrrc_min_percent": null,
    });
    let second = json!({
        "threshold_pace": null, "pace_units": null, "pace_zones": null, "pace_zone_names": null,
        "pace_load_type": null, "gap_model": "NONE", "elevation_correction": "NO", "use_gap_zone_times": false,
        "best_effort_distances": null, "load_order": "POWER_HR_PACE", "tiz_order": "POWER_HR_PACE",
        "workout_order": "POWER_HR_PACE", "interval_display": "POWER_HR_PACE", "default_gear_id": null,
        "default_indoor_gear_id": null, "default_workout_time": null, "created": "2019-04-01T08:00:00.000+00:00",
        "updated": "2024-02-03T08:00:00.000+00:00", "mmp_model": null, "custom_field_ids": null,
        "custom_zones_ids": null, "activity_field_ids": null, "other": false, "iseFTPSupported": false,
    });
    let parts =
        [first, second].into_iter().filter_map(|part| if let Value::Object(part) = part { Some(part) } else { None });
    parts.flatten().collect()
}
