//! `icu_get_activity_details`
use intervals_core::{
    ActivityRef, Notes, Result,
    client::{Activity, ActivityRecord, CustomFields, Owner, Text, ZoneTime},
    records::fitness::Form,
    tool,
    units::{
        Bpm, Celsius, Climb, Count, Intensity, Joules, Kilograms, Metres, Number, Percent, Points, Rpm, Seconds, Speed,
        SpeedReading, Watts, Wind,
    },
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::row;

#[derive(Serialize, JsonSchema)]
struct Details {
    id: String,
    name: Option<Text>,
    sport: Option<String>,
    start: Option<String>,
    timezone: Option<String>,
    source: Option<String>,
    description: Option<Text>,
    tags: Vec<Text>,
    race: Option<bool>,
    /// COMMUTE, WARMUP, COOLDOWN or RACE.
    sub_type: Option<String>,
    commute: Option<bool>,
    indoor: Option<bool>,
    gear: Option<Text>,
    device: Option<String>,
    power_meter: Option<String>,
    moving_time_s: Option<Seconds>,
    elapsed_time_s: Option<Seconds>,
    coasting_time_s: Option<Seconds>,
    distance_m: Option<Metres>,
    climb_m: Option<Climb>,
    descent_m: Option<Climb>,
    avg_speed_mps: Option<Speed>,
    max_speed_mps: Option<Speed>,
    pace_mps: Option<Speed>,
    /// Adjusted to the gradient.
    gap_mps: Option<Speed>,
    swim_pace_mps: Option<Speed>,
    lengths: Option<Count>,
    pool_length_m: Option<Number>,
    lifted_kg: Option<Kilograms>,
    avg_power_w: Option<Watts>,
    /// Also called normalized power.
    weighted_power_w: Option<Watts>,
    variability_index: Option<Number>,
    work_j: Option<Joules>,
    work_above_ftp_j: Option<Joules>,
    max_wbal_depletion_j: Option<Joules>,
    right_pedal_pct: Option<Percent>,
    avg_hr_bpm: Option<Bpm>,
    max_hr_bpm: Option<Bpm>,
    avg_cadence_rpm: Option<Rpm>,
    avg_stride_m: Option<Number>,
    /// Weighted power, or speed, per heart beat.
    efficiency_factor: Option<Number>,
    power_hr: Option<Number>,
    decoupling_pct: Option<Percent>,
    load: Option<Points>,
    power_load: Option<Points>,
    hr_load: Option<Points>,
    pace_load: Option<Points>,
    trimp: Option<Points>,
    strain_score: Option<Points>,
    /// Percent of threshold.
    intensity_pct: Option<Intensity>,
    polarization_index: Option<Number>,
    ftp_w: Option<Watts>,
    /// Estimated FTP after it.
    eftp_w: Option<Watts>,
    eftp_change_w: Option<Watts>,
    /// What it alone shows.
    eftp_of_this_w: Option<Watts>,
    lthr_bpm: Option<Bpm>,
    weight_kg: Option<Kilograms>,
    /// Fitness after it.
    ctl: Option<Points>,
    /// Fatigue after it.
    atl: Option<Points>,
    /// Form: CTL less ATL.
    tsb: Option<Points>,
    form: Option<&'static str>,
    kcal_burned: Option<Count>,
    carbs_used_g: Option<Count>,
    carbs_eaten_g: Option<Count>,
    rpe_1_10: Option<Count>,
    /// 1 is strong.
    feel_1_5: Option<Count>,
    session_rpe: Option<Count>,
    /// Of the plan.
    compliance_pct: Option<Percent>,
    planned_event_id: Option<Count>,
    temperature_c: Option<Celsius>,
    weather_temp_c: Option<Celsius>,
    wind_mps: Option<Wind>,
    headwind_pct: Option<Percent>,
    laps: Option<Count>,
    /// Efforts found in it.
    intervals: Vec<String>,
    power_zones: Vec<PowerZone>,
    hr_zones: Vec<HrZone>,
    pace_zones: Vec<PaceZone>,
    streams: Vec<String>,
    /// The athlete's own fields.
    custom: Option<CustomFields>,
    owner: Option<Owner>,
}

#[derive(Serialize, JsonSchema)]
struct PowerZone {
    zone: String,
    /// Of FTP.
    up_to_pct: Option<Percent>,
    time_s: Option<Seconds>,
}

#[derive(Serialize, JsonSchema)]
struct HrZone {
    zone: String,
    up_to_bpm: Option<Bpm>,
    time_s: Option<Seconds>,
}

#[derive(Serialize, JsonSchema)]
struct PaceZone {
    zone: String,
    /// Of threshold speed.
    up_to_pct: Option<Percent>,
    time_s: Option<Seconds>,
    /// By pace adjusted to the gradient.
    gap_time_s: Option<Seconds>,
}

/// ONE activity in full: power, heart rate, zones, load, eFTP, fitness after it.
#[tool(read, tier = core, title = "Activity details")]
async fn icu_get_activity_details(activity: ActivityRef, notes: Notes) -> Result<Details> {
    let client = activity.client().clone();
    let activity: Activity = activity.get().await?;
    if activity.is_withheld() {
        notes.add(intervals_core::client::STRAVA_REMEDY);
    }
    let percent = client.own().await.is_ok_and(|own| own.icu_form_as_percent == Some(true));
    let form = Form::of(activity.icu_ctl, activity.icu_atl, percent);
    Ok(Details::of(activity, form))
}

impl Details {
    fn of(Activity { known: a, custom }: Activity, form: Option<Form>) -> Self {
        let sport = a.sport.as_deref().unwrap_or_default();
        let reading = SpeedReading::of(sport);
        let paced = |speed| Speed::read_as(reading, speed);
        let speed = a.average_speed.or(a.pace).filter(|speed| speed.0 > 0.0);
        let said = |flag: Option<bool>| flag.filter(|flag| *flag);
        Self {
            distance_m: row::covered(&a),
            power_zones: power_zones(&a),
            hr_zones: hr_zones(&a),
            pace_zones: pace_zones(&a),
            start: a.start_date_local.as_deref().map(row::minute),
            avg_speed_mps: speed.filter(|_| matches!(reading, SpeedReading::Speed | SpeedReading::Row)).map(paced),
            max_speed_mps: a.max_speed.filter(|speed| speed.0 > 0.0).map(paced),
            pace_mps: speed.filter(|_| reading == SpeedReading::Foot).map(paced),
            gap_mps: a.gap.filter(|gap| reading == SpeedReading::Foot && gap.0 > 0.0).map(paced),
            swim_pace_mps: speed.filter(|_| reading == SpeedReading::Swim).map(paced),
            tsb: form.as_ref().map(|form| form.tsb),
            form: form.map(|form| form.form),
            // Only Strava's mirror is a fraction; the athlete's own rating comes first.
            rpe_1_10: a.rpe(),
            owner: a.owner(),
            id: a.id,
            name: a.name,
            sport: a.sport,
            timezone: a.timezone,
            source: a.source,
            description: a.description.and_then(Text::non_empty),
            tags: a.tags,
            race: said(a.race),
            sub_type: a.sub_type.filter(|kind| kind != "NONE"),
            commute: said(a.commute),
            indoor: said(a.trainer),
            gear: a.gear.and_then(|gear| gear.name),
            device: a.device_name,
            power_meter: a.power_meter,
            moving_time_s: a.moving_time,
            elapsed_time_s: a.elapsed_time,
            coasting_time_s: a.coasting_time,
            climb_m: a.total_elevation_gain,
            descent_m: a.total_elevation_loss,
            lengths: a.lengths,
            pool_length_m: a.pool_length,
            lifted_kg: a.kg_lifted,
            avg_power_w: a.icu_average_watts,
            weighted_power_w: a.icu_weighted_avg_watts,
            variability_index: a.icu_variability_index,
            work_j: a.icu_joules,
            work_above_ftp_j: a.icu_joules_above_ftp,
            max_wbal_depletion_j: a.icu_max_wbal_depletion,
            right_pedal_pct: a.avg_lr_balance,
            avg_hr_bpm: a.average_heartrate,
            max_hr_bpm: a.max_heartrate,
            avg_cadence_rpm: a.average_cadence,
            avg_stride_m: a.average_stride,
            efficiency_factor: a.icu_efficiency_factor,
            power_hr: a.icu_power_hr,
            decoupling_pct: a.decoupling,
            load: a.icu_training_load,
            power_load: a.power_load,
            hr_load: a.hr_load,
            pace_load: a.pace_load,
            trimp: a.trimp,
            strain_score: a.strain_score,
            intensity_pct: a.icu_intensity,
            polarization_index: a.polarization_index,
            ftp_w: a.icu_ftp,
            eftp_w: a.icu_rolling_ftp,
            eftp_change_w: a.icu_rolling_ftp_delta,
            eftp_of_this_w: a.icu_pm_ftp,
            lthr_bpm: a.lthr,
            weight_kg: a.icu_weight,
            ctl: a.icu_ctl,
            atl: a.icu_atl,
            kcal_burned: a.calories,
            carbs_used_g: a.carbs_used,
            carbs_eaten_g: a.carbs_ingested,
            feel_1_5: a.feel,
            session_rpe: a.session_rpe,
            compliance_pct: a.compliance,
            planned_event_id: a.paired_event_id,
            temperature_c: a.average_temp,
            weather_temp_c: a.average_weather_temp,
            wind_mps: a.average_wind_speed.map(|wind| Wind(wind.0)),
            headwind_pct: a.headwind_percent,
            laps: a.icu_lap_count,
            intervals: a.interval_summary,
            streams: a.stream_types,
            custom: CustomFields::non_empty(custom),
        }
    }
}

/// `SS`, the sweet spot, lies across zones and has no bound of its own.
fn power_zones(a: &ActivityRecord) -> Vec<PowerZone> {
    let number = |zone: &ZoneTime| zone.id.strip_prefix('Z')?.parse::<usize>().ok();
    let bounds = whole(&a.icu_power_zones, a.icu_zone_times.iter().filter_map(number).max().unwrap_or_default());
    let of = |zone: &ZoneTime| PowerZone {
        up_to_pct: number(zone).and_then(|n| bound(bounds, n)).filter(|bound| bound.0 < OPEN),
        zone: zone.id.clone(),
        time_s: zone.secs,
    };
    a.icu_zone_times.iter().map(of).collect()
}

fn hr_zones(a: &ActivityRecord) -> Vec<HrZone> {
    let bounds = whole(&a.icu_hr_zones, a.icu_hr_zone_times.len());
    let of = |(n, time): (usize, &Option<Seconds>)| HrZone {
        zone: format!("Z{}", n + 1),
        up_to_bpm: bound(bounds, n + 1),
        time_s: *time,
    };
    a.icu_hr_zone_times.iter().enumerate().map(of).collect()
}

fn pace_zones(a: &ActivityRecord) -> Vec<PaceZone> {
    let time = |times: &[Option<Seconds>], n: usize| times.get(n - 1).copied().flatten();
    let count = a.pace_zone_times.len().max(a.gap_zone_times.len());
    let bounds = whole(&a.pace_zones, count);
    let of = |n: usize| PaceZone {
        zone: format!("Z{n}"),
        up_to_pct: bound(bounds, n).filter(|bound| bound.0 < OPEN),
        time_s: time(&a.pace_zone_times, n),
        gap_time_s: time(&a.gap_zone_times, n),
    };
    (1..=count).map(of).collect()
}

/// From here on a bound is no bound: the last zone is open.
const OPEN: f64 = 999.0;

/// The bounds of so many zones. Where there are fewer, one is not known, and whose they are, nobody knows: then there are none.
fn whole<T>(bounds: &[T], zones: usize) -> &[T] {
    if bounds.len() < zones { &[] } else { bounds }
}

/// The upper bound of a zone, counted from 1.
fn bound<T: Copy>(bounds: &[T], number: usize) -> Option<T> {
    bounds.get(number.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, upstream};
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn details(id: &str) -> Value {
        demo().await.structured("icu_get_activity_details", json!({"activity_id": id})).await
    }

    #[tokio::test]
    async fn a_ride_tells_what_the_old_server_lost() {
        let ride = details(demo::RIDE).await;
        for key in [
            "weighted_power_w",
            "variability_index",
            "efficiency_factor",
            "decoupling_pct",
            "work_j",
            "eftp_w",
            "ctl",
            "atl",
            "tsb",
            "form",
            "weight_kg",
            "timezone",
            "power_load",
            "hr_load",
            "intensity_pct",
        ] {
            assert!(ride.get(key).is_some(), "{key}");
        }
        let number = |key: &str| ride[key].as_f64().unwrap();
        assert!((number("tsb") - (number("ctl") - number("atl"))).abs() < 0.11);
        assert!((number("variability_index") - number("weighted_power_w") / number("avg_power_w")).abs() < 0.02);
        let zones = ride["power_zones"].as_array().unwrap();
        assert!(zones.iter().any(|z| z["zone"] == "Z7" && z.get("up_to_pct").is_none()));
        assert!(ride["hr_zones"][0]["up_to_bpm"].is_number());
    }

    #[rstest]
    #[case(demo::RIDE, "avg_speed_mps", "km/h")]
    #[case(demo::RUN, "pace_mps", "/km")]
    #[case(demo::SWIM, "swim_pace_mps", "/100m")]
    #[tokio::test]
    async fn speed_is_read_as_the_sport_reads_it(#[case] id: &str, #[case] key: &str, #[case] unit: &str) {
        let answer = demo().await.answer("icu_get_activity_details", json!({"activity_id": id})).await;
        assert!(answer.structured[key].is_number());
        let line = answer.text.lines().find(|line| line.starts_with(key.trim_end_matches("_mps"))).unwrap();
        assert!(line.ends_with(unit), "{line}");
    }

    #[tokio::test]
    async fn strength_has_no_distance() {
        assert!(details(demo::STRENGTH).await.get("distance_m").is_none());
    }

    #[tokio::test]
    async fn a_stub_from_strava_says_what_helps() {
        let stub = details(demo::STRAVA).await;
        assert_eq!(stub["source"], "STRAVA");
        assert!(stub["notes"][0].as_str().unwrap().contains("connect the device itself"));
    }

    #[tokio::test]
    async fn an_activity_of_another_athlete_names_them() {
        let other = details(demo::COACHED_RIDE).await;
        assert!(other["athlete"].as_str().unwrap().ends_with(&format!("({})", demo::COACHED)));
        assert!(details(demo::RIDE).await.get("athlete").is_none());
    }

    #[tokio::test]
    async fn every_field_may_be_null() {
        let ride =
            intervals_core::testing::operations::Operations::embedded().unwrap().nulls("Activity", json!({"id": "i1"}));
        assert!(ride.as_object().unwrap().len() > 150);
        let bench = upstream("activity/i1", &ride).and("athlete/0/activities", json!([ride])).await.imperial();
        assert_eq!(bench.text("icu_get_activity_details", json!({"activity_id": "i1"})).await, "id: i1\n");
        assert_eq!(bench.text("icu_get_activities_by_date", json!({"oldest": "2026-01-01"})).await, "id\ni1\n(1)\n");
    }

    #[tokio::test]
    async fn bounds_of_which_one_is_null_are_not_shown_beside_other_zones() {
        let activity = json!({"id": "i1", "icu_power_zones": [55, null, 90], "icu_hr_zones": [120, null, 180],
            "pace_zones": [80, null, 999], "icu_hr_zone_times": [1, 2, 3], "pace_zone_times": [1, 2, 3],
            "icu_zone_times": [{"id": "Z1", "secs": 1}, null, {"id": "Z3", "secs": 3}, {"id": "SS", "secs": 4}]});
        let whole = json!({"id": "i2", "icu_power_zones": [55, 75, 90], "icu_zone_times": activity["icu_zone_times"]});
        let service = upstream("activity/i1", &activity).and("activity/i2", &whole).await.imperial();
        let zones = service.structured("icu_get_activity_details", json!({"activity_id": "i1"})).await;
        for (kind, bound) in [("power_zones", "up_to_pct"), ("hr_zones", "up_to_bpm"), ("pace_zones", "up_to_pct")] {
            let zones = zones[kind].as_array().unwrap();
            assert!(zones.len() == 3 && zones.iter().all(|zone| zone.get(bound).is_none()), "{zones:?}");
        }
        // A time that is missing moves no bound.
        let zones = service.structured("icu_get_activity_details", json!({"activity_id": "i2"})).await;
        assert_eq!(
            (&zones["power_zones"][1]["zone"], &zones["power_zones"][1]["up_to_pct"]),
            (&json!("Z3"), &json!(90))
        );
    }
}
