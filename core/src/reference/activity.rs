//! The activity that a call names.
use std::ops::Deref;

use futures::future::join;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{ACTIVITY, Before};
use crate::{
    Athlete, Call, ClientError, Error, FromCall, JsonMap, Notes, Result, Settings,
    client::{self, Owner, STRAVA_REMEDY},
    records::activity::Full,
};

/// The activity of the argument `activity_id`.
///
/// The answer names the activity's athlete, unless it is the key's owner. The activity is fetched once, beside the tool's requests.
#[derive(Clone)]
pub struct ActivityRef(client::Activity);

impl Deref for ActivityRef {
    type Target = client::Activity;

    fn deref(&self) -> &client::Activity {
        &self.0
    }
}

impl ActivityRef {
    /// The athlete of the activity, whom its record names as `owner`. Without one, the key's owner.
    pub fn athlete(&self, owner: Option<&Owner>) -> Athlete {
        let owner = owner.and_then(|Owner(id)| id.as_deref());
        self.client().athlete(owner.unwrap_or(self.client().own_id()))
    }

    /// Fetches the activity beside `work`. When the service withholds the activity, the result of `work` is dropped, even an error.
    pub async fn beside<T>(
        &self,
        notes: &Notes,
        work: impl Future<Output = Result<T, ClientError>>,
    ) -> Result<(Full, Option<T>)> {
        let (activity, outcome) = join(self.get::<Full>(), work).await;
        let activity = activity?;
        if activity.is_withheld() {
            notes.add(STRAVA_REMEDY);
            return Ok((activity, None));
        }
        Ok((activity, Some(outcome?)))
    }

    /// Fetches the activity for its data. Fails when the service withholds it.
    pub async fn open(&self) -> Result<Full> {
        let activity: Full = self.get().await?;
        if activity.is_withheld() {
            let problem = format!("activity {} came through Strava", self.id());
            return Err(Error::new(problem, format!("{STRAVA_REMEDY}.")));
        }
        Ok(activity)
    }

    /// Changes the given fields. Returns the activity before and after the change. Fails without any field.
    pub async fn update<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<(Before<Full>, R)> {
        ACTIVITY.changes(&fields)?;
        let before = self.get_with_raw().await?;
        let after = self.0.update(fields).await?;
        Ok((before.into(), after))
    }

    /// Deletes the activity permanently.
    pub async fn delete(&self) -> Result<()> {
        // Its athlete cannot be read after the deletion.
        self.get::<Value>().await?;
        Ok(self.0.delete().await?)
    }
}

impl FromCall for ActivityRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = ACTIVITY.take(call)?;
        call.extras.edit(|extras| extras.activity = Some(id.clone()));
        Ok(Self(call.client.activity(id)))
    }

    fn describe(_: &Settings, input: &mut JsonMap) {
        ACTIVITY.describe(input);
    }
}
