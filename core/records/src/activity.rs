//! Activities: the recorded values, and those that the service computes.
mod zones;

use intervals_client::{
    CustomFields, Extended, Owner, Text, lenient,
    sports::Sport,
    units::{
        Bpm, Celsius, Climb, Count, Intensity, Joules, Kilograms, Metres, MetresPerSecond, Number, Percent, Points,
        Rpm, Seconds, SpeedReading, Watts, Wind,
    },
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Minute, Tags, Whole, completed,
    fitness::Form,
    read::{chosen, list, named, only_true, positive, some_text},
};
use zones::ZoneTime;
pub use zones::{HrZone, PaceZone, PowerZone};

// Writable fields of an activity.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// New name.
    #[schemars(example = &"Tempo ride")]
    pub name: Option<String>,
    /// Markdown.
    #[schemars(example = &"Windy")]
    pub description: Option<String>,
    /// Type, such as GravelRide.
    #[serde(rename(serialize = "type"))]
    #[schemars(example = &"Ride")]
    pub activity_type: Option<String>,
    /// Indoors.
    #[schemars(example = false)]
    pub trainer: Option<bool>,
    /// Commute.
    #[schemars(example = false)]
    pub commute: Option<bool>,
    /// 1 strong to 5 weak.
    #[schemars(example = 2)]
    pub feel: Option<Whole<1, 5>>,
    /// RPE, 1 to 10.
    // The service stores the rating as icu_rpe, and ignores perceived_exertion.
    #[serde(rename(serialize = "icu_rpe"), alias = "rpe", alias = "icu_rpe")]
    #[schemars(example = 6)]
    pub perceived_exertion: Option<Whole<1, 10>>,
    /// All tags; [] clears.
    // The service replaces the whole list.
    #[schemars(example = ["race-pace"])]
    pub tags: Option<Tags>,
}

// One row of a list. Values that the service does not send are absent.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Row {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Local time.
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "moving_time"))]
    pub moving_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "total_elevation_gain"))]
    pub climb_m: Option<Climb>,
    #[serde(rename(deserialize = "icu_average_watts"))]
    pub power_w: Option<Watts>,
    #[serde(rename(deserialize = "icu_weighted_avg_watts"))]
    pub weighted_power_w: Option<Watts>,
    #[serde(rename(deserialize = "average_heartrate"))]
    pub hr_bpm: Option<Bpm>,
    #[serde(rename(deserialize = "average_cadence"))]
    pub cadence_rpm: Option<Rpm>,
    #[serde(rename(deserialize = "icu_training_load"))]
    pub load: Option<Points>,
    /// Percent of threshold.
    #[serde(rename(deserialize = "icu_intensity"))]
    pub intensity_pct: Option<Intensity>,
    /// Why there is nothing more.
    #[serde(skip_deserializing)]
    pub withheld: Option<&'static str>,
    #[serde(rename(deserialize = "icu_athlete_id"))]
    pub owner: Option<Owner>,
    #[serde(skip_serializing)]
    source: Option<String>,
    #[serde(rename(deserialize = "_note"), skip_serializing)]
    note: Option<String>,
}

// One match of a search.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct Match {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "moving_time"))]
    pub moving_time_s: Option<Seconds>,
    #[serde(deserialize_with = "only_true")]
    pub race: Option<bool>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Text>,
    #[serde(deserialize_with = "some_text")]
    pub description: Option<Text>,
    #[serde(rename(deserialize = "icu_athlete_id"))]
    pub owner: Option<Owner>,
    #[serde(skip_serializing)]
    source: Option<String>,
    #[serde(rename(deserialize = "_note"), skip_serializing)]
    note: Option<String>,
}

// A match with the values that a comparison of sessions needs.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct FullMatch {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Local time.
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "moving_time"))]
    pub moving_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "total_elevation_gain"))]
    pub climb_m: Option<Climb>,
    #[serde(rename(deserialize = "icu_average_watts"))]
    pub power_w: Option<Watts>,
    #[serde(rename(deserialize = "icu_weighted_avg_watts"))]
    pub weighted_power_w: Option<Watts>,
    #[serde(rename(deserialize = "average_heartrate"))]
    pub hr_bpm: Option<Bpm>,
    #[serde(rename(deserialize = "average_cadence"))]
    pub cadence_rpm: Option<Rpm>,
    #[serde(rename(deserialize = "icu_training_load"))]
    pub load: Option<Points>,
    /// Percent of threshold.
    #[serde(rename(deserialize = "icu_intensity"))]
    pub intensity_pct: Option<Intensity>,
    /// Why there is nothing more.
    #[serde(skip_deserializing)]
    pub withheld: Option<&'static str>,
    #[serde(rename(deserialize = "icu_athlete_id"))]
    pub owner: Option<Owner>,
    /// Weighted power, or speed, per heart beat.
    #[serde(rename(deserialize = "icu_efficiency_factor"))]
    pub efficiency: Option<Number>,
    /// Power against heart rate, first to second half.
    #[serde(rename(deserialize = "decoupling"))]
    pub decoupling_pct: Option<Percent>,
    #[serde(rename(deserialize = "icu_rolling_ftp"))]
    pub eftp_w: Option<Watts>,
    #[serde(rename(deserialize = "icu_rpe"))]
    pub rpe_1_10: Option<Count>,
    /// 1 is strong.
    #[serde(rename(deserialize = "feel"))]
    pub feel_1_5: Option<Count>,
    #[serde(rename(deserialize = "average_temp"))]
    pub temperature_c: Option<Celsius>,
    #[serde(deserialize_with = "named")]
    pub gear: Option<Text>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Text>,
    #[serde(rename(deserialize = "interval_summary"), deserialize_with = "list")]
    pub intervals: Vec<String>,
    #[serde(skip_serializing)]
    perceived_exertion: Option<Number>,
    #[serde(skip_serializing)]
    average_weather_temp: Option<Celsius>,
    #[serde(skip_serializing)]
    source: Option<String>,
    #[serde(rename(deserialize = "_note"), skip_serializing)]
    note: Option<String>,
}

// An activity with the intervals that match a search.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct IntervalMatch {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Local time.
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    pub name: Option<Text>,
    /// All efforts found in it.
    #[serde(rename(deserialize = "interval_summary"), deserialize_with = "list")]
    pub intervals: Vec<String>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "moving_time"))]
    pub moving_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "icu_training_load"))]
    pub load: Option<Points>,
    #[serde(rename(deserialize = "icu_intensity"))]
    pub intensity_pct: Option<Intensity>,
    #[serde(rename(deserialize = "icu_athlete_id"))]
    pub owner: Option<Owner>,
    #[serde(skip_serializing)]
    source: Option<String>,
    #[serde(rename(deserialize = "_note"), skip_serializing)]
    note: Option<String>,
}

// The pairing of an activity with a planned event.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Paired {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    #[serde(rename(deserialize = "moving_time"))]
    pub moving_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "paired_event_id"))]
    pub planned_event_id: Option<Count>,
    #[serde(rename(deserialize = "compliance"), deserialize_with = "positive")]
    pub compliance_pct: Option<Percent>,
    source: Option<String>,
    #[serde(rename(deserialize = "_note"))]
    note: Option<String>,
}

// An activity after a change.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Updated {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    pub description: Option<Text>,
    #[serde(rename(deserialize = "trainer"))]
    pub indoor: Option<bool>,
    pub commute: Option<bool>,
    #[serde(rename(deserialize = "feel"))]
    pub feel_1_5: Option<Count>,
    #[serde(rename(deserialize = "icu_rpe"))]
    pub rpe_1_10: Option<Count>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Text>,
    #[serde(rename(deserialize = "icu_athlete_id"))]
    pub owner: Option<Owner>,
    #[serde(skip_serializing)]
    perceived_exertion: Option<Number>,
}

// An activity that was added.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default)]
#[schemars(!default)]
pub struct Created {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    pub name: Option<Text>,
}

// An activity with all its values.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Full {
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<Sport>,
    #[serde(rename(deserialize = "start_date_local"))]
    pub start: Option<Minute>,
    pub timezone: Option<String>,
    pub source: Option<String>,
    #[serde(deserialize_with = "some_text")]
    pub description: Option<Text>,
    #[serde(deserialize_with = "list")]
    pub tags: Vec<Text>,
    #[serde(deserialize_with = "only_true")]
    pub race: Option<bool>,
    /// COMMUTE, WARMUP, COOLDOWN or RACE.
    #[serde(deserialize_with = "chosen")]
    pub sub_type: Option<String>,
    #[serde(deserialize_with = "only_true")]
    pub commute: Option<bool>,
    #[serde(rename(deserialize = "trainer"), deserialize_with = "only_true")]
    pub indoor: Option<bool>,
    #[serde(deserialize_with = "named")]
    pub gear: Option<Text>,
    #[serde(rename(deserialize = "device_name"))]
    pub device: Option<String>,
    pub power_meter: Option<String>,
    #[serde(rename(deserialize = "moving_time"))]
    pub moving_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "elapsed_time"))]
    pub elapsed_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "coasting_time"))]
    pub coasting_time_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "total_elevation_gain"))]
    pub climb_m: Option<Climb>,
    #[serde(rename(deserialize = "total_elevation_loss"))]
    pub descent_m: Option<Climb>,
    #[serde(rename(deserialize = "average_speed"), deserialize_with = "positive")]
    pub avg_speed_mps: Option<MetresPerSecond>,
    #[serde(rename(deserialize = "max_speed"), deserialize_with = "positive")]
    pub max_speed_mps: Option<MetresPerSecond>,
    #[serde(rename(deserialize = "pace"), deserialize_with = "positive")]
    pub pace_mps: Option<MetresPerSecond>,
    /// Adjusted to the gradient.
    #[serde(rename(deserialize = "gap"), deserialize_with = "positive")]
    pub gap_mps: Option<MetresPerSecond>,
    #[serde(skip_deserializing)]
    pub swim_pace_mps: Option<MetresPerSecond>,
    pub lengths: Option<Count>,
    #[serde(rename(deserialize = "pool_length"))]
    pub pool_length_m: Option<Number>,
    #[serde(rename(deserialize = "kg_lifted"))]
    pub lifted_kg: Option<Kilograms>,
    #[serde(rename(deserialize = "icu_average_watts"))]
    pub avg_power_w: Option<Watts>,
    /// Also called normalized power.
    #[serde(rename(deserialize = "icu_weighted_avg_watts"))]
    pub weighted_power_w: Option<Watts>,
    #[serde(rename(deserialize = "icu_variability_index"))]
    pub variability_index: Option<Number>,
    #[serde(rename(deserialize = "icu_joules"))]
    pub work_j: Option<Joules>,
    #[serde(rename(deserialize = "icu_joules_above_ftp"))]
    pub work_above_ftp_j: Option<Joules>,
    #[serde(rename(deserialize = "icu_max_wbal_depletion"))]
    pub max_wbal_depletion_j: Option<Joules>,
    #[serde(rename(deserialize = "avg_lr_balance"))]
    pub right_pedal_pct: Option<Percent>,
    #[serde(rename(deserialize = "average_heartrate"))]
    pub avg_hr_bpm: Option<Bpm>,
    #[serde(rename(deserialize = "max_heartrate"))]
    pub max_hr_bpm: Option<Bpm>,
    #[serde(rename(deserialize = "average_cadence"))]
    pub avg_cadence_rpm: Option<Rpm>,
    #[serde(rename(deserialize = "average_stride"))]
    pub avg_stride_m: Option<Number>,
    /// Weighted power, or speed, per heart beat.
    #[serde(rename(deserialize = "icu_efficiency_factor"))]
    pub efficiency_factor: Option<Number>,
    #[serde(rename(deserialize = "icu_power_hr"))]
    pub power_hr: Option<Number>,
    #[serde(rename(deserialize = "decoupling"))]
    pub decoupling_pct: Option<Percent>,
    #[serde(rename(deserialize = "icu_training_load"))]
    pub load: Option<Points>,
    pub power_load: Option<Points>,
    pub hr_load: Option<Points>,
    pub pace_load: Option<Points>,
    pub trimp: Option<Points>,
    pub strain_score: Option<Points>,
    /// Percent of threshold.
    #[serde(rename(deserialize = "icu_intensity"))]
    pub intensity_pct: Option<Intensity>,
    pub polarization_index: Option<Number>,
    #[serde(rename(deserialize = "icu_ftp"))]
    pub ftp_w: Option<Watts>,
    /// Estimated FTP after it.
    #[serde(rename(deserialize = "icu_rolling_ftp"))]
    pub eftp_w: Option<Watts>,
    #[serde(rename(deserialize = "icu_rolling_ftp_delta"))]
    pub eftp_change_w: Option<Watts>,
    /// What it alone shows.
    #[serde(rename(deserialize = "icu_pm_ftp"))]
    pub eftp_of_this_w: Option<Watts>,
    #[serde(rename(deserialize = "lthr"))]
    pub lthr_bpm: Option<Bpm>,
    #[serde(rename(deserialize = "icu_weight"))]
    pub weight_kg: Option<Kilograms>,
    /// Fitness after it.
    #[serde(rename(deserialize = "icu_ctl"))]
    pub ctl: Option<Points>,
    /// Fatigue after it.
    #[serde(rename(deserialize = "icu_atl"))]
    pub atl: Option<Points>,
    /// Form: CTL less ATL.
    #[serde(skip_deserializing)]
    pub tsb: Option<Points>,
    #[serde(skip_deserializing)]
    pub form: Option<&'static str>,
    #[serde(rename(deserialize = "calories"))]
    pub kcal_burned: Option<Count>,
    #[serde(rename(deserialize = "carbs_used"))]
    pub carbs_used_g: Option<Count>,
    #[serde(rename(deserialize = "carbs_ingested"))]
    pub carbs_eaten_g: Option<Count>,
    #[serde(rename(deserialize = "icu_rpe"))]
    pub rpe_1_10: Option<Count>,
    /// 1 is strong.
    #[serde(rename(deserialize = "feel"))]
    pub feel_1_5: Option<Count>,
    pub session_rpe: Option<Count>,
    /// Of the plan.
    // The service writes 0 when it rated nothing.
    #[serde(rename(deserialize = "compliance"), deserialize_with = "positive")]
    pub compliance_pct: Option<Percent>,
    #[serde(rename(deserialize = "paired_event_id"))]
    pub planned_event_id: Option<Count>,
    #[serde(rename(deserialize = "average_temp"))]
    pub temperature_c: Option<Celsius>,
    #[serde(rename(deserialize = "average_weather_temp"))]
    pub weather_temp_c: Option<Celsius>,
    #[serde(rename(deserialize = "average_wind_speed"))]
    pub wind_mps: Option<Wind>,
    #[serde(rename(deserialize = "headwind_percent"))]
    pub headwind_pct: Option<Percent>,
    #[serde(rename(deserialize = "icu_lap_count"))]
    pub laps: Option<Count>,
    /// Efforts found in it.
    #[serde(rename(deserialize = "interval_summary"), deserialize_with = "list")]
    pub intervals: Vec<String>,
    #[serde(skip_deserializing)]
    pub power_zones: Vec<PowerZone>,
    #[serde(skip_deserializing)]
    pub hr_zones: Vec<HrZone>,
    #[serde(skip_deserializing)]
    pub pace_zones: Vec<PaceZone>,
    #[serde(rename(deserialize = "stream_types"), deserialize_with = "list")]
    pub streams: Vec<String>,
    /// The athlete's own fields.
    #[serde(skip_deserializing)]
    pub custom: Option<CustomFields>,
    #[serde(rename(deserialize = "icu_athlete_id"))]
    pub owner: Option<Owner>,
    #[serde(skip_serializing)]
    perceived_exertion: Option<Number>,
    #[serde(rename(deserialize = "_note"), skip_serializing)]
    note: Option<String>,
    #[serde(skip_serializing, deserialize_with = "list")]
    icu_zone_times: Vec<ZoneTime>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    icu_hr_zone_times: Vec<Option<Seconds>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    pace_zone_times: Vec<Option<Seconds>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    gap_zone_times: Vec<Option<Seconds>>,
    // Upper bounds: in percent of FTP, in bpm, in percent of threshold speed.
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    icu_power_zones: Vec<Option<Percent>>,
    #[serde(skip_serializing, deserialize_with = "lenient::places")]
    icu_hr_zones: Vec<Option<Bpm>>,
    #[serde(rename(deserialize = "pace_zones"), skip_serializing, deserialize_with = "lenient::places")]
    pace_zone_bounds: Vec<Option<Percent>>,
}

completed!(Row, FullMatch, Updated, Full);

macro_rules! withheld {
    ($($record:ident),*) => {$(
        impl $record {
            /// Whether the service withholds the data: data that came through Strava may not leave by its API.
            pub fn is_withheld(&self) -> bool {
                self.note.is_some() || (self.source.as_deref() == Some("STRAVA") && self.moving_time_s.is_none())
            }
        }
    )*};
}

withheld!(Row, Match, FullMatch, IntervalMatch, Paired, Full);

impl Row {
    fn completed(self) -> Self {
        let withheld = self.is_withheld().then_some("Strava");
        Self { withheld, ..self }
    }

    /// The local day on which it started.
    pub fn day(&self) -> Option<Date> {
        self.start.as_ref()?.day()
    }
}

impl FullMatch {
    fn completed(self) -> Self {
        Self {
            withheld: self.is_withheld().then_some("Strava"),
            rpe_1_10: rpe(self.rpe_1_10, self.perceived_exertion),
            temperature_c: self.temperature_c.or(self.average_weather_temp),
            ..self
        }
    }
}

impl Updated {
    fn completed(self) -> Self {
        Self { rpe_1_10: rpe(self.rpe_1_10, self.perceived_exertion), ..self }
    }
}

impl Full {
    fn completed(self) -> Self {
        let reading = SpeedReading::of(self.sport.as_deref().unwrap_or_default());
        let speed = self.avg_speed_mps.or(self.pace_mps);
        Self {
            avg_speed_mps: speed.filter(|_| matches!(reading, SpeedReading::Speed | SpeedReading::Row)),
            pace_mps: speed.filter(|_| reading == SpeedReading::Foot),
            swim_pace_mps: speed.filter(|_| reading == SpeedReading::Swim),
            gap_mps: self.gap_mps.filter(|_| reading == SpeedReading::Foot),
            rpe_1_10: rpe(self.rpe_1_10, self.perceived_exertion),
            power_zones: self.power_zones(),
            hr_zones: self.hr_zones(),
            pace_zones: self.pace_zones(),
            ..self
        }
    }

    /// Adds the athlete's custom fields, and form, in percent of fitness if the athlete shows it so.
    pub fn of(Extended { known, custom }: Extended<Self>, form_as_percent: bool) -> Self {
        let form = Form::of(known.ctl, known.atl, form_as_percent);
        Self {
            tsb: form.as_ref().map(|form| form.tsb),
            form: form.map(|form| form.form),
            custom: CustomFields::non_empty(custom),
            ..known
        }
    }

    /// The average speed, from whichever field has it.
    pub fn speed(&self) -> Option<MetresPerSecond> {
        self.avg_speed_mps.or(self.pace_mps).or(self.swim_pace_mps)
    }

    /// The id of the planned event that it is paired with.
    pub fn planned_event(&self) -> Option<i64> {
        self.planned_event_id.map(|id| id.0 as i64).filter(|id| *id > 0)
    }
}

/// The rating of perceived exertion: the athlete's, else Strava's, which may be a fraction and is rounded.
fn rpe(own: Option<Count>, strava: Option<Number>) -> Option<Count> {
    own.or(strava.map(|rpe| Count(rpe.0.round())))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{Value, json};

    use super::*;

    #[rstest]
    #[case(json!({"icu_rpe": 7, "perceived_exertion": 5.5}), Some(7.0))]
    #[case(json!({"icu_rpe": null, "perceived_exertion": 5.5}), Some(6.0))]
    #[case(json!({"session_rpe": 420}), None)]
    fn the_athletes_own_rating_comes_first(#[case] record: Value, #[case] rpe: Option<f64>) {
        let full: Full = serde_json::from_value(record.clone()).unwrap();
        let updated: Updated = serde_json::from_value(record).unwrap();
        assert_eq!((full.rpe_1_10.map(|rpe| rpe.0), updated.rpe_1_10.map(|rpe| rpe.0)), (rpe, rpe));
    }
}
