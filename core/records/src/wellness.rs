//! Wellness: one record per day, with the numbers of the fitness model.
use intervals_client::{
    CustomFields, Extended, JsonMap, OfDay, Text,
    units::{Bpm, Count, Joules, Kilograms, Number, Percent, Points, Seconds, Watts},
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::json;

use crate::{Day, Decimal, Vocabulary, Whole, Word};

// Writable fields of a day. The tool's description has the units and scales: at each field they would cost tokens in every listing.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// YYYY-MM-DD.
    #[serde(skip_serializing)]
    #[schemars(example = &"2026-07-01")]
    pub date: Day,
    #[schemars(example = 70.5)]
    pub weight: Option<Decimal<20, 400>>,
    #[serde(rename(serialize = "restingHR"))]
    #[schemars(example = 48)]
    pub resting_hr: Option<Whole<15, 200>>,
    #[schemars(example = 65.0)]
    pub hrv: Option<Decimal<0, 500>>,
    #[serde(rename(serialize = "sleepSecs"))]
    #[schemars(example = 27_000)]
    pub sleep_secs: Option<Whole<0, 86_400>>,
    #[serde(rename(serialize = "sleepScore"))]
    #[schemars(example = 80.0)]
    pub sleep_score: Option<Decimal<0, 100>>,
    #[serde(rename(serialize = "sleepQuality"))]
    #[schemars(example = 2)]
    pub sleep_quality: Option<Whole<1, 4>>,
    // The service shows 1 to 4, but a 5 was seen.
    #[schemars(example = 2)]
    pub fatigue: Option<Whole<1, 5>>,
    #[schemars(example = 2)]
    pub soreness: Option<Whole<1, 5>>,
    #[schemars(example = 2)]
    pub stress: Option<Whole<1, 5>>,
    #[schemars(example = 2)]
    pub mood: Option<Whole<1, 5>>,
    #[schemars(example = 2)]
    pub motivation: Option<Whole<1, 5>>,
    #[schemars(example = 1)]
    pub injury: Option<Whole<1, 5>>,
    #[schemars(example = 2)]
    pub hydration: Option<Whole<1, 4>>,
    #[serde(rename(serialize = "hydrationVolume"))]
    #[schemars(example = 2.5)]
    pub hydration_liters: Option<Decimal<0, 30>>,
    #[schemars(example = 75.0)]
    pub readiness: Option<Decimal<0, 100>>,
    #[serde(rename(serialize = "bodyFat"))]
    #[schemars(example = 14.5)]
    pub body_fat: Option<Decimal<1, 75>>,
    #[schemars(example = 82.0)]
    pub abdomen: Option<Decimal<30, 250>>,
    #[schemars(example = 55.0)]
    pub vo2max: Option<Decimal<5, 110>>,
    #[schemars(example = 120)]
    pub systolic: Option<Whole<40, 300>>,
    #[schemars(example = 75)]
    pub diastolic: Option<Whole<20, 200>>,
    #[serde(rename(serialize = "spO2"))]
    #[schemars(example = 97.0)]
    pub spo2: Option<Decimal<50, 100>>,
    #[schemars(example = 14.0)]
    pub respiration: Option<Decimal<2, 80>>,
    #[serde(rename(serialize = "bloodGlucose"))]
    #[schemars(example = 5.1)]
    pub blood_glucose: Option<Decimal<5, 600, 10>>,
    #[schemars(example = 1.2)]
    pub lactate: Option<Decimal<0, 40>>,
    #[schemars(example = 9000)]
    pub steps: Option<Whole<0, 300_000>>,
    #[serde(rename(serialize = "kcalConsumed"))]
    #[schemars(example = 2500)]
    pub calories_consumed: Option<Whole<0, 30_000>>,
    #[schemars(example = 300.0)]
    pub carbohydrates: Option<Decimal<0, 5000>>,
    #[schemars(example = 120.0)]
    pub protein: Option<Decimal<0, 2000>>,
    #[serde(rename(serialize = "fatTotal"))]
    #[schemars(example = 80.0)]
    pub fat_total: Option<Decimal<0, 2000>>,
    /// PERIOD, FOLLICULAR, OVULATING, LUTEAL, NONE.
    #[serde(rename(serialize = "menstrualPhase"))]
    #[schemars(example = &"NONE")]
    pub menstrual_phase: Option<Word<Phases>>,
    /// No device sync.
    #[schemars(example = true)]
    pub locked: Option<bool>,
    /// Diary.
    #[schemars(example = &"Slept well")]
    pub comments: Option<String>,
    /// Own fields.
    #[serde(skip_serializing)]
    #[schemars(example = json!({"Caffeine": 120}))]
    pub custom: Option<JsonMap>,
}

/// The menstrual phases of the service.
#[derive(Debug)]
pub struct Phases;

impl Vocabulary for Phases {
    const WORDS: &'static [&'static str] = &["PERIOD", "FOLLICULAR", "OVULATING", "LUTEAL", "NONE"];
}

// A day. Zero is a value; values that were not entered are absent.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
pub struct Row {
    #[serde(rename(deserialize = "id"))]
    pub date: String,
    #[serde(rename(deserialize = "sleepSecs"))]
    pub sleep_s: Option<Seconds>,
    #[serde(rename(deserialize = "sleepScore"))]
    pub sleep_score: Option<Number>,
    #[serde(rename(deserialize = "sleepQuality"))]
    pub sleep_quality_1_4: Option<Count>,
    #[serde(rename(deserialize = "avgSleepingHR"))]
    pub sleeping_hr_bpm: Option<Bpm>,
    /// rMSSD.
    #[serde(rename(deserialize = "hrv"))]
    pub hrv_ms: Option<Number>,
    #[serde(rename(deserialize = "hrvSDNN"))]
    pub hrv_sdnn_ms: Option<Number>,
    // `temp_resting_hr` says whether it is carried forward.
    #[serde(rename(deserialize = "restingHR"))]
    pub resting_hr_bpm: Option<Bpm>,
    /// From an earlier day.
    #[serde(skip_deserializing)]
    pub resting_hr_carried_bpm: Option<Bpm>,
    #[serde(rename(deserialize = "baevskySI"))]
    pub baevsky_si: Option<Number>,
    #[serde(rename(deserialize = "fatigue"))]
    pub fatigue_1_4: Option<Count>,
    #[serde(rename(deserialize = "soreness"))]
    pub soreness_1_4: Option<Count>,
    #[serde(rename(deserialize = "stress"))]
    pub stress_1_4: Option<Count>,
    #[serde(rename(deserialize = "mood"))]
    pub mood_1_4: Option<Count>,
    #[serde(rename(deserialize = "motivation"))]
    pub motivation_1_4: Option<Count>,
    #[serde(rename(deserialize = "injury"))]
    pub injury_1_4: Option<Count>,
    #[serde(rename(deserialize = "hydration"))]
    pub hydration_1_4: Option<Count>,
    #[serde(rename(deserialize = "hydrationVolume"))]
    pub hydration_l: Option<Number>,
    pub readiness: Option<Number>,
    #[serde(rename(deserialize = "weight"))]
    pub weight_kg: Option<Kilograms>,
    /// From an earlier day.
    #[serde(skip_deserializing)]
    pub weight_carried_kg: Option<Kilograms>,
    #[serde(rename(deserialize = "bodyFat"))]
    pub body_fat_pct: Option<Percent>,
    #[serde(rename(deserialize = "abdomen"))]
    pub abdomen_cm: Option<Number>,
    pub vo2max: Option<Number>,
    #[serde(rename(deserialize = "systolic"))]
    pub systolic_mmhg: Option<Count>,
    #[serde(rename(deserialize = "diastolic"))]
    pub diastolic_mmhg: Option<Count>,
    #[serde(rename(deserialize = "spO2"))]
    pub spo2_pct: Option<Percent>,
    #[serde(rename(deserialize = "respiration"))]
    pub breaths_per_min: Option<Number>,
    #[serde(rename(deserialize = "bloodGlucose"))]
    pub glucose_mmol_l: Option<Number>,
    #[serde(rename(deserialize = "lactate"))]
    pub lactate_mmol_l: Option<Number>,
    pub steps: Option<Count>,
    #[serde(rename(deserialize = "floorsClimbed"))]
    pub floors: Option<Count>,
    #[serde(rename(deserialize = "kcalConsumed"))]
    pub kcal_eaten: Option<Count>,
    #[serde(rename(deserialize = "carbohydrates"))]
    pub carbs_g: Option<Number>,
    #[serde(rename(deserialize = "protein"))]
    pub protein_g: Option<Number>,
    #[serde(rename(deserialize = "fatTotal"))]
    pub fat_g: Option<Number>,
    // PERIOD, FOLLICULAR, OVULATING, LUTEAL or NONE.
    #[serde(rename(deserialize = "menstrualPhase"))]
    pub menstrual_phase: Option<String>,
    #[serde(rename(deserialize = "menstrualPhasePredicted"))]
    pub menstrual_phase_predicted: Option<String>,
    pub ctl: Option<Points>,
    pub atl: Option<Points>,
    #[serde(skip_deserializing)]
    pub tsb: Option<Points>,
    #[serde(rename(deserialize = "rampRate"))]
    pub ramp_rate: Option<Points>,
    #[serde(rename(deserialize = "ctlLoad"))]
    pub load: Option<Points>,
    /// After today, from planned load.
    #[serde(skip_deserializing)]
    pub projected: Option<bool>,
    #[serde(default, rename(deserialize = "sportInfo"), deserialize_with = "sports")]
    pub sports: Vec<Sport>,
    pub locked: Option<bool>,
    /// The athlete's own fields.
    #[serde(skip_deserializing)]
    pub custom: Option<CustomFields>,
    pub comments: Option<Text>,
    // Whether weight and resting heart rate are carried forward from an earlier day.
    #[serde(rename(deserialize = "tempWeight"), skip_serializing)]
    temp_weight: Option<bool>,
    #[serde(rename(deserialize = "tempRestingHR"), skip_serializing)]
    temp_resting_hr: Option<bool>,
}

/// The numbers of the fitness model for a day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Fitness {
    #[serde(rename(deserialize = "id"))]
    pub date: String,
    pub ctl: Option<Points>,
    pub atl: Option<Points>,
    #[serde(rename(deserialize = "rampRate"))]
    pub ramp_rate: Option<Points>,
    /// The day's load that counts towards fitness.
    #[serde(rename(deserialize = "ctlLoad"))]
    pub ctl_load: Option<Points>,
    /// The day's load that counts towards fatigue.
    #[serde(rename(deserialize = "atlLoad"))]
    pub atl_load: Option<Points>,
    #[serde(rename(deserialize = "sportInfo"), deserialize_with = "sports")]
    pub sports: Vec<Sport>,
}

// Estimates for one sport, as of a day.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Sport {
    #[serde(default, rename(deserialize = "type"), deserialize_with = "text_or_none")]
    pub sport: String,
    #[serde(rename(deserialize = "eftp"))]
    pub eftp_w: Option<Watts>,
    #[serde(rename(deserialize = "wPrime"))]
    pub w_prime_j: Option<Joules>,
    #[serde(rename(deserialize = "pMax"))]
    pub p_max_w: Option<Watts>,
}

/// A day with the athlete's custom fields beside the service's.
pub type Recorded = Extended<Row>;

impl Row {
    /// Adds derived values: form, whether the day is after `today`, and what is carried forward from an earlier day.
    pub fn of(Extended { known, custom }: Recorded, today: Date) -> Self {
        let (weight_carried, hr_carried) = (known.temp_weight == Some(true), known.temp_resting_hr == Some(true));
        Self {
            resting_hr_bpm: known.resting_hr_bpm.filter(|_| !hr_carried),
            resting_hr_carried_bpm: known.resting_hr_bpm.filter(|_| hr_carried),
            weight_kg: known.weight_kg.filter(|_| !weight_carried),
            weight_carried_kg: known.weight_kg.filter(|_| weight_carried),
            tsb: known.ctl.zip(known.atl).map(|(ctl, atl)| Points(ctl.0 - atl.0)),
            projected: (known.date > today.to_string()).then_some(true),
            locked: known.locked.filter(|locked| *locked),
            custom: CustomFields::non_empty(custom),
            comments: known.comments.and_then(Text::non_empty),
            ..known
        }
    }

    /// Whether it has any rating.
    pub fn is_rated(&self) -> bool {
        let ratings = [
            self.sleep_quality_1_4,
            self.fatigue_1_4,
            self.soreness_1_4,
            self.stress_1_4,
            self.mood_1_4,
            self.motivation_1_4,
            self.injury_1_4,
            self.hydration_1_4,
        ];
        ratings.iter().any(Option::is_some)
    }
}

impl OfDay for Row {
    fn day(&self) -> &str {
        &self.date
    }
}

impl OfDay for Fitness {
    fn day(&self) -> &str {
        &self.date
    }
}

/// Deserializes a word; null becomes "".
fn text_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Deserializes estimates per sport, without empty ones. Null is an empty list.
fn sports<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Sport>, D::Error> {
    let sports: Option<Vec<Option<Sport>>> = Option::deserialize(deserializer)?;
    let has_some = |sport: &Sport| !sport.sport.is_empty() && (sport.eftp_w.is_some() || sport.p_max_w.is_some());
    Ok(sports.into_iter().flatten().flatten().filter(has_some).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use intervals_client::fields_of;

    #[test]
    fn the_service_is_asked_for_its_own_names_alone() {
        let fields = fields_of::<Row>();
        assert!(fields.contains(&"restingHR") && fields.contains(&"tempWeight"), "{fields:?}");
        assert!(!fields.contains(&"tsb") && !fields.contains(&"weight_kg"), "{fields:?}");
    }

    #[test]
    fn what_is_carried_forward_is_no_measurement() {
        let day = json!({"id": "2026-07-01", "weight": 70, "tempWeight": true, "restingHR": 48, "Mantra": "go",
            "ctl": 50, "atl": 60, "sportInfo": [null, {"type": null, "eftp": 250}, {"type": "Ride"}]});
        let row = Row::of(serde_json::from_str(&day.to_string()).unwrap(), "2026-06-30".parse().unwrap());
        let mut shown = json!(row);
        shown.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(
            shown,
            json!({"date": "2026-07-01", "resting_hr_bpm": 48, "weight_carried_kg": 70, "ctl": 50, "atl": 60, "tsb": -10,
                "projected": true, "sports": [], "custom": {"Mantra": "go"}})
        );
    }
}
