//! Recorded activities.
use intervals_core::{
    client::{Activity, ActivityRecord, Creator, STRAVA_REMEDY, Text},
    records::fitness::Form,
    units::{
        Bpm, Celsius, Climb, Count, Intensity, Joules, Kilograms, Metres, Number, Percent, Points, Rpm, Seconds, Speed,
        SpeedReading, Watts, Wind,
    },
};
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use crate::{
    custom::Custom,
    dates::Span,
    hit::{Hit, activity_page, quoted, title},
    id::Id,
    words::{of_sport, words},
};

/// What is asked for of each that is searched, in the service's names.
pub const FIELDS: &[&str] = &[
    "id",
    "start_date_local",
    "type",
    "name",
    "description",
    "tags",
    "source",
    "_note",
    "moving_time",
    "icu_training_load",
    "race",
    "commute",
    "trainer",
    "sub_type",
    "paired_event_id",
];

/// `by_others` says that the reader did not write its texts.
pub fn hit(a: &ActivityRecord, by_others: bool) -> Hit {
    let day = day(a);
    let sport = a.sport.as_deref().unwrap_or_default();
    let date = day.map(|day| day.to_string()).unwrap_or_default();
    let what = match sport {
        "" if a.is_withheld() => "activity, withheld by Strava",
        "" => "activity",
        sport => sport,
    };
    let mut about = of_sport(sport);
    about.extend(["activity", "workout", &a.id].map(Into::into));
    about.extend(a.source.iter().chain(&a.sub_type).flat_map(|word| words(word)));
    let flags = [(a.race, "race"), (a.commute, "commute"), (a.trainer, "indoor")];
    about.extend(flags.iter().filter(|(flag, _)| *flag == Some(true)).map(|(_, word)| (*word).into()));
    Hit {
        title: title(&[&date, what], quoted(a.name.as_deref(), by_others), a.moving_time, a.icu_training_load),
        url: activity_page(&a.id),
        id: Id::Activity(a.id.clone()),
        days: day.map(Span::day),
        name: a.name.clone().unwrap_or_default().into_string(),
        tags: a.tags.iter().cloned().map(Text::into_string).collect(),
        about,
        text: a.description.clone().unwrap_or_default().into_string(),
        is_frame: false,
        planned_as: a.paired_event_id.map(|id| id.0 as i64),
    }
}

fn day(a: &ActivityRecord) -> Option<Date> {
    let start = a.start_date_local.as_deref()?;
    start.parse::<DateTime>().map(DateTime::date).or_else(|_| start.parse()).ok()
}

/// The whole record, under the names that the other tools use.
#[derive(Serialize)]
pub struct Record {
    id: String,
    /// Whose it is, when it is not the key's owner.
    athlete: Option<String>,
    name: Option<Text>,
    sport: Option<String>,
    start: Option<String>,
    timezone: Option<String>,
    source: Option<String>,
    withheld: Option<&'static str>,
    description: Option<Text>,
    tags: Vec<Text>,
    race: Option<bool>,
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
    gap_mps: Option<Speed>,
    swim_pace_mps: Option<Speed>,
    lengths: Option<Count>,
    pool_length_m: Option<Number>,
    lifted_kg: Option<Kilograms>,
    avg_power_w: Option<Watts>,
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
    efficiency_factor: Option<Number>,
    power_hr: Option<Number>,
    decoupling_pct: Option<Percent>,
    load: Option<Points>,
    power_load: Option<Points>,
    hr_load: Option<Points>,
    pace_load: Option<Points>,
    trimp: Option<Points>,
    strain_score: Option<Points>,
    intensity_pct: Option<Intensity>,
    polarization_index: Option<Number>,
    ftp_w: Option<Watts>,
    eftp_w: Option<Watts>,
    eftp_change_w: Option<Watts>,
    eftp_of_this_w: Option<Watts>,
    lthr_bpm: Option<Bpm>,
    weight_kg: Option<Kilograms>,
    ctl: Option<Points>,
    atl: Option<Points>,
    tsb: Option<Points>,
    form: Option<&'static str>,
    kcal_burned: Option<Count>,
    carbs_used_g: Option<Count>,
    carbs_eaten_g: Option<Count>,
    rpe_1_10: Option<Count>,
    /// 1 is strong.
    feel_1_5: Option<Count>,
    session_rpe: Option<Count>,
    compliance_pct: Option<Percent>,
    /// As it is fetched.
    planned_event: Option<String>,
    temperature_c: Option<Celsius>,
    weather_temp_c: Option<Celsius>,
    wind_mps: Option<Wind>,
    headwind_pct: Option<Percent>,
    laps: Option<Count>,
    intervals: Vec<Text>,
    power_zones: Vec<Zone>,
    hr_zones: Vec<Zone>,
    pace_zones: Vec<Zone>,
    custom: Option<Custom>,
    author: Option<Creator>,
}

#[derive(Serialize)]
struct Zone {
    zone: String,
    time_s: Option<Seconds>,
}

impl Record {
    /// `athlete` is who did it, when that is not the key's owner; `percent` tells how they read form.
    pub fn of(Activity { known: a, custom }: Activity, athlete: Option<String>, percent: bool) -> Self {
        let form = Form::of(a.icu_ctl, a.icu_atl, percent);
        let sport = a.sport.as_deref().unwrap_or_default();
        let reading = SpeedReading::of(sport);
        let paced = |speed| Speed::read_as(reading, speed);
        let own = athlete.is_none();
        let speed = a.average_speed.or(a.pace).filter(|speed| speed.0 > 0.0);
        let said = |flag: Option<bool>| flag.filter(|flag| *flag);
        let numbered = |times: &[Option<Seconds>]| -> Vec<Zone> {
            let zones = times.iter().enumerate();
            zones.map(|(n, time)| Zone { zone: format!("Z{}", n + 1), time_s: *time }).collect()
        };
        Self {
            withheld: a.is_withheld().then_some(STRAVA_REMEDY),
            distance_m: a.distance.filter(|distance| distance.0 > 0.0),
            start: a.start_date_local.as_deref().map(|start| start.get(..16).unwrap_or(start).to_owned()),
            avg_speed_mps: speed.filter(|_| matches!(reading, SpeedReading::Speed | SpeedReading::Row)).map(paced),
            max_speed_mps: a.max_speed.filter(|speed| speed.0 > 0.0).map(paced),
            pace_mps: speed.filter(|_| reading == SpeedReading::Foot).map(paced),
            gap_mps: a.gap.filter(|gap| reading == SpeedReading::Foot && gap.0 > 0.0).map(paced),
            swim_pace_mps: speed.filter(|_| reading == SpeedReading::Swim).map(paced),
            tsb: form.as_ref().map(|form| form.tsb),
            form: form.map(|form| form.form),
            rpe_1_10: a.rpe(),
            power_zones: a.icu_zone_times.into_iter().map(|z| Zone { zone: z.id, time_s: z.secs }).collect(),
            hr_zones: numbered(&a.icu_hr_zone_times),
            pace_zones: numbered(&a.pace_zone_times),
            // Another athlete's calendar cannot be fetched from.
            planned_event: a.paired_event_id.filter(|_| own).map(|id| Id::Event(id.0 as i64).to_string()),
            id: a.id,
            author: athlete.clone().map(|id| Creator(Some(id))),
            athlete,
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
            temperature_c: a.average_temp,
            weather_temp_c: a.average_weather_temp,
            wind_mps: a.average_wind_speed.map(|wind| Wind(wind.0)),
            headwind_pct: a.headwind_percent,
            laps: a.icu_lap_count,
            intervals: a.interval_summary.into_iter().map(Text::from).collect(),
            custom: Custom::of(custom),
        }
    }
}
