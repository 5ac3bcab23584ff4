//! A folder of the workout library, or a training plan, with the workouts in it.
use intervals_client::{Owner, Records, Text, Unread, lenient, units::Count};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::{
    Bounded, Day, NonEmpty, Vocabulary, Word, completed,
    read::{day, positive, some_text},
    workout,
};

/// What may be changed.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// Title.
    #[schemars(example = &"Half distance")]
    pub name: Option<NonEmpty>,
    /// "" clears.
    #[schemars(example = &"Eight weeks")]
    pub description: Option<String>,
    /// First day of a plan, YYYY-MM-DD.
    #[serde(rename(serialize = "start_date_local"), alias = "start_date_local", serialize_with = "midnight")]
    #[schemars(example = &"2026-07-13")]
    pub start_date: Option<Day>,
    /// Weeks ahead that a plan shows.
    #[schemars(example = 2)]
    pub rollout_weeks: Option<Bounded<0, 520>>,
}

/// What a new one may be given; what it is cannot be changed later.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFolder {
    /// Title.
    #[schemars(example = &"Winter base")]
    pub name: NonEmpty,
    /// FOLDER (default) or PLAN.
    #[serde(rename(serialize = "type"), alias = "type")]
    #[schemars(example = &"PLAN")]
    pub folder_type: Option<Word<Kinds>>,
    /// Markdown.
    #[schemars(example = &"Long and easy")]
    pub description: Option<String>,
    /// Starts as a copy of it.
    #[schemars(example = 61_010)]
    pub copy_folder_id: Option<i64>,
    #[serde(skip_serializing, alias = "start_date_local")]
    #[schemars(extend("hidden" = true))]
    pub start_date: Option<Value>,
    #[serde(skip_serializing)]
    #[schemars(extend("hidden" = true))]
    pub rollout_weeks: Option<Value>,
}

/// What a folder may be.
#[derive(Debug)]
pub struct Kinds;

impl Vocabulary for Kinds {
    const WORDS: &'static [&'static str] = &["FOLDER", "PLAN"];
}

// One line of a list of folders. What is as usual goes without saying.
#[derive(Debug, Clone, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, remote = "Self")]
#[schemars(!default)]
pub struct Row {
    #[serde(deserialize_with = "lenient::whole")]
    pub id: i64,
    #[serde(deserialize_with = "owner")]
    pub owner: Option<Owner>,
    /// FOLDER or PLAN.
    pub r#type: Option<String>,
    pub name: Option<Text>,
    #[serde(skip_deserializing)]
    pub workouts: usize,
    /// Whether the athlete follows it.
    #[serde(skip_deserializing)]
    pub current: Option<bool>,
    #[serde(rename(deserialize = "start_date_local"), deserialize_with = "day")]
    pub start: Option<String>,
    #[serde(rename(deserialize = "duration_weeks"), deserialize_with = "positive")]
    pub weeks: Option<Count>,
    /// From the easiest week to the hardest.
    #[serde(skip_deserializing)]
    pub hours_per_week: Option<String>,
    #[serde(deserialize_with = "positive")]
    pub rollout_weeks: Option<Count>,
    /// Only when it is PUBLIC.
    #[serde(deserialize_with = "public")]
    pub visibility: Option<String>,
    /// With how many athletes.
    #[serde(rename(deserialize = "sharedWithCount"), deserialize_with = "positive")]
    pub shared_with: Option<Count>,
    #[serde(rename(deserialize = "canEdit"), deserialize_with = "is_false")]
    pub read_only: Option<bool>,
    #[serde(deserialize_with = "some_text")]
    pub description: Option<Text>,
    #[serde(skip_serializing)]
    #[schemars(skip)]
    pub children: Records<workout::Row>,
    #[serde(skip_serializing)]
    num_workouts: Option<Count>,
    #[serde(skip_serializing)]
    hours_per_week_min: Option<Count>,
    #[serde(skip_serializing)]
    hours_per_week_max: Option<Count>,
}

completed!(Row);

impl Unread for Row {
    fn unread(&self) -> Option<String> {
        self.children.unread(&format!("folder {}", self.id))
    }
}

impl Row {
    fn completed(self) -> Self {
        let bounds = [self.hours_per_week_min, self.hours_per_week_max].map(|hours| hours.map(|hours| hours.0));
        let hours_per_week = match bounds {
            [Some(least), Some(most)] if least != most => Some(format!("{least}-{most}")),
            [least, most] => most.or(least).filter(|hours| *hours > 0.0).map(|hours| hours.to_string()),
        };
        // Of its two ways to say how many workouts it holds the greater one counts.
        let children = self.children.good.len() + self.children.bad.len();
        Self {
            // A folder that the reader cannot change belongs to another athlete.
            owner: if self.read_only == Some(true) { Some(Owner(None)) } else { self.owner },
            workouts: children.max(self.num_workouts.map_or(0, |count| count.0 as usize)),
            hours_per_week,
            ..self
        }
    }

    /// Whether it is a training plan, in which workouts have days.
    pub fn is_plan(&self) -> bool {
        self.r#type.as_deref() == Some("PLAN")
    }
}

/// The id of the athlete, of whom the service writes more.
fn owner<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Owner>, D::Error> {
    let owner = Option::<Value>::deserialize(deserializer)?;
    Ok(owner.and_then(|owner| Some(Owner(Some(owner.get("id")?.as_str()?.to_owned())))))
}

fn public<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|visibility| visibility == "PUBLIC"))
}

fn is_false<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(Option::<bool>::deserialize(deserializer)?.filter(|flag| !flag).map(|_| true))
}

fn midnight<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| format!("{day}T00:00:00")).serialize(serializer)
}
