//! The activity that a call names.
use futures::future::join;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ACTIVITY, Before};
use crate::{
    Athlete, Call, ClientError, Error, FromCall, Intervals, JsonMap, Notes, Result, Settings,
    client::{ALL, Activity, STRAVA_REMEDY},
};

/// The activity of the argument `activity_id`.
///
/// An answer names the athlete whose it is when that is not the key's owner. It is fetched beside the tool's own requests, and once.
#[derive(Clone)]
pub struct ActivityRef {
    client: Intervals,
    id: String,
}

impl ActivityRef {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client, for what belongs to the activity: `activity.client().intervals(activity.id())`.
    pub fn client(&self) -> &Intervals {
        &self.client
    }

    /// The activity as a record of this type. Several calls share one request.
    pub async fn get<R: DeserializeOwned>(&self) -> Result<R, ClientError> {
        self.client.get(&["activity", &self.id], ALL).await
    }

    /// The athlete whose it is.
    pub fn owner(&self, activity: &Activity) -> Athlete {
        self.client.athlete(activity.icu_athlete_id.as_deref().unwrap_or(self.client.own_id()))
    }

    /// The activity, and what was asked for beside it: nothing where the service withholds it, whatever the request said.
    pub async fn beside<T>(
        &self,
        notes: &Notes,
        work: impl Future<Output = Result<T, ClientError>>,
    ) -> Result<(Activity, Option<T>)> {
        let (activity, found) = join(self.get::<Activity>(), work).await;
        let activity = activity?;
        if activity.is_withheld() {
            notes.add(STRAVA_REMEDY);
            return Ok((activity, None));
        }
        Ok((activity, Some(found?)))
    }

    /// The activity, where its data are needed: an error for one that the service withholds.
    pub async fn open(&self) -> Result<Activity> {
        let activity: Activity = self.get().await?;
        if activity.is_withheld() {
            let problem = format!("activity {} came through Strava", self.id);
            return Err(Error::new(problem, format!("{STRAVA_REMEDY}.")));
        }
        Ok(activity)
    }

    /// Changes the given fields: the activity before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<Activity>, Activity)> {
        let before = self.client.get_with_raw(&["activity", &self.id]).await?;
        let after = self.client.update_activity(&self.id, fields).await?;
        Ok((before.into(), after))
    }

    /// Deletes it for good.
    pub async fn delete(&self) -> Result<()> {
        // Afterwards nobody can say whose it was.
        self.get::<Value>().await?;
        self.client.delete_activity(&self.id).await?;
        Ok(())
    }
}

impl FromCall for ActivityRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = ACTIVITY.take(call)?;
        call.extras.edit(|extras| extras.activity = Some(id.clone()));
        Ok(Self { client: call.client.clone(), id })
    }

    fn describe(_: &Settings, input: &mut JsonMap) {
        ACTIVITY.describe(input);
    }
}
