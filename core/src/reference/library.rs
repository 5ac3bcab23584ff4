//! The workout and the folder of the library that a call names.
use std::ops::Deref;

use super::{
    Before,
    of_athlete::{OfAthlete, RecordKind},
};
use crate::{
    Call, FromCall, JsonMap, Result, Settings,
    records::{folder::Row, workout::Full},
};

static WORKOUT: RecordKind = RecordKind {
    id: super::WORKOUT,
    noun: "library workout",
    path: "workouts",
    listed: false,
    list: "icu_get_workouts_in_folder",
};
static FOLDER: RecordKind =
    RecordKind { id: super::FOLDER, noun: "folder", path: "folders", listed: true, list: "icu_get_workout_library" };

/// The workout of the argument `workout_id`, in the library of the call's athlete.
pub struct WorkoutRef(OfAthlete<i64>);

impl Deref for WorkoutRef {
    type Target = OfAthlete<i64>;

    fn deref(&self) -> &OfAthlete<i64> {
        &self.0
    }
}

impl WorkoutRef {
    /// The workout.
    pub async fn get(&self) -> Result<Full> {
        self.athlete().library().workout(self.id()).await.map_err(|error| self.error(error))
    }

    /// Changes the given fields: the workout before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<Full>, Full)> {
        self.updated(self.athlete().library().update_workout(self.id(), fields)).await
    }

    /// Deletes it; on a plan with `others` also those that were added at the same time. The ids of what is gone.
    pub async fn delete(&self, others: bool) -> Result<Vec<i64>> {
        self.athlete().library().delete_workout(self.id(), others).await.map_err(|error| self.error(error))
    }
}

impl FromCall for WorkoutRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = WORKOUT.id.number(call)?;
        OfAthlete::new(call, &WORKOUT, id).await.map(Self)
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        WORKOUT.describe(settings, input);
    }
}

/// The folder or plan of the argument `folder_id`, in the library of the call's athlete.
pub struct FolderRef(OfAthlete<i64>);

impl Deref for FolderRef {
    type Target = OfAthlete<i64>;

    fn deref(&self) -> &OfAthlete<i64> {
        &self.0
    }
}

impl FolderRef {
    /// The folder, with its workouts: the service has no call for a single one.
    pub async fn get(&self) -> Result<Row> {
        self.athlete().library().folder(self.id()).await?.ok_or_else(|| self.missing())
    }

    /// Changes the given fields: the folder before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<Row>, Row)> {
        self.updated(self.athlete().library().update_folder(self.id(), fields)).await
    }
}

impl FromCall for FolderRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = FOLDER.id.number(call)?;
        OfAthlete::new(call, &FOLDER, id).await.map(Self)
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        FOLDER.describe(settings, input);
    }
}
