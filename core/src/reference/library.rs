//! The workout and the folder of the library that a call names.
use super::{Before, FOLDER, WORKOUT};
use crate::{
    Athlete, Call, ClientError, Error, FromCall, JsonMap, Result, Settings,
    client::{Folder, LibraryWorkout},
};

/// The workout of the argument `workout_id`, in the library of the call's athlete.
pub struct WorkoutRef {
    athlete: Athlete,
    id: i64,
}

impl WorkoutRef {
    /// Its id.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The athlete whose library it is in.
    pub fn athlete(&self) -> &Athlete {
        &self.athlete
    }

    /// The workout.
    pub async fn get(&self) -> Result<LibraryWorkout> {
        self.athlete.library().workout(self.id).await.map_err(|error| self.error(error))
    }

    /// Changes the given fields: the workout before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<LibraryWorkout>, LibraryWorkout)> {
        let id = self.id.to_string();
        let path = ["athlete", self.athlete.id(), "workouts", &id];
        let before = self.athlete.client().get_with_raw(&path).await.map_err(|error| self.error(error))?;
        let after = self.athlete.library().update_workout(self.id, fields).await;
        Ok((before.into(), after.map_err(|error| self.error(error))?))
    }

    /// Deletes it; on a plan with `others` also those that were added at the same time. The ids of what is gone.
    pub async fn delete(&self, others: bool) -> Result<Vec<i64>> {
        self.athlete.library().delete_workout(self.id, others).await.map_err(|error| self.error(error))
    }

    /// The error of a request for it: the workout is missing where the service answered 404.
    pub fn error(&self, error: ClientError) -> Error {
        match error {
            ClientError::NotFound { .. } => self.missing(),
            error => error.into(),
        }
    }

    fn missing(&self) -> Error {
        Error::new(format!("there is no library workout {}", self.id), "Use an id from icu_get_workouts_in_folder.")
    }
}

impl FromCall for WorkoutRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = WORKOUT.number(call)?;
        Ok(Self { athlete: Athlete::from_call(call).await?, id })
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        WORKOUT.describe(input);
        Athlete::describe(settings, input);
    }
}

/// The folder or plan of the argument `folder_id`, in the library of the call's athlete.
pub struct FolderRef {
    athlete: Athlete,
    id: i64,
}

impl FolderRef {
    /// Its id.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// The athlete whose library it is in.
    pub fn athlete(&self) -> &Athlete {
        &self.athlete
    }

    /// The folder, with its workouts: the service has no call for a single one.
    pub async fn get(&self) -> Result<Folder> {
        self.athlete.library().folder(self.id).await?.ok_or_else(|| self.missing())
    }

    /// Changes the given fields: the folder before, and after it.
    pub async fn update(&self, fields: JsonMap) -> Result<(Before<Folder>, Folder)> {
        let path = ["athlete", self.athlete.id(), "folders"];
        let before = self.athlete.client().find_with_raw(&path, &self.id.to_string()).await?;
        let before = before.ok_or_else(|| self.missing())?;
        let after = self.athlete.library().update_folder(self.id, fields).await;
        Ok((before.into(), after.map_err(|error| self.error(error))?))
    }

    /// The error of a request for it: the folder is missing where the service answered 404.
    pub fn error(&self, error: ClientError) -> Error {
        match error {
            ClientError::NotFound { .. } => self.missing(),
            error => error.into(),
        }
    }

    fn missing(&self) -> Error {
        Error::new(format!("there is no folder {}", self.id), "Use an id from icu_get_workout_library.")
    }
}

impl FromCall for FolderRef {
    async fn from_call(call: &mut Call) -> Result<Self> {
        let id = FOLDER.number(call)?;
        Ok(Self { athlete: Athlete::from_call(call).await?, id })
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        FOLDER.describe(input);
        Athlete::describe(settings, input);
    }
}
