//! The gear that a call names, and a reminder of it.
use std::ops::Deref;

use super::{
    Before, REMINDER,
    of_athlete::{OfAthlete, RecordKind},
};
use crate::{
    Call, ClientError, Error, FromCall, JsonMap, Result, Settings,
    records::{Patch, gear::Row, reminder},
};

static GEAR: RecordKind =
    RecordKind { id: super::GEAR, noun: "gear", path: "gear", listed: true, list: "icu_get_gear_list" };

/// The gear of the argument `gear_id`, of the call's athlete.
pub struct GearRef(OfAthlete<String>);

impl Deref for GearRef {
    type Target = OfAthlete<String>;

    fn deref(&self) -> &OfAthlete<String> {
        &self.0
    }
}

impl GearRef {
    /// The gear: the service has no call for a single one.
    pub async fn get(&self) -> Result<Row> {
        self.athlete().gear().find(&self.id()).await?.ok_or_else(|| self.missing())
    }

    /// Changes the given fields: the gear before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<Row>, Row)> {
        self.updated(self.athlete().gear().update(&self.id(), fields)).await
    }
}

impl FromCall for GearRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = GEAR.id.take(call)?;
        OfAthlete::new(call, &GEAR, id).await.map(Self)
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        GEAR.describe(settings, input);
    }
}

/// The reminder of the arguments `gear_id` and `reminder_id`.
pub struct ReminderRef {
    gear: GearRef,
    id: i64,
}

impl ReminderRef {
    /// Its id.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The gear that it belongs to.
    pub fn gear(&self) -> &GearRef {
        &self.gear
    }

    /// Changes, resets or snoozes it, as `fields` says: the gear after it.
    pub async fn update(&self, fields: &Patch<reminder::Fields>) -> Result<Row> {
        let Patch(given) = fields;
        let (reset, days) = (given.reset.unwrap_or_default(), given.snooze_days.map_or(0, |days| days.0));
        let garage = self.gear.athlete().gear();
        let gear = garage.update_reminder(&self.gear.id(), self.id, fields.given(), reset, days).await;
        gear.map_err(|error| match error {
            ClientError::NotFound { .. } => self.missing(),
            error => error.into(),
        })
    }

    /// Deletes it.
    pub async fn delete(&self) -> Result<()> {
        let reminders = self.gear.get().await?.reminders;
        // One that cannot be read may be the one that is meant: then the service decides.
        if reminders.bad.is_empty() && !reminders.good.iter().any(|one| one.id == self.id) {
            return Err(self.missing());
        }
        Ok(self.gear.athlete().gear().delete_reminder(&self.gear.id(), self.id).await?)
    }

    fn missing(&self) -> Error {
        let problem = format!("there is no reminder {} of gear \"{}\"", self.id, self.gear.id());
        Error::new(problem, "Use ids of gear and reminder that icu_get_gear_list gave.")
    }
}

impl FromCall for ReminderRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let gear = GearRef::from_call(call).await?;
        Ok(Self { gear, id: REMINDER.number(call)? })
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        GearRef::describe(settings, input);
        REMINDER.describe_as_argument(input);
    }
}
