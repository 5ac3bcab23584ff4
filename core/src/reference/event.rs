//! The calendar's event that a call names.
use serde::de::DeserializeOwned;

use super::{Before, EVENT};
use crate::{Athlete, Call, ClientError, FromCall, JsonMap, Result, Settings, records::event::Full};

/// The event of the argument `event_id`, on the calendar of the call's athlete.
pub struct EventRef {
    athlete: Athlete,
    id: i64,
}

impl EventRef {
    /// Its id.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The athlete whose calendar it is on.
    pub fn athlete(&self) -> &Athlete {
        &self.athlete
    }

    /// The event as a record of this type. In one call of a tool it is fetched once.
    pub async fn get<R: DeserializeOwned>(&self) -> Result<R, ClientError> {
        self.athlete.events().get(self.id).await
    }

    /// Changes the given fields: the event before, and after it. Without any it is an error.
    pub async fn update<R: DeserializeOwned>(&self, fields: JsonMap) -> Result<(Before<Full>, R)> {
        EVENT.changes(&fields)?;
        let id = self.id.to_string();
        let before = self.athlete.client().get_with_raw(&["athlete", self.athlete.id(), "events", &id]).await?;
        let after = self.athlete.events().update(self.id, fields).await?;
        Ok((before.into(), after))
    }
}

impl FromCall for EventRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = EVENT.number(call)?;
        Ok(Self { athlete: Athlete::from_call(call).await?, id })
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        EVENT.describe(input);
        Athlete::describe(settings, input);
    }
}
