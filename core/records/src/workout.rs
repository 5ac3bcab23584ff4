//! A workout of the library: its text, and what the service read out of it.
use intervals_client::{
    Owner, PlannedDoc, Text, decode, lenient,
    units::{Count, Intensity, Metres, Points, Seconds},
};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    Bounded, BoundedDecimal, NonEmpty, Required, SportName, Tags, Vocabulary, Word, completed,
    read::{chosen, only_true, positive, some_string, some_text, texts},
    structure::{Step, steps},
};

/// What may be written. The aliases are the service's names, as items of a bulk write may have them.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Title.
    #[schemars(example = &"Sweet spot 4x10")]
    pub name: Option<NonEmpty>,
    /// Its steps as text, replaced whole.
    #[schemars(example = &"4x\n- 10m 90%\n- 5m 50%",
        extend("new" = {"description": "See resource intervals-icu://workout-syntax."}))]
    pub description: Option<String>,
    /// Sport, such as Ride or Run.
    #[serde(rename(serialize = "type"), alias = "type", alias = "event_type")]
    #[schemars(example = &"Ride")]
    pub workout_type: Option<SportName>,
    /// Moves it there.
    #[schemars(example = 61_010, extend("new" = {"description": "Folder or plan, from icu_get_workout_library."}))]
    pub folder_id: Option<i64>,
    /// Day of a plan, from 0.
    #[schemars(example = 9)]
    pub day: Option<Bounded<0, 3650>>,
    /// For a workout without steps.
    #[serde(rename(serialize = "moving_time"), alias = "moving_time")]
    #[schemars(example = 3600)]
    pub duration_seconds: Option<Bounded<0, 604_800>>,
    /// Likewise.
    #[serde(rename(serialize = "distance"), alias = "distance")]
    #[schemars(example = 30_000.0)]
    pub distance_meters: Option<BoundedDecimal<0, 5_000_000>>,
    /// Likewise; TSS.
    #[serde(rename(serialize = "icu_training_load"), alias = "icu_training_load")]
    #[schemars(example = 70)]
    pub training_load: Option<Bounded<0, 3000>>,
    /// AUTO, POWER, HR or PACE.
    #[schemars(example = &"AUTO")]
    pub target: Option<Word<Targets>>,
    /// Done indoors.
    #[schemars(example = false)]
    pub indoor: Option<bool>,
    /// Name or hex.
    #[schemars(example = &"blue")]
    pub color: Option<String>,
    /// Replaces all tags.
    #[schemars(example = ["sweetspot", "base"], extend("new" = {"description": "Labels."}))]
    pub tags: Option<Tags>,
    #[schemars(extend("hidden" = true))]
    pub days: Option<f64>,
    #[schemars(extend("hidden" = true))]
    pub for_week: Option<bool>,
    #[schemars(extend("hidden" = true))]
    pub hide_from_athlete: Option<bool>,
    #[schemars(extend("hidden" = true))]
    pub sub_type: Option<String>,
    #[schemars(extend("hidden" = true))]
    pub time: Option<String>,
    #[schemars(extend("hidden" = true))]
    pub carbs_per_hour: Option<f64>,
    #[schemars(extend("hidden" = true))]
    pub icu_intensity: Option<f64>,
    #[schemars(extend("hidden" = true))]
    pub joules: Option<f64>,
    #[schemars(extend("hidden" = true))]
    pub joules_above_ftp: Option<f64>,
    #[schemars(extend("hidden" = true))]
    pub targets: Option<Vec<String>>,
    #[schemars(extend("hidden" = true))]
    pub filename: Option<String>,
    #[schemars(extend("hidden" = true))]
    pub file_contents: Option<String>,
    #[schemars(extend("hidden" = true))]
    pub file_contents_base64: Option<String>,
}

impl Required for Fields {
    fn required(&self) -> Vec<(&'static str, bool)> {
        vec![
            ("folder_id", self.folder_id.is_some()),
            ("name", self.name.is_some()),
            ("workout_type", self.workout_type.is_some()),
        ]
    }
}

/// What the steps aim at.
#[derive(Debug)]
pub struct Targets;

impl Vocabulary for Targets {
    const WORDS: &'static [&'static str] = &["AUTO", "POWER", "HR", "PACE"];
}

// One line of a list of workouts. Numbers that are not set come as 0.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Row {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(rename(deserialize = "athlete_id"))]
    pub owner: Option<Owner>,
    /// Week and day of a plan, both from 1.
    #[serde(skip_deserializing)]
    pub week_day: Option<String>,
    /// Day of a plan, from 0.
    pub day: Option<Count>,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<String>,
    #[serde(rename(deserialize = "moving_time"), deserialize_with = "positive")]
    pub duration_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "icu_training_load"), deserialize_with = "positive")]
    pub load: Option<Points>,
    #[serde(rename(deserialize = "icu_intensity"), deserialize_with = "positive")]
    pub intensity_pct: Option<Intensity>,
    #[serde(deserialize_with = "target")]
    pub target: Option<String>,
    #[serde(deserialize_with = "only_true")]
    pub indoor: Option<bool>,
    #[serde(rename(deserialize = "for_week"), deserialize_with = "only_true")]
    pub whole_week: Option<bool>,
    #[serde(rename(deserialize = "hide_from_athlete"), deserialize_with = "only_true")]
    pub hidden_from_athlete: Option<bool>,
    #[serde(deserialize_with = "texts")]
    pub tags: Vec<Text>,
    /// 0: prose only; absent when they could not be read.
    #[serde(skip_deserializing)]
    pub steps: Option<usize>,
    #[serde(deserialize_with = "some_text")]
    pub description: Option<Text>,
    #[serde(skip_serializing, deserialize_with = "decode::part")]
    #[schemars(skip)]
    workout_doc: Option<PlannedDoc>,
}

// A workout on its own, with its steps.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Full {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(rename(deserialize = "athlete_id"))]
    pub owner: Option<Owner>,
    pub folder_id: Option<Count>,
    pub name: Option<Text>,
    #[serde(rename(deserialize = "type"))]
    pub sport: Option<String>,
    /// Day of a plan, from 0.
    pub day: Option<Count>,
    #[serde(rename(deserialize = "moving_time"), deserialize_with = "positive")]
    pub duration_s: Option<Seconds>,
    #[serde(rename(deserialize = "distance"), deserialize_with = "positive")]
    pub distance_m: Option<Metres>,
    #[serde(rename(deserialize = "icu_training_load"), deserialize_with = "positive")]
    pub load: Option<Points>,
    #[serde(rename(deserialize = "icu_intensity"), deserialize_with = "positive")]
    pub intensity_pct: Option<Intensity>,
    #[serde(deserialize_with = "target")]
    pub target: Option<String>,
    #[serde(deserialize_with = "only_true")]
    pub indoor: Option<bool>,
    #[serde(rename(deserialize = "for_week"), deserialize_with = "only_true")]
    pub whole_week: Option<bool>,
    #[serde(rename(deserialize = "hide_from_athlete"), deserialize_with = "only_true")]
    pub hidden_from_athlete: Option<bool>,
    /// Such as RACE.
    #[serde(rename(deserialize = "sub_type"), deserialize_with = "chosen")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "some_string")]
    pub color: Option<String>,
    #[serde(deserialize_with = "texts")]
    pub tags: Vec<Text>,
    #[serde(deserialize_with = "some_text")]
    pub description: Option<Text>,
    /// As the service reads the description.
    #[serde(skip_deserializing)]
    pub steps: Vec<Step>,
    #[serde(skip_serializing, deserialize_with = "decode::part")]
    #[schemars(skip)]
    pub workout_doc: Option<PlannedDoc>,
}

completed!(Row, Full);

impl Row {
    fn completed(mut self) -> Self {
        let steps = match self.workout_doc.take() {
            None => Some(0),
            Some(doc) => doc.ok().map(|doc| steps(&doc, None).len()),
        };
        Self { steps, ..self }
    }

    /// The same as one of a plan or of a folder: in a folder workouts have no days.
    pub fn of_plan(self, plan: bool) -> Self {
        let day = self.day.filter(|_| plan);
        let week_day = day.map(|day| format!("{}/{}", (day.0 / 7.0).floor() + 1.0, day.0.rem_euclid(7.0) + 1.0));
        Self { day, week_day, ..self }
    }

    /// The day of a plan, from 0.
    pub fn day_of_plan(&self) -> i64 {
        self.day.map_or(0, |day| day.0 as i64)
    }
}

impl Full {
    fn completed(self) -> Self {
        let steps = self.workout_doc.as_ref().and_then(|doc| doc.as_ref().ok()).map(|doc| steps(doc, None));
        Self { steps: steps.unwrap_or_default(), ..self }
    }

    /// Why the steps could not be read.
    pub fn unread_steps(&self) -> Option<String> {
        let reason = self.workout_doc.as_ref()?.as_ref().err()?;
        Some(format!("the steps could not be read: {reason}"))
    }

    /// Leaves out the steps behind the first `most`, and says how many.
    pub fn cut_steps(&mut self, most: usize) -> Option<String> {
        let more = self.steps.len().checked_sub(most).filter(|more| *more > 0)?;
        self.steps.truncate(most);
        Some(format!("{more} more steps are left out"))
    }

    /// The same without a day of 0: in a folder that is no plan every workout has it, and nothing here tells which it is.
    pub fn without_first_day(self) -> Self {
        Self { day: self.day.filter(|day| day.0 > 0.0), ..self }
    }
}

/// The target, unless the service picks it.
fn target<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|target| target != "AUTO"))
}
