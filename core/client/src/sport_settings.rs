//! Sport settings: thresholds and zones, one record for several activity types.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{ALL, Body, Result, SportSettings};
use crate::{
    Athlete, JsonMap, Text, lenient,
    units::{Metres, Seconds},
};

/// An activity to which settings apply.
#[derive(Debug, Clone, Deserialize)]
pub struct MatchingActivity {
    /// The activity's id.
    #[serde(deserialize_with = "lenient::id")]
    pub id: String,
    /// Local start.
    pub start_date_local: Option<String>,
    /// The activity type.
    #[serde(rename = "type")]
    pub sport: Option<String>,
    /// Name.
    pub name: Option<Text>,
    /// Ground covered.
    pub distance: Option<Metres>,
    /// Time in motion.
    pub moving_time: Option<Seconds>,
}

/// An athlete's sport settings.
pub struct SportRecords<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's sport settings.
    pub fn sport_settings(&self) -> SportRecords<'_> {
        SportRecords(self)
    }
}

impl SportRecords<'_> {
    /// `GET /athlete/{athleteId}/sport-settings`: all of them.
    pub async fn list(&self) -> Result<Vec<SportSettings>> {
        self.0.client.list(&self.0.path(&["sport-settings"]), ALL).await
    }

    /// `POST /athlete/{athleteId}/sport-settings`: adds settings for `types`, the rest by the service's defaults.
    pub async fn create(&self, fields: JsonMap) -> Result<SportSettings> {
        self.0.client.post(&self.0.path(&["sport-settings"]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{athleteId}/sport-settings/{id}`: changes the given fields, for future activities only.
    ///
    /// The service insists on `recalcHrZones`: true rescales the heart rate zones to a changed `lthr`, unless zones come along.
    /// As many names must come as there are bounds, and `max_hr` becomes the last bound of `hr_zones`.
    pub async fn update(&self, id: &str, recalc_hr_zones: bool, fields: JsonMap) -> Result<SportSettings> {
        let query = json!({"recalcHrZones": recalc_hr_zones});
        self.0.client.put(&self.0.path(&["sport-settings", id]), &query, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{athleteId}/sport-settings/{id}`: for good.
    pub async fn delete(&self, id: &str) -> Result<()> {
        self.0.client.delete::<Value>(&self.0.path(&["sport-settings", id]), ALL).await.map(drop)
    }

    /// `GET /athlete/{athleteId}/sport-settings/{id}/matching-activities`: made newest first; all without `oldest`.
    pub async fn matching(&self, id: &str, oldest: Option<Date>) -> Result<Vec<MatchingActivity>> {
        #[derive(Serialize)]
        struct Query {
            #[serde(skip_serializing_if = "Option::is_none")]
            oldest: Option<Date>,
        }
        let path = self.0.path(&["sport-settings", id, "matching-activities"]);
        let mut found: Vec<MatchingActivity> = self.0.client.list(&path, &Query { oldest }).await?;
        // Nothing promises an order.
        found.sort_by(|a, b| b.start_date_local.cmp(&a.start_date_local));
        Ok(found)
    }
}
