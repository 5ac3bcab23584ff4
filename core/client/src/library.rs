//! The workout library: folders, plans and the workouts in them.
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{ALL, Athlete, Body, JsonMap, Reply, Result, Unread, units::Count};

/// An athlete's workout library.
pub struct Library<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's workout library.
    pub fn library(&self) -> Library<'_> {
        Library(self)
    }
}

impl Library<'_> {
    /// `GET /athlete/{id}/folders`: folders and plans, each with all its workouts. It is the only way to list those of one folder:
    /// `folders/{id}/workouts` can only be written.
    pub async fn folders<R: DeserializeOwned + Unread>(&self) -> Result<Vec<R>> {
        let folders: Vec<R> = self.0.client.list(&self.0.path(&["folders"]), ALL).await?;
        Ok(folders.into_iter().map(|folder| self.0.client.reported(folder)).collect())
    }

    /// `GET /athlete/{id}/folders`: the one of this id.
    pub async fn folder<R: DeserializeOwned + Unread>(&self, id: i64) -> Result<Option<R>> {
        let folder = self.0.client.find(&self.0.path(&["folders"]), &id.to_string()).await?;
        Ok(folder.map(|folder| self.0.client.reported(folder)))
    }

    /// `POST /athlete/{id}/folders`: `copy_folder_id` copies one with its workouts. Folders do not nest.
    pub async fn create_folder<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<R> {
        self.0.client.post(&self.0.path(&["folders"]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{id}/folders/{folderId}`: changes the given fields.
    pub async fn update_folder<R: DeserializeOwned>(&self, id: i64, fields: JsonMap) -> Result<R> {
        self.0.client.put(&self.0.path(&["folders", &id.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{id}/folders/{folderId}`: with its workouts. It answers 200 for ids that do not exist. What was applied to the
    /// calendar stays there.
    pub async fn delete_folder(&self, id: i64) -> Result<()> {
        self.0.client.delete::<Value>(&self.0.path(&["folders", &id.to_string()]), ALL).await.map(|_| ())
    }

    /// `GET /athlete/{id}/workouts/{workoutId}`
    pub async fn workout<R: DeserializeOwned>(&self, id: i64) -> Result<R> {
        self.0.client.get(&self.0.path(&["workouts", &id.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/workouts`: `folder_id` and `type` are required. Where the text has steps, time, distance and load come
    /// from them, whatever is sent.
    pub async fn create_workout<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<R> {
        self.0.client.post(&self.0.path(&["workouts"]), ALL, Body::Json(fields.into())).await
    }

    /// `POST /athlete/{id}/workouts/bulk`
    pub async fn create_workouts<R: DeserializeOwned>(&self, workouts: Vec<JsonMap>) -> Result<Vec<R>> {
        let body = workouts.into_iter().map(Value::Object).collect();
        self.0.client.post_list(&self.0.path(&["workouts", "bulk"]), ALL, Body::Json(body)).await
    }

    /// `PUT /athlete/{id}/workouts/{workoutId}`: changes the given fields; a list of tags replaces the old one.
    pub async fn update_workout<R: DeserializeOwned>(&self, id: i64, fields: JsonMap) -> Result<R> {
        self.0.client.put(&self.0.path(&["workouts", &id.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{id}/workouts/{workoutId}`: on a plan with `others` also those that were added at the same time. The ids of
    /// what is gone.
    pub async fn delete_workout(&self, id: i64, others: bool) -> Result<Vec<i64>> {
        let (client, id) = (&self.0.client, id.to_string());
        let path = self.0.path(&["workouts", &id]);
        let gone: Option<Vec<Count>> = match others {
            true => client.delete(&path, &[("others", true)]).await?,
            false => client.delete(&path, ALL).await?,
        };
        Ok(gone.unwrap_or_default().into_iter().map(|id| id.0 as i64).collect())
    }

    /// `GET /athlete/{id}/workouts/{workoutId}`: everything that the service says, for [`Library::convert`].
    pub async fn whole_workout(&self, id: i64) -> Result<JsonMap> {
        self.0.client.get(&self.0.path(&["workouts", &id.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/download-workout{ext}`: makes a file of a workout, with the athlete's thresholds. `kind` is `zwo`,
    /// `mrc`, `erg` or `fit`. The workout goes as the service gave it: it cannot be named by its id here.
    pub async fn convert(&self, mut workout: JsonMap, kind: &str) -> Result<Reply> {
        workout.retain(|_, value| !value.is_null());
        let path = format!("download-workout.{kind}");
        self.0.client.convert(&self.0.path(&[&path]), ALL, Body::Json(workout.into())).await
    }

    /// `PUT /athlete/{id}/apply-plan-changes`: brings the athlete's calendar, from today on, in line with the plan they follow.
    pub async fn apply_plan_changes(&self) -> Result<()> {
        self.0.client.put::<Value>(&self.0.path(&["apply-plan-changes"]), ALL, Body::None).await.map(|_| ())
    }
}
