//! Sport settings: thresholds and zones, one record for several activity types.
use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{ALL, Athlete, Body, JsonMap, Result};

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
    pub async fn list<R: DeserializeOwned>(&self) -> Result<Vec<R>> {
        self.0.client.list(&self.0.path(&["sport-settings"]), ALL).await
    }

    /// `POST /athlete/{athleteId}/sport-settings`: adds settings for `types`, the rest by the service's defaults.
    pub async fn create<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<R> {
        self.0.client.post(&self.0.path(&["sport-settings"]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{athleteId}/sport-settings/{id}`: changes the given fields, for future activities only.
    ///
    /// The service insists on `recalcHrZones`: true rescales the heart rate zones to a changed `lthr`, unless zones come along.
    /// As many names must come as there are bounds, and `max_hr` becomes the last bound of `hr_zones`.
    pub async fn update<R: DeserializeOwned>(&self, id: &str, recalc_hr_zones: bool, fields: JsonMap) -> Result<R> {
        let query = json!({"recalcHrZones": recalc_hr_zones});
        self.0.client.put(&self.0.path(&["sport-settings", id]), &query, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{athleteId}/sport-settings/{id}`: for good.
    pub async fn delete(&self, id: &str) -> Result<()> {
        self.0.client.delete::<Value>(&self.0.path(&["sport-settings", id]), ALL).await.map(drop)
    }

    /// `GET /athlete/{athleteId}/sport-settings/{id}/matching-activities`: all without `oldest`. No order is promised.
    pub async fn matching<R: DeserializeOwned>(&self, id: &str, oldest: Option<Date>) -> Result<Vec<R>> {
        #[derive(Serialize)]
        struct Query {
            #[serde(skip_serializing_if = "Option::is_none")]
            oldest: Option<Date>,
        }
        let path = self.0.path(&["sport-settings", id, "matching-activities"]);
        self.0.client.list(&path, &Query { oldest }).await
    }
}
