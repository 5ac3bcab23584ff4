//! Values and presence of the fields of an activity.
use rstest::rstest;

use super::*;
use crate::{Demo, INTERVALS_RIDE, LONG_RIDE, MANUAL, RIDE, RUN, STRAVA, STRENGTH, SWIM, person::PEOPLE};

fn account() -> Account {
    Account::new(&PEOPLE[0], Demo::TODAY, 3)
}

fn json_of(account: &Account, id: &str) -> Object {
    account.activities.iter().find(|activity| activity.id == id).unwrap().json(account)
}

fn number(activity: &Object, key: &str) -> f64 {
    activity[key].as_f64().unwrap_or_else(|| panic!("{key} of {}", activity["id"]))
}

fn sum(value: &Value) -> u64 {
    value.as_array().unwrap().iter().filter_map(Value::as_u64).sum()
}

#[test]
fn every_activity_is_consistent_with_itself() {
    let account = account();
    for activity in account.activities.iter().filter(|activity| activity.is_recorded()) {
        let all = activity.json(&account);
        let is = |key: &str, wanted: f64| {
            let told = number(&all, key);
            assert!((told - wanted).abs() <= 1e-4 * wanted.abs().max(1.0), "{} {key}: {told} {wanted}", activity.id);
        };
        let secs = number(&all, "moving_time");
        if !all["distance"].is_null() {
            is("average_speed", number(&all, "distance") / secs);
        }
        if !all["icu_rpe"].is_null() {
            is("session_rpe", (number(&all, "icu_rpe") * secs / 60.0).round());
        }
        if activity.power.is_some() {
            let [average, weighted, ftp] =
                ["icu_average_watts", "icu_weighted_avg_watts", "icu_ftp"].map(|key| number(&all, key));
            is("icu_variability_index", weighted / average);
            is("icu_efficiency_factor", weighted / number(&all, "average_heartrate"));
            is("icu_intensity", 100.0 * weighted / ftp);
            is("power_load", (secs * weighted * (weighted / ftp) / (ftp * 3600.0) * 100.0).round());
            is("icu_training_load", number(&all, "power_load"));
            is("icu_joules", average * secs);
            let zones = all["icu_zone_times"].as_array().unwrap();
            let times: u64 =
                zones.iter().filter(|zone| zone["id"] != "SS").filter_map(|zone| zone["secs"].as_u64()).sum();
            assert_eq!((zones.len(), times as f64), (8, secs));
            assert!(weighted >= average && number(&all, "icu_joules_above_ftp") < number(&all, "icu_joules"));
        }
        assert_eq!(sum(&all["icu_hr_zone_times"]) as f64, secs);
        if activity.sport.is_run() {
            assert_eq!(sum(&all["gap_zone_times"]) as f64, secs);
        }
        assert!(number(&all, "max_heartrate") > number(&all, "average_heartrate"));
        assert!(number(&all, "elapsed_time") >= secs && number(&all, "coasting_time") <= secs);
        let start = account.utc(all["start_date_local"].as_str().unwrap().parse().unwrap());
        assert_eq!(all["start_date"], start.to_string());
        let day = account.fitness.on(activity.date()).unwrap();
        is("icu_ctl", day.ctl);
        is("icu_atl", day.atl);
    }
}

#[test]
fn every_activity_has_the_same_keys() {
    let account = account();
    for activity in account.activities.iter().filter(|activity| !activity.is_hidden()) {
        let all = activity.json(&account);
        assert_eq!(all.len(), fields::ALL.len(), "{:?}", all.keys().find(|key| !fields::ALL.contains(&key.as_str())));
    }
}

#[rstest]
#[case(
    RIDE,
    "icu_average_watts icu_rpe feel average_heartrate average_cadence gear has_weather avg_lr_balance decoupling"
)]
#[case(
    RIDE,
    "total_elevation_gain carbs_ingested Fueling perceived_exertion icu_pm_ftp icu_rolling_ftp polarization_index"
)]
#[case(
    RUN,
    "pace gap average_stride pace_zone_times gap_zone_times hr_load pace_load icu_rpe feel average_weather_temp"
)]
#[case(SWIM, "lengths pool_length pace pace_load icu_rpe feel")]
#[case(STRENGTH, "kg_lifted average_heartrate icu_training_load icu_rpe feel")]
#[case(INTERVALS_RIDE, "compliance paired_event_id icu_max_wbal_depletion description")]
fn the_newest_activities_have_every_field_of_their_kind(#[case] id: &str, #[case] fields: &str) {
    let all = json_of(&account(), id);
    let missing: Vec<_> = fields.split(' ').filter(|field| all[*field].is_null()).collect();
    assert!(missing.is_empty(), "{id} {missing:?}");
}

#[rstest]
#[case(RIDE, "Ride")]
#[case(RUN, "Run")]
#[case(SWIM, "Swim")]
#[case(STRENGTH, "WeightTraining")]
fn they_are_the_newest_of_their_kind(#[case] id: &str, #[case] kind: &str) {
    let account = account();
    let newest =
        account.activities.iter().rev().find(|activity| activity.is_recorded() && activity.sport.name() == kind);
    assert_eq!(newest.unwrap().id, id);
    assert!(crate::dates::days_between(newest.unwrap().date(), Demo::TODAY) <= 10);
}

#[test]
fn the_long_ride_takes_two_hours_and_the_gym_covers_no_distance() {
    let account = account();
    assert_eq!(json_of(&account, LONG_RIDE)["moving_time"], 7200);
    assert_eq!(json_of(&account, STRENGTH)["distance"], Value::Null);
    assert_eq!(json_of(&account, INTERVALS_RIDE)["interval_summary"], json!(["4x 8m 265w"]));
    assert_eq!(json_of(&account, MANUAL)["source"], "MANUAL");
    assert_eq!(json_of(&account, MANUAL)["stream_types"], json!([]));
}

#[test]
fn a_hidden_activity_is_a_stub() {
    let stub = json_of(&account(), STRAVA);
    assert_eq!(stub.keys().collect::<Vec<_>>(), ["id", "icu_athlete_id", "start_date_local", "source", "_note"]);
}

#[test]
fn odd_names_and_fractions_occur() {
    let account = account();
    let names: Vec<_> = account.activities.iter().map(|activity| activity.name).collect();
    assert!(names.iter().any(|name| name.contains('|') && name.contains('\n')));
    assert!(names.iter().any(|name| !name.is_ascii()));
    let fraction = |activity: &Activity| activity.json(&account).get("perceived_exertion").and_then(Value::as_f64);
    assert!(account.activities.iter().filter_map(fraction).any(|exertion| exertion.fract() != 0.0));
}

#[test]
fn intervals_follow_one_another_and_repetitions_form_a_group() {
    let account = account();
    let activity = account.activities.iter().find(|activity| activity.id == INTERVALS_RIDE).unwrap();
    let (intervals, groups) = activity.intervals(account.person);
    let intervals = intervals.as_array().unwrap();
    for pair in intervals.windows(2) {
        assert_eq!(pair[0]["end_index"], pair[1]["start_index"]);
    }
    assert_eq!(intervals.last().unwrap()["end_index"], 4500);
    let work: Vec<_> = intervals.iter().filter(|interval| interval["type"] == "WORK").collect();
    assert_eq!(work.len(), 4);
    assert!(work.iter().all(|interval| interval["average_watts"] == 265 && interval["moving_time"] == 480));
    assert_eq!(groups.as_array().unwrap().len(), 1);
    assert_eq!(groups[0]["count"], 4);
}
