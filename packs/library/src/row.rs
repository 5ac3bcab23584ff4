//! A folder and a workout as answers show them.
use intervals_core::{
    JsonMap, Notes,
    client::{Folder, LibraryWorkout, Owner, Text},
    records::structure::{Step, steps},
    units::{Count, Intensity, Metres, Points, Seconds},
    workout::workout_doubts,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fields::overruled;

/// How many steps of a workout are shown.
const STEPS: usize = 100;

/// Whose texts those of a folder are, where that is known. One that cannot be changed is somebody else's, whoever made it.
pub fn owner_of(folder: &Folder) -> Option<Owner> {
    match (folder.can_edit, folder.owner_id()) {
        (Some(false), _) => Some(Owner(None)),
        (_, owner) => owner.map(|id| Owner(Some(id.to_owned()))),
    }
}

/// Whose texts those of a workout are, where that is known.
pub fn author_of(workout: &LibraryWorkout) -> Option<Owner> {
    workout.athlete_id.clone().map(|id| Owner(Some(id)))
}

// One line of a list of folders. What is as usual goes without saying.
#[derive(Serialize, JsonSchema)]
pub struct FolderRow {
    id: i64,
    owner: Option<Owner>,
    /// FOLDER or PLAN.
    r#type: Option<String>,
    name: Option<Text>,
    workouts: usize,
    /// Whether the athlete follows it.
    current: Option<bool>,
    start: Option<String>,
    weeks: Option<Count>,
    /// From the easiest week to the hardest.
    hours_per_week: Option<String>,
    rollout_weeks: Option<Count>,
    /// Only when it is PUBLIC.
    visibility: Option<String>,
    /// With how many athletes.
    shared_with: Option<Count>,
    read_only: Option<bool>,
    description: Option<Text>,
}

impl FolderRow {
    /// The same as one of many: what is no plan goes without its type.
    pub fn in_list(mut self) -> Self {
        self.r#type.take_if(|kind| kind == "FOLDER");
        self
    }

    /// `current` is the plan that the athlete follows.
    pub fn of(folder: &Folder, current: Option<i64>) -> Self {
        let bounds = [folder.hours_per_week_min, folder.hours_per_week_max].map(|hours| hours.map(|hours| hours.0));
        let hours = match bounds {
            [Some(least), Some(most)] if least != most => Some(format!("{least}-{most}")),
            [least, most] => most.or(least).filter(|hours| *hours > 0.0).map(|hours| hours.to_string()),
        };
        let set = |count: Option<Count>| count.filter(|count| count.0 > 0.0);
        Self {
            id: folder.id,
            owner: owner_of(folder),
            r#type: folder.kind.clone(),
            name: folder.name.as_deref().map(Text::from),
            workouts: folder.size(),
            current: (current == Some(folder.id)).then_some(true),
            start: folder.start_date_local.as_deref().map(|start| start.get(..10).unwrap_or(start).to_owned()),
            weeks: set(folder.duration_weeks),
            hours_per_week: hours,
            rollout_weeks: set(folder.rollout_weeks),
            visibility: folder.visibility.clone().filter(|visibility| visibility == "PUBLIC"),
            shared_with: set(folder.shared_with_count),
            read_only: (folder.can_edit == Some(false)).then_some(true),
            description: text(folder.description.as_deref()).map(Text::from),
        }
    }
}

// One line of a list of workouts.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    id: i64,
    owner: Option<Owner>,
    /// Week and day of a plan, both from 1.
    week_day: Option<String>,
    /// Day of a plan, from 0.
    day: Option<Count>,
    name: Option<Text>,
    sport: Option<String>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    intensity_pct: Option<Intensity>,
    target: Option<String>,
    indoor: Option<bool>,
    whole_week: Option<bool>,
    hidden_from_athlete: Option<bool>,
    tags: Vec<Text>,
    /// 0: prose only; absent when they could not be read.
    steps: Option<usize>,
    description: Option<Text>,
}

impl Row {
    pub fn of(w: &LibraryWorkout, in_plan: bool) -> Self {
        let day = w.day.filter(|_| in_plan);
        Self {
            id: w.id,
            owner: author_of(w),
            week_day: day.map(|day| format!("{}/{}", (day.0 / 7.0).floor() + 1.0, day.0.rem_euclid(7.0) + 1.0)),
            day,
            name: w.name.as_deref().map(Text::from),
            sport: w.sport.clone(),
            duration_s: w.time(),
            distance_m: w.far(),
            load: w.load(),
            intensity_pct: w.intensity(),
            target: target(w),
            indoor: yes(w.indoor),
            whole_week: yes(w.for_week),
            hidden_from_athlete: yes(w.hide_from_athlete),
            tags: tags(w),
            steps: known_steps(w),
            description: text(w.description.as_deref()).map(Text::from),
        }
    }
}

// A workout on its own, with its steps.
#[derive(Serialize, JsonSchema)]
pub struct Whole {
    id: i64,
    owner: Option<Owner>,
    folder_id: Option<Count>,
    name: Option<Text>,
    sport: Option<String>,
    /// Day of a plan, from 0.
    day: Option<Count>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    intensity_pct: Option<Intensity>,
    target: Option<String>,
    indoor: Option<bool>,
    whole_week: Option<bool>,
    hidden_from_athlete: Option<bool>,
    /// Such as RACE.
    kind: Option<String>,
    color: Option<String>,
    tags: Vec<Text>,
    description: Option<Text>,
    /// As the service reads the description.
    steps: Vec<Step>,
}

impl Whole {
    pub fn of(w: &LibraryWorkout, notes: &Notes) -> Self {
        if let Some(Err(reason)) = &w.workout_doc {
            notes.add(format!("the steps could not be read: {reason}"));
        }
        Self::with(w, notes)
    }

    fn with(w: &LibraryWorkout, notes: &Notes) -> Self {
        let mut steps = planned(w);
        if steps.len() > STEPS {
            notes.add(format!("{} more steps are left out", steps.len() - STEPS));
            steps.truncate(STEPS);
        }
        Self {
            id: w.id,
            owner: author_of(w),
            folder_id: w.folder_id,
            name: w.name.as_deref().map(Text::from),
            sport: w.sport.clone(),
            // In a folder that is no plan every workout has day 0, and nothing here tells which it is.
            day: w.day.filter(|day| day.0 > 0.0),
            duration_s: w.time(),
            distance_m: w.far(),
            load: w.load(),
            intensity_pct: w.intensity(),
            target: target(w),
            indoor: yes(w.indoor),
            whole_week: yes(w.for_week),
            hidden_from_athlete: yes(w.hide_from_athlete),
            kind: w.sub_type.clone().filter(|kind| kind != "NONE"),
            color: text(w.color.as_deref()).map(Into::into),
            tags: tags(w),
            description: text(w.description.as_deref()).map(Text::from),
            steps,
        }
    }

    /// What a write of these fields answers: the caller knows the description, and is told what of it was not understood.
    pub fn written(w: &LibraryWorkout, sent: &JsonMap, notes: &Notes) -> Self {
        overruled(sent, w).into_iter().for_each(|doubt| notes.add(doubt));
        if sent.contains_key("description") || matches!(w.workout_doc, Some(Err(_))) {
            doubts(w).into_iter().for_each(|doubt| notes.add(doubt));
        }
        let whole = Self::with(w, notes);
        let day = if sent.contains_key("day") { w.day } else { whole.day };
        Self { description: None, day, ..whole }
    }
}

/// What the service did not understand of the workout's text.
pub fn doubts(w: &LibraryWorkout) -> Vec<String> {
    workout_doubts(w.description.as_deref().unwrap_or_default(), w.sport.as_deref(), w.workout_doc.as_ref())
}

/// The steps of a workout.
pub fn planned(w: &LibraryWorkout) -> Vec<Step> {
    w.doc().map(|doc| steps(doc, None)).unwrap_or_default()
}

/// How many there are; nothing when that is not known.
pub fn known_steps(w: &LibraryWorkout) -> Option<usize> {
    match &w.workout_doc {
        Some(Err(_)) => None,
        _ => Some(planned(w).len()),
    }
}

/// The target, unless the service picks it.
fn target(w: &LibraryWorkout) -> Option<String> {
    w.target.clone().filter(|target| target != "AUTO")
}

fn tags(w: &LibraryWorkout) -> Vec<Text> {
    w.tags.iter().map(|tag| tag.as_str().into()).collect()
}

fn text(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn yes(flag: Option<bool>) -> Option<bool> {
    flag.filter(|flag| *flag)
}
