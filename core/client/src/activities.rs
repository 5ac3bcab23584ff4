//! Activities: what was recorded.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    ALL, Body, Intervals, Page, Reply, Result,
    decode::Extended,
    text::{Owner, Text},
};
use crate::{
    Athlete, JsonMap, lenient,
    units::{
        Bpm, Celsius, Climb, Count, Intensity, Joules, Kilograms, Metres, MetresPerSecond, Number, Percent, Points,
        Rpm, Seconds, Watts,
    },
};

/// One recorded activity, with the athlete's own fields beside the service's.
pub type Activity = Extended<ActivityRecord>;

/// The service's fields of an activity, as far as they are answered. Every field may be missing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ActivityRecord {
    /// `i12345`; bare digits when it came from Strava.
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Whose it is.
    pub icu_athlete_id: Option<String>,
    /// Its title.
    pub name: Option<Text>,
    /// The activity type, such as `Ride`.
    #[serde(rename = "type")]
    pub sport: Option<String>,
    /// The athlete's own words.
    pub description: Option<Text>,
    /// Local time without a zone.
    pub start_date_local: Option<String>,
    /// The zone it was recorded in.
    pub timezone: Option<String>,
    /// Where it came from: `GARMIN_CONNECT`, `STRAVA`, …
    pub source: Option<String>,
    /// The service's explanation of a stub.
    #[serde(rename = "_note")]
    pub note: Option<String>,
    /// Time in motion.
    pub moving_time: Option<Seconds>,
    /// Time from start to end.
    pub elapsed_time: Option<Seconds>,
    /// Time without pedalling.
    pub coasting_time: Option<Seconds>,
    /// Ground covered.
    pub distance: Option<Metres>,
    /// Height gained.
    pub total_elevation_gain: Option<Climb>,
    /// Height lost.
    pub total_elevation_loss: Option<Climb>,
    /// Average speed.
    pub average_speed: Option<MetresPerSecond>,
    /// Greatest speed.
    pub max_speed: Option<MetresPerSecond>,
    /// Average pace in m/s.
    pub pace: Option<MetresPerSecond>,
    /// Pace adjusted to the gradient, m/s.
    pub gap: Option<MetresPerSecond>,
    /// Average heart rate.
    pub average_heartrate: Option<Bpm>,
    /// Greatest heart rate.
    pub max_heartrate: Option<Bpm>,
    /// Average cadence.
    pub average_cadence: Option<Rpm>,
    /// Average stride in m.
    pub average_stride: Option<Number>,
    /// Energy spent, kcal.
    pub calories: Option<Count>,
    /// Average power.
    pub icu_average_watts: Option<Watts>,
    /// Weighted average power, also called normalized power.
    pub icu_weighted_avg_watts: Option<Watts>,
    /// Weighted average power over average power.
    pub icu_variability_index: Option<Number>,
    /// Weighted average power, or speed, over average heart rate.
    pub icu_efficiency_factor: Option<Number>,
    /// Average power over average heart rate.
    pub icu_power_hr: Option<Number>,
    /// How far power and heart rate drift apart from the first half to the second, percent.
    pub decoupling: Option<Percent>,
    /// Work done.
    pub icu_joules: Option<Joules>,
    /// Work done above FTP.
    pub icu_joules_above_ftp: Option<Joules>,
    /// The deepest that W' was drawn down.
    pub icu_max_wbal_depletion: Option<Joules>,
    /// Training load.
    pub icu_training_load: Option<Points>,
    /// Load by power.
    pub power_load: Option<Points>,
    /// Load by heart rate.
    pub hr_load: Option<Points>,
    /// Load by pace.
    pub pace_load: Option<Points>,
    /// Banister's training impulse.
    pub trimp: Option<Points>,
    /// Strain score.
    pub strain_score: Option<Points>,
    /// Percent of threshold.
    pub icu_intensity: Option<Intensity>,
    /// Polarization index of the time in zones.
    pub polarization_index: Option<Number>,
    /// FTP at the time.
    pub icu_ftp: Option<Watts>,
    /// Estimated FTP after this activity.
    pub icu_rolling_ftp: Option<Watts>,
    /// How much this activity changed the estimate.
    pub icu_rolling_ftp_delta: Option<Watts>,
    /// FTP as this activity alone shows it.
    pub icu_pm_ftp: Option<Watts>,
    /// Fitness after this activity.
    pub icu_ctl: Option<Points>,
    /// Fatigue after this activity.
    pub icu_atl: Option<Points>,
    /// Threshold heart rate at the time.
    pub lthr: Option<Bpm>,
    /// Body weight at the time.
    pub icu_weight: Option<Kilograms>,
    /// Time in power zones.
    #[serde(deserialize_with = "lenient::list")]
    pub icu_zone_times: Vec<ZoneTime>,
    /// Seconds in heart rate zones.
    #[serde(deserialize_with = "lenient::places")]
    pub icu_hr_zone_times: Vec<Option<Seconds>>,
    /// Seconds in pace zones.
    #[serde(deserialize_with = "lenient::places")]
    pub pace_zone_times: Vec<Option<Seconds>>,
    /// Seconds in zones of gradient adjusted pace.
    #[serde(deserialize_with = "lenient::places")]
    pub gap_zone_times: Vec<Option<Seconds>>,
    /// Upper bounds in percent of threshold speed; 999 is open.
    #[serde(deserialize_with = "lenient::list")]
    pub pace_zones: Vec<Percent>,
    /// Upper bounds in bpm.
    #[serde(deserialize_with = "lenient::list")]
    pub icu_hr_zones: Vec<Bpm>,
    /// Upper bounds in percent of FTP.
    #[serde(deserialize_with = "lenient::list")]
    pub icu_power_zones: Vec<Percent>,
    /// The efforts found in it, such as `2x 8m 162w`.
    #[serde(deserialize_with = "lenient::list")]
    pub interval_summary: Vec<String>,
    /// Laps.
    pub icu_lap_count: Option<Count>,
    /// Rating of perceived exertion, 1 to 10.
    pub icu_rpe: Option<Count>,
    /// The same from Strava.
    pub perceived_exertion: Option<Number>,
    /// 1 (strong) to 5 (weak).
    pub feel: Option<Count>,
    /// RPE times minutes.
    pub session_rpe: Option<Count>,
    /// Percent of the plan that was done.
    pub compliance: Option<Percent>,
    /// The planned event it belongs to.
    pub paired_event_id: Option<Count>,
    /// The bike or shoes.
    pub gear: Option<ActivityGear>,
    /// Tags.
    #[serde(deserialize_with = "lenient::list")]
    pub tags: Vec<Text>,
    /// Whether it was a race.
    pub race: Option<bool>,
    /// Whether it was a commute.
    pub commute: Option<bool>,
    /// Whether it was done indoors.
    pub trainer: Option<bool>,
    /// `NONE`, `COMMUTE`, `WARMUP`, `COOLDOWN` or `RACE`.
    pub sub_type: Option<String>,
    /// The recording device.
    pub device_name: Option<String>,
    /// The power meter.
    pub power_meter: Option<String>,
    /// Percent of the right pedal.
    pub avg_lr_balance: Option<Percent>,
    /// Weight lifted in all.
    pub kg_lifted: Option<Kilograms>,
    /// Lengths of the pool.
    pub lengths: Option<Count>,
    /// The pool's length in m.
    pub pool_length: Option<Number>,
    /// Carbohydrates burned, g.
    pub carbs_used: Option<Count>,
    /// Carbohydrates eaten on the way, g.
    pub carbs_ingested: Option<Count>,
    /// Temperature at the device.
    pub average_temp: Option<Celsius>,
    /// Temperature by the weather service.
    pub average_weather_temp: Option<Celsius>,
    /// Wind.
    pub average_wind_speed: Option<MetresPerSecond>,
    /// Percent of the way against the wind.
    pub headwind_percent: Option<Percent>,
    /// The streams that were recorded.
    #[serde(deserialize_with = "lenient::list")]
    pub stream_types: Vec<String>,
}

/// Time in a power zone.
#[derive(Debug, Clone, Deserialize)]
pub struct ZoneTime {
    /// `Z1` to `Z7`, `SS` for the sweet spot.
    pub id: String,
    /// How long.
    pub secs: Option<Seconds>,
}

/// A bike or a pair of shoes, as an activity names it.
#[derive(Debug, Clone, Deserialize)]
pub struct ActivityGear {
    /// Its name.
    pub name: Option<Text>,
}

/// What to tell of activities that the service keeps back.
pub const STRAVA_REMEDY: &str =
    "Strava withholds this: connect the device itself to Intervals.icu and download its history";

impl ActivityRecord {
    /// The local day on which it started.
    pub fn day(&self) -> Option<Date> {
        self.start_date_local.as_deref()?.get(..10)?.parse().ok()
    }

    /// Who wrote its texts; without one, the athlete among whose activities it was found.
    pub fn owner(&self) -> Option<Owner> {
        self.icu_athlete_id.clone().map(|id| Owner(Some(id)))
    }

    /// Whether the service keeps the data back: those that came through Strava may not leave by its API.
    pub fn is_withheld(&self) -> bool {
        self.note.is_some() || (self.source.as_deref() == Some("STRAVA") && self.moving_time.is_none())
    }
}

/// What lies around an activity.
#[derive(Debug, Clone, Serialize)]
pub struct Around<'a> {
    /// The one in the middle, which is not among the answers.
    pub activity_id: &'a str,
    /// How many in all, the closest first.
    pub limit: usize,
}

/// An athlete's activities.
pub struct Activities<'a>(pub(crate) &'a Athlete);

impl Athlete {
    /// The athlete's activities.
    pub fn activities(&self) -> Activities<'_> {
        Activities(self)
    }
}

impl Activities<'_> {
    /// `GET /athlete/{id}/activities`: newest first; both days are included. `fields` is what is sent of each.
    pub async fn list(
        &self,
        oldest: Date,
        newest: Option<Date>,
        limit: usize,
        fields: &[&str],
    ) -> Result<Page<Activity>> {
        #[derive(Serialize)]
        struct Query {
            oldest: Date,
            #[serde(skip_serializing_if = "Option::is_none")]
            newest: Option<String>,
            limit: usize,
            fields: String,
        }
        // A date alone would be its midnight, and lose the last day.
        let newest = newest.map(|day| format!("{day}T23:59:59"));
        let query = Query { oldest, newest, limit, fields: fields.join(",") };
        self.0.client.page(&self.0.path(&["activities"]), &query).await
    }

    /// `GET /athlete/{id}/activities/search`: by name, or by tag when `text` starts with `#`. A few fields of each.
    pub async fn search(&self, text: &str, limit: usize) -> Result<Page<Activity>> {
        let query = [("q", text), ("limit", &limit.to_string())];
        self.0.client.page(&self.0.path(&["activities", "search"]), &query).await
    }

    /// `GET /athlete/{id}/activities/search-full`: the same with all fields.
    pub async fn search_full(&self, text: &str, limit: usize) -> Result<Page<Activity>> {
        let query = [("q", text), ("limit", &limit.to_string())];
        self.0.client.page(&self.0.path(&["activities", "search-full"]), &query).await
    }

    /// `GET /athlete/{id}/activities-around`
    pub async fn around(&self, around: Around<'_>) -> Result<Vec<Activity>> {
        self.0.client.list(&self.0.path(&["activities-around"]), &around).await
    }

    /// `POST /athlete/{id}/activities/manual/bulk`: an activity with the `external_id` of an earlier one replaces it.
    pub async fn create_manual(&self, activities: Vec<JsonMap>) -> Result<Vec<Activity>> {
        let body = activities.into_iter().map(Value::Object).collect();
        self.0.client.post_list(&self.0.path(&["activities", "manual", "bulk"]), ALL, Body::Json(body)).await
    }
}

impl Intervals {
    /// `GET /activity/{id}`
    pub async fn activity(&self, id: &str) -> Result<Activity> {
        self.get(&["activity", id], ALL).await
    }

    /// `PUT /activity/{id}`: changes the given fields. -1 clears a number, "" a text; null changes nothing.
    pub async fn update_activity(&self, id: &str, fields: JsonMap) -> Result<Activity> {
        self.put(&["activity", id], ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /activity/{id}`; says whose it was.
    pub async fn delete_activity(&self, id: &str) -> Result<Option<String>> {
        let gone: Value = self.delete(&["activity", id], ALL).await?;
        Ok(gone.get("icu_athlete_id").and_then(Value::as_str).map(Into::into))
    }

    /// `GET /activity/{id}/file`: what was uploaded, often gzipped. 404 for a manual activity.
    pub async fn activity_file(&self, id: &str) -> Result<Reply> {
        self.file(&["activity", id, "file"], ALL).await
    }

    /// `GET /activity/{id}/fit-file`: made by the service. `power` and `hr` leave those streams out when false.
    pub async fn fit_file(&self, id: &str, power: bool, hr: bool) -> Result<Reply> {
        self.file(&["activity", id, "fit-file"], &[("power", power), ("hr", hr)]).await
    }

    /// `GET /activity/{id}/gpx-file`: made by the service, of activities with GPS.
    pub async fn gpx_file(&self, id: &str, power: bool, hr: bool) -> Result<Reply> {
        self.file(&["activity", id, "gpx-file"], &[("power", power), ("hr", hr)]).await
    }

    /// `PUT /activity/{id}/streams`: an array of `{type, data}`.
    pub async fn update_streams(&self, id: &str, streams: Value) -> Result<UpdatedStreams> {
        self.put(&["activity", id, "streams"], ALL, Body::Json(streams)).await
    }

    /// `PUT /activity/{id}/streams.csv`: a column per stream, named like those of the CSV that the service gives.
    pub async fn update_streams_csv(&self, id: &str, csv: String) -> Result<UpdatedStreams> {
        let file = Body::File { name: "streams.csv".into(), data: csv.into_bytes() };
        self.put(&["activity", id, "streams.csv"], ALL, file).await
    }
}

/// What an upload of streams did.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UpdatedStreams {
    /// The streams that were replaced or added.
    #[serde(deserialize_with = "lenient::list")]
    pub updated: Vec<String>,
    /// The streams that were removed.
    #[serde(deserialize_with = "lenient::list")]
    pub deleted: Vec<String>,
}
