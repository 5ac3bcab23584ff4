//! Gear: bikes, shoes and their parts, with reminders of what is due.
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{ALL, Athlete, Body, JsonMap, Result, Unread};

/// An athlete's gear.
pub struct Garage<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's gear.
    pub fn gear(&self) -> Garage<'_> {
        Garage(self)
    }
}

impl Garage<'_> {
    /// `GET /athlete/{id}/gear`: all of it, parts and retired ones too.
    pub async fn list<R: DeserializeOwned + Unread>(&self) -> Result<Vec<R>> {
        let gear: Vec<R> = self.0.client.list(&self.0.path(&["gear"]), ALL).await?;
        Ok(gear.into_iter().map(|gear| self.0.client.reported(gear)).collect())
    }

    /// `GET /athlete/{id}/gear`: the one of this id.
    pub async fn find<R: DeserializeOwned + Unread>(&self, gear: &str) -> Result<Option<R>> {
        let gear = self.0.client.find(&self.0.path(&["gear"]), gear).await?;
        Ok(gear.map(|gear| self.0.client.reported(gear)))
    }

    /// `POST /athlete/{id}/gear`: unknown fields are lost without a word, and without a type it has none.
    pub async fn create<R: DeserializeOwned + Unread>(&self, fields: JsonMap) -> Result<R> {
        let gear = self.0.client.post(&self.0.path(&["gear"]), ALL, Body::Json(fields.into())).await?;
        Ok(self.0.client.reported(gear))
    }

    /// `PUT /athlete/{id}/gear/{gearId}`: changes the given fields; null changes nothing, and `retired` is cleared by "".
    pub async fn update<R: DeserializeOwned + Unread>(&self, gear: &str, fields: JsonMap) -> Result<R> {
        let gear = self.0.client.put(&self.0.path(&["gear", gear]), ALL, Body::Json(fields.into())).await?;
        Ok(self.0.client.reported(gear))
    }

    /// `DELETE /athlete/{id}/gear/{gearId}`: answers with nothing.
    pub async fn delete(&self, gear: &str) -> Result<()> {
        let _: Value = self.0.client.delete(&self.0.path(&["gear", gear]), ALL).await?;
        Ok(())
    }

    /// `POST /athlete/{id}/gear/{gearId}/reminder`: answers with the whole gear. `distance` in m, `time` in s.
    pub async fn create_reminder<R: DeserializeOwned + Unread>(&self, gear: &str, fields: JsonMap) -> Result<R> {
        let path = ["gear", gear, "reminder"];
        let gear = self.0.client.post(&self.0.path(&path), ALL, Body::Json(fields.into())).await?;
        Ok(self.0.client.reported(gear))
    }

    /// `PUT /athlete/{id}/gear/{gearId}/reminder/{reminderId}`: changes the given fields, and answers with the whole gear. `reset`
    /// counts from now on; `snooze_days` of 0 is no snooze. The specification wants both, always.
    pub async fn update_reminder<R: DeserializeOwned + Unread>(
        &self,
        gear: &str,
        reminder: i64,
        fields: JsonMap,
        reset: bool,
        snooze_days: i64,
    ) -> Result<R> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Query {
            reset: bool,
            snooze_days: i64,
        }
        let path = ["gear", gear, "reminder", &reminder.to_string()];
        let query = Query { reset, snooze_days };
        let gear = self.0.client.put(&self.0.path(&path), &query, Body::Json(fields.into())).await?;
        Ok(self.0.client.reported(gear))
    }

    /// `DELETE /athlete/{id}/gear/{gearId}/reminder/{reminderId}`: answers with the whole gear.
    pub async fn delete_reminder(&self, gear: &str, reminder: i64) -> Result<()> {
        let path = ["gear", gear, "reminder", &reminder.to_string()];
        let _: Value = self.0.client.delete(&self.0.path(&path), ALL).await?;
        Ok(())
    }
}
