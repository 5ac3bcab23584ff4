//! The workout library: folders, plans and the workouts in them.
use serde::Deserialize;
use serde_json::Value;

use crate::{ALL, Body, PlannedDoc, Records, Reply, Result, WorkoutDoc, decode};
use crate::{
    Athlete, JsonMap, lenient,
    units::{Count, Intensity, Metres, Points, Seconds},
};

/// A folder or a training plan with its workouts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Folder {
    /// Its id.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    /// `FOLDER` or `PLAN`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its workouts; null when it has none.
    pub children: Records<LibraryWorkout>,
    /// Null when it has none.
    pub num_workouts: Option<Count>,
    /// `PRIVATE` or `PUBLIC`.
    pub visibility: Option<String>,
    /// The first day of a plan.
    pub start_date_local: Option<String>,
    /// How many weeks ahead a plan is put on the calendar.
    pub rollout_weeks: Option<Count>,
    /// How long a plan is.
    pub duration_weeks: Option<Count>,
    /// The easiest week of a plan.
    pub hours_per_week_min: Option<Count>,
    /// The hardest one.
    pub hours_per_week_max: Option<Count>,
    /// With how many athletes it is shared.
    #[serde(rename = "sharedWithCount")]
    pub shared_with_count: Option<Count>,
    /// Whether the athlete may change it.
    #[serde(rename = "canEdit")]
    pub can_edit: Option<bool>,
    /// Whose it is.
    owner: Option<Value>,
}

impl Folder {
    /// Whether it is a training plan, in which workouts have days.
    pub fn is_plan(&self) -> bool {
        self.kind.as_deref() == Some("PLAN")
    }

    /// How many workouts it holds; of its two ways to say so the greater one counts.
    pub fn size(&self) -> usize {
        let children = self.children.good.len() + self.children.bad.len();
        children.max(self.num_workouts.map_or(0, |count| count.0 as usize))
    }

    /// The id of the athlete whose it is, when the service says so.
    pub fn owner_id(&self) -> Option<&str> {
        self.owner.as_ref()?.get("id")?.as_str()
    }
}

/// A workout of the library. Numbers that are not set come as 0.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LibraryWorkout {
    /// Its id.
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    /// Whose it is.
    #[serde(deserialize_with = "lenient::optional_id")]
    pub athlete_id: Option<String>,
    /// The folder it is in.
    pub folder_id: Option<Count>,
    /// Its name.
    pub name: Option<String>,
    /// The activity type.
    #[serde(rename = "type")]
    pub sport: Option<String>,
    /// Workout text and prose.
    pub description: Option<String>,
    /// Days from the start of the plan.
    pub day: Option<Count>,
    /// How many days it spans.
    pub days: Option<Count>,
    /// Whether it is for the whole week.
    pub for_week: Option<bool>,
    /// Planned time.
    pub moving_time: Option<Seconds>,
    /// Planned distance.
    pub distance: Option<Metres>,
    /// Planned load.
    pub icu_training_load: Option<Points>,
    /// Percent of threshold.
    pub icu_intensity: Option<Intensity>,
    /// `AUTO`, `POWER`, `HR` or `PACE`.
    pub target: Option<String>,
    /// Whether it is done indoors.
    pub indoor: Option<bool>,
    /// A name or a hex code.
    pub color: Option<String>,
    /// Tags.
    #[serde(deserialize_with = "lenient::words")]
    pub tags: Vec<String>,
    /// Whether the athlete does not see it yet.
    pub hide_from_athlete: Option<bool>,
    /// `NONE`, `COMMUTE`, `WARMUP`, `COOLDOWN` or `RACE`.
    pub sub_type: Option<String>,
    /// What the service read out of the text.
    #[serde(deserialize_with = "decode::part")]
    pub workout_doc: Option<PlannedDoc>,
}

impl LibraryWorkout {
    /// Its steps, where they could be read.
    pub fn doc(&self) -> Option<&WorkoutDoc> {
        self.workout_doc.as_ref().and_then(|doc| doc.as_ref().ok())
    }

    /// Planned time, where it is set.
    pub fn time(&self) -> Option<Seconds> {
        self.moving_time.filter(|time| time.0 > 0.0)
    }

    /// Planned distance, where it is set.
    pub fn far(&self) -> Option<Metres> {
        self.distance.filter(|distance| distance.0 > 0.0)
    }

    /// Planned load, where it is set.
    pub fn load(&self) -> Option<Points> {
        self.icu_training_load.filter(|load| load.0 > 0.0)
    }

    /// Percent of threshold, where it is set.
    pub fn intensity(&self) -> Option<Intensity> {
        self.icu_intensity.filter(|intensity| intensity.0 > 0.0)
    }
}

/// An athlete's workout library.
pub struct Library<'a>(&'a Athlete);

impl Athlete {
    /// The athlete's workout library.
    pub fn library(&self) -> Library<'_> {
        Library(self)
    }
}

impl Library<'_> {
    /// `GET /athlete/{id}/folders`: folders and plans, each with all its workouts. It is the only way to list those of
    /// one folder:
    /// `folders/{id}/workouts` can only be written.
    pub async fn folders(&self) -> Result<Vec<Folder>> {
        let folders: Vec<Folder> = self.0.client.list(&self.0.path(&["folders"]), ALL).await?;
        folders.iter().for_each(|folder| self.report(folder));
        Ok(folders)
    }

    /// `GET /athlete/{id}/folders`: the one of this id.
    pub async fn folder(&self, id: i64) -> Result<Option<Folder>> {
        let folder = self.0.client.find(&self.0.path(&["folders"]), &id.to_string()).await?;
        folder.iter().for_each(|folder| self.report(folder));
        Ok(folder)
    }

    fn report(&self, folder: &Folder) {
        self.0.client.report(&format!("folder {}", folder.id), &folder.children);
    }

    /// `POST /athlete/{id}/folders`: `copy_folder_id` copies one with its workouts. Folders do not nest.
    pub async fn create_folder(&self, fields: JsonMap) -> Result<Folder> {
        self.0.client.post(&self.0.path(&["folders"]), ALL, Body::Json(fields.into())).await
    }

    /// `PUT /athlete/{id}/folders/{folderId}`: changes the given fields.
    pub async fn update_folder(&self, id: i64, fields: JsonMap) -> Result<Folder> {
        self.0.client.put(&self.0.path(&["folders", &id.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{id}/folders/{folderId}`: with its workouts. It answers 200 for ids that do not exist. What was
    /// applied to
    /// the calendar stays there.
    pub async fn delete_folder(&self, id: i64) -> Result<()> {
        self.0.client.delete::<Value>(&self.0.path(&["folders", &id.to_string()]), ALL).await.map(|_| ())
    }

    /// `GET /athlete/{id}/workouts/{workoutId}`
    pub async fn workout(&self, id: i64) -> Result<LibraryWorkout> {
        self.0.client.get(&self.0.path(&["workouts", &id.to_string()]), ALL).await
    }

    /// `POST /athlete/{id}/workouts`: `folder_id` and `type` are required. Where the text has steps, time, distance and
    /// load come
    /// from them, whatever is sent.
    pub async fn create_workout(&self, fields: JsonMap) -> Result<LibraryWorkout> {
        self.0.client.post(&self.0.path(&["workouts"]), ALL, Body::Json(fields.into())).await
    }

    /// `POST /athlete/{id}/workouts/bulk`
    pub async fn create_workouts(&self, workouts: Vec<JsonMap>) -> Result<Vec<LibraryWorkout>> {
        let body = workouts.into_iter().map(Value::Object).collect();
        self.0.client.post_list(&self.0.path(&["workouts", "bulk"]), ALL, Body::Json(body)).await
    }

    /// `PUT /athlete/{id}/workouts/{workoutId}`: changes the given fields; a list of tags replaces the old one.
    pub async fn update_workout(&self, id: i64, fields: JsonMap) -> Result<LibraryWorkout> {
        self.0.client.put(&self.0.path(&["workouts", &id.to_string()]), ALL, Body::Json(fields.into())).await
    }

    /// `DELETE /athlete/{id}/workouts/{workoutId}`: on a plan with `others` also those that were added at the same
    /// time. The ids of
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

    /// `POST /athlete/{id}/download-workout{ext}`: makes a file of a workout, with the athlete's thresholds. `kind` is
    /// `zwo`,
    /// `mrc`, `erg` or `fit`. The workout goes as the service gave it: it cannot be named by its id here.
    pub async fn convert(&self, mut workout: JsonMap, kind: &str) -> Result<Reply> {
        workout.retain(|_, value| !value.is_null());
        let path = format!("download-workout.{kind}");
        self.0.client.convert(&self.0.path(&[&path]), ALL, Body::Json(workout.into())).await
    }

    /// `PUT /athlete/{id}/apply-plan-changes`: brings the athlete's calendar, from today on, in line with the plan they
    /// follow.
    pub async fn apply_plan_changes(&self) -> Result<()> {
        self.0.client.put::<Value>(&self.0.path(&["apply-plan-changes"]), ALL, Body::None).await.map(|_| ())
    }
}
