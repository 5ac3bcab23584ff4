//! The gear that a call names.
use super::{Before, GEAR};
use crate::{Athlete, Call, ClientError, Error, FromCall, JsonMap, Result, Settings, client::Gear};

/// The gear of the argument `gear_id`, of the call's athlete.
pub struct GearRef {
    athlete: Athlete,
    id: String,
}

impl GearRef {
    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The athlete whose it is.
    pub fn athlete(&self) -> &Athlete {
        &self.athlete
    }

    /// The gear: the service has no call for a single one.
    pub async fn get(&self) -> Result<Gear> {
        self.athlete.gear().find(&self.id).await?.ok_or_else(|| self.missing())
    }

    /// Changes the given fields: the gear before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<Gear>, Gear)> {
        let path = ["athlete", self.athlete.id(), "gear"];
        let before = self.athlete.client().find_with_raw(&path, &self.id).await?.ok_or_else(|| self.missing())?;
        let after = self.athlete.gear().update(&self.id, fields).await;
        Ok((before.into(), after.map_err(|error| self.error(error))?))
    }

    /// The error of a request for it: the gear is missing where the service answered 404.
    pub fn error(&self, error: ClientError) -> Error {
        match error {
            ClientError::NotFound { .. } => self.missing(),
            error => error.into(),
        }
    }

    fn missing(&self) -> Error {
        Error::new(format!("there is no gear \"{}\"", self.id), "Use an id from icu_get_gear_list.")
    }
}

impl FromCall for GearRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = GEAR.take(call)?;
        Ok(Self { athlete: Athlete::from_call(call).await?, id })
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        GEAR.describe(input);
        Athlete::describe(settings, input);
    }
}
