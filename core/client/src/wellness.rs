//! Wellness: one record a day, with the fitness model's numbers in it.
use jiff::civil::Date;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{ALL, Body, Result, athlete::Range, decode::Extended, fields_of};
use crate::{
    Athlete, JsonMap, lenient,
    units::{Bpm, Count, Joules, Kilograms, Number, Percent, Points, Seconds, Watts},
};

/// A day's record with the athlete's own fields beside the service's.
pub type Wellness = Extended<WellnessDay>;

/// A day's record. Zero is a value here; what was not entered is null.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WellnessDay {
    /// The local day, YYYY-MM-DD.
    pub id: String,
    /// Fitness.
    pub ctl: Option<Points>,
    /// Fatigue.
    pub atl: Option<Points>,
    /// Fitness today less fitness seven days ago.
    pub ramp_rate: Option<Points>,
    /// The day's load as it went into fitness.
    pub ctl_load: Option<Points>,
    /// The day's load as it went into fatigue.
    pub atl_load: Option<Points>,
    /// Estimates per sport.
    #[serde(default, deserialize_with = "lenient::list")]
    pub sport_info: Vec<SportInfo>,
    /// Body weight.
    pub weight: Option<Kilograms>,
    /// Whether the weight is carried forward from an earlier day.
    pub temp_weight: Option<bool>,
    /// Resting heart rate.
    #[serde(rename = "restingHR")]
    pub resting_hr: Option<Bpm>,
    /// Whether the resting heart rate is carried forward.
    #[serde(rename = "tempRestingHR")]
    pub temp_resting_hr: Option<bool>,
    /// rMSSD in ms.
    pub hrv: Option<Number>,
    /// SDNN in ms.
    #[serde(rename = "hrvSDNN")]
    pub hrv_sdnn: Option<Number>,
    /// Time asleep.
    pub sleep_secs: Option<Seconds>,
    /// 0 to 100.
    pub sleep_score: Option<Number>,
    /// 1 (great) to 4 (poor).
    pub sleep_quality: Option<Count>,
    /// Average heart rate asleep.
    #[serde(rename = "avgSleepingHR")]
    pub avg_sleeping_hr: Option<Bpm>,
    /// 1 (best) to 4.
    pub soreness: Option<Count>,
    /// 1 (best) to 4.
    pub fatigue: Option<Count>,
    /// 1 (best) to 4.
    pub stress: Option<Count>,
    /// 1 (best) to 4.
    pub mood: Option<Count>,
    /// 1 (best) to 4.
    pub motivation: Option<Count>,
    /// 1 (none) to 4.
    pub injury: Option<Count>,
    /// 1 (well hydrated) to 4.
    pub hydration: Option<Count>,
    /// Litres.
    pub hydration_volume: Option<Number>,
    /// 0 to 100, by its source.
    pub readiness: Option<Number>,
    /// Baevsky's stress index.
    #[serde(rename = "baevskySI")]
    pub baevsky_si: Option<Number>,
    /// Oxygen saturation.
    #[serde(rename = "spO2")]
    pub sp_o2: Option<Percent>,
    /// mmHg.
    pub systolic: Option<Count>,
    /// mmHg.
    pub diastolic: Option<Count>,
    /// Breaths a minute.
    pub respiration: Option<Number>,
    /// mmol/L.
    pub blood_glucose: Option<Number>,
    /// mmol/L.
    pub lactate: Option<Number>,
    /// Percent of body weight.
    pub body_fat: Option<Percent>,
    /// Waist in cm.
    pub abdomen: Option<Number>,
    /// ml/kg/min.
    pub vo2max: Option<Number>,
    /// Steps.
    pub steps: Option<Count>,
    /// Floors.
    pub floors_climbed: Option<Count>,
    /// Energy eaten, kcal.
    pub kcal_consumed: Option<Count>,
    /// Grams.
    pub carbohydrates: Option<Number>,
    /// Grams.
    pub protein: Option<Number>,
    /// Grams.
    pub fat_total: Option<Number>,
    /// `PERIOD`, `FOLLICULAR`, `OVULATING`, `LUTEAL` or `NONE`.
    pub menstrual_phase: Option<String>,
    /// The phase the service expects.
    pub menstrual_phase_predicted: Option<String>,
    /// The athlete's own words.
    pub comments: Option<String>,
    /// Whether device sync leaves the day alone.
    pub locked: Option<bool>,
}

/// Estimates for one sport, as of a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SportInfo {
    /// The activity type.
    #[serde(rename = "type")]
    pub sport: Option<String>,
    /// Estimated threshold power.
    pub eftp: Option<Watts>,
    /// Work above critical power.
    pub w_prime: Option<Joules>,
    /// Peak power.
    pub p_max: Option<Watts>,
}

/// A record of a day.
pub trait OfDay {
    /// The local day, YYYY-MM-DD.
    fn day(&self) -> &str;
}

impl OfDay for WellnessDay {
    fn day(&self) -> &str {
        &self.id
    }
}

impl<T: OfDay> OfDay for Extended<T> {
    fn day(&self) -> &str {
        self.known.day()
    }
}

/// An athlete's wellness records.
pub struct WellnessDays<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's wellness records.
    pub fn wellness(&self) -> WellnessDays<'_> {
        WellnessDays(self)
    }
}

impl WellnessDays<'_> {
    /// `GET /athlete/{id}/wellness`: made ascending by day; a day without a record is missing. It asks for the fields that `R` reads,
    /// all of them where it reads own fields too.
    pub async fn range<R: DeserializeOwned + OfDay>(&self, oldest: Date, newest: Date) -> Result<Vec<R>> {
        self.fields(oldest, newest, fields_of::<R>()).await
    }

    /// The same with these fields of the service only; empty is all.
    pub async fn fields<R: DeserializeOwned + OfDay>(
        &self,
        oldest: Date,
        newest: Date,
        fields: &[&str],
    ) -> Result<Vec<R>> {
        #[derive(Serialize)]
        struct Query {
            #[serde(flatten)]
            range: Range,
            #[serde(skip_serializing_if = "String::is_empty")]
            fields: String,
        }
        let query = Query { range: Range { oldest, newest }, fields: fields.join(",") };
        let mut days: Vec<R> = self.0.client.list(&self.0.path(&["wellness"]), &query).await?;
        // Nothing promises an order, and trends depend on it.
        days.sort_by(|a, b| a.day().cmp(b.day()));
        Ok(days)
    }

    /// `GET /athlete/{id}/wellness/{date}`: a row of nulls where nothing was entered.
    pub async fn day<R: DeserializeOwned>(&self, date: Date) -> Result<R> {
        self.0.client.get(&self.0.path(&["wellness", &date.to_string()]), ALL).await
    }

    /// `PUT /athlete/{id}/wellness/{date}`: changes the given fields, under the service's names. -1 clears a number, "" a text.
    pub async fn update<R: DeserializeOwned>(&self, date: Date, fields: JsonMap) -> Result<R> {
        self.0.client.put(&self.0.path(&["wellness", &date.to_string()]), ALL, Body::Json(fields.into())).await
    }
}
