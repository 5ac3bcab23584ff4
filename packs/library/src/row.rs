//! A folder and a workout as answers show them.
use intervals_core::{
    Athlete, JsonMap, Notes,
    answer::ByOthers,
    client::{Folder, LibraryWorkout},
    records::structure::{Step, steps},
    text::truncate,
    units::{Count, Intensity, Metres, Points, Seconds},
    workout::workout_doubts,
};
use schemars::JsonSchema;
use serde::Serialize;

use crate::fields::overruled;

/// How long a free text may be in a list.
const TEXT: usize = 200;
/// How many steps of a workout are shown.
const STEPS: usize = 100;

/// Whoever reads the answer: the key's owner.
pub struct Reader(Option<String>);

impl Reader {
    pub async fn of(athlete: &Athlete) -> Self {
        Self(athlete.client().own().await.ok().map(|own| own.id.clone()))
    }

    /// Whether the texts of a folder are somebody else's.
    pub fn is_other_than(&self, folder: &Folder) -> bool {
        folder.can_edit == Some(false) || self.is_not(folder.owner_id())
    }

    /// Whether the texts of a workout are somebody else's.
    pub fn did_not_write(&self, workout: &LibraryWorkout) -> bool {
        self.is_not(workout.athlete_id.as_deref())
    }

    /// Whose account cannot be read is not known to be this one.
    fn is_not(&self, owner: Option<&str>) -> bool {
        owner.is_some_and(|owner| self.0.as_deref() != Some(owner))
    }
}

/// A text as the reader's own, or as somebody else's.
pub fn sorted(text: Option<String>, by_others: bool) -> (Option<String>, Option<ByOthers>) {
    if by_others { (None, text.map(ByOthers)) } else { (text, None) }
}

// One line of a list of folders. What is as usual goes without saying.
#[derive(Serialize, JsonSchema)]
pub struct FolderRow {
    id: i64,
    /// FOLDER or PLAN.
    r#type: Option<String>,
    name: Option<String>,
    name_by_others: Option<ByOthers>,
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
    description: Option<String>,
    description_by_others: Option<ByOthers>,
}

impl FolderRow {
    /// The same as one of many: what is no plan goes without its type.
    pub fn in_list(mut self) -> Self {
        self.r#type.take_if(|kind| kind == "FOLDER");
        self
    }

    /// `current` is the plan that the athlete follows; `others` tells of a field whether somebody else wrote it.
    pub fn of(folder: &Folder, current: Option<i64>, others: impl Fn(&str) -> bool) -> Self {
        let bounds = [folder.hours_per_week_min, folder.hours_per_week_max].map(|hours| hours.map(|hours| hours.0));
        let hours = match bounds {
            [Some(least), Some(most)] if least != most => Some(format!("{least}-{most}")),
            [least, most] => most.or(least).filter(|hours| *hours > 0.0).map(|hours| hours.to_string()),
        };
        let set = |count: Option<Count>| count.filter(|count| count.0 > 0.0);
        let (name, name_by_others) = sorted(folder.name.as_deref().map(|name| truncate(name, TEXT)), others("name"));
        let description = text(folder.description.as_deref()).map(|text| truncate(text, TEXT));
        let (description, description_by_others) = sorted(description, others("description"));
        Self {
            id: folder.id,
            r#type: folder.kind.clone(),
            name,
            name_by_others,
            workouts: folder.size(),
            current: (current == Some(folder.id)).then_some(true),
            start: folder.start_date_local.as_deref().map(|start| start.get(..10).unwrap_or(start).to_owned()),
            weeks: set(folder.duration_weeks),
            hours_per_week: hours,
            rollout_weeks: set(folder.rollout_weeks),
            visibility: folder.visibility.clone().filter(|visibility| visibility == "PUBLIC"),
            shared_with: set(folder.shared_with_count),
            read_only: (folder.can_edit == Some(false)).then_some(true),
            description,
            description_by_others,
        }
    }
}

// One line of a list of workouts.
#[derive(Serialize, JsonSchema)]
pub struct Row {
    id: i64,
    /// Week and day of a plan, both from 1.
    week_day: Option<String>,
    /// Day of a plan, from 0.
    day: Option<Count>,
    name: Option<String>,
    name_by_others: Option<ByOthers>,
    sport: Option<String>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    intensity_pct: Option<Intensity>,
    target: Option<String>,
    indoor: Option<bool>,
    whole_week: Option<bool>,
    hidden_from_athlete: Option<bool>,
    tags: Vec<String>,
    /// 0: prose only; absent when they could not be read.
    steps: Option<usize>,
    description: Option<String>,
    description_by_others: Option<ByOthers>,
}

impl Row {
    pub fn of(w: &LibraryWorkout, in_plan: bool, by_others: bool) -> Self {
        let day = w.day.filter(|_| in_plan);
        let (name, name_by_others) = sorted(w.name.as_deref().map(|name| truncate(name, TEXT)), by_others);
        let description = text(w.description.as_deref()).map(|text| truncate(text, TEXT));
        let (description, description_by_others) = sorted(description, by_others);
        Self {
            id: w.id,
            week_day: day.map(|day| format!("{}/{}", (day.0 / 7.0).floor() + 1.0, day.0.rem_euclid(7.0) + 1.0)),
            day,
            name,
            name_by_others,
            sport: w.sport.clone(),
            duration_s: w.time(),
            distance_m: w.far(),
            load: w.load(),
            intensity_pct: w.intensity(),
            target: target(w),
            indoor: yes(w.indoor),
            whole_week: yes(w.for_week),
            hidden_from_athlete: yes(w.hide_from_athlete),
            tags: w.tags.clone(),
            steps: known_steps(w),
            description,
            description_by_others,
        }
    }
}

// A workout on its own, with its steps.
#[derive(Serialize, JsonSchema)]
pub struct Whole {
    id: i64,
    folder_id: Option<Count>,
    name: Option<String>,
    name_by_others: Option<ByOthers>,
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
    tags: Vec<String>,
    description: Option<String>,
    description_by_others: Option<ByOthers>,
    /// As the service reads the description.
    steps: Vec<Step>,
}

impl Whole {
    pub fn of(w: &LibraryWorkout, reader: &Reader, notes: &Notes) -> Self {
        if let Some(Err(reason)) = &w.workout_doc {
            notes.add(format!("the steps could not be read: {reason}"));
        }
        Self::with(w, |_| reader.did_not_write(w), notes)
    }

    /// `others` tells of a field whether somebody else wrote it.
    fn with(w: &LibraryWorkout, others: impl Fn(&str) -> bool, notes: &Notes) -> Self {
        let mut steps = planned(w);
        if others("description") {
            // Their words stand in the description, where they are quoted.
            steps.iter_mut().for_each(|step| step.text = None);
        }
        let (name, name_by_others) = sorted(w.name.clone(), others("name"));
        let description = text(w.description.as_deref()).map(Into::into);
        let (description, description_by_others) = sorted(description, others("description"));
        if steps.len() > STEPS {
            notes.add(format!("{} more steps are left out", steps.len() - STEPS));
            steps.truncate(STEPS);
        }
        Self {
            id: w.id,
            folder_id: w.folder_id,
            name,
            name_by_others,
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
            tags: w.tags.clone(),
            description,
            description_by_others,
            steps,
        }
    }

    /// What a write of these fields answers: whoever wrote the text knows it, and is told what of it was not
    /// understood.
    pub fn written(w: &LibraryWorkout, sent: &JsonMap, reader: &Reader, notes: &Notes) -> Self {
        overruled(sent, w).into_iter().for_each(|doubt| notes.add(doubt));
        if sent.contains_key("description") || matches!(w.workout_doc, Some(Err(_))) {
            doubts(w).into_iter().for_each(|doubt| notes.add(doubt));
        }
        let others = reader.did_not_write(w);
        let whole = Self::with(w, |field| others && !sent.contains_key(field), notes);
        let day = if sent.contains_key("day") { w.day } else { whole.day };
        Self { description: None, description_by_others: None, day, ..whole }
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

fn text(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn yes(flag: Option<bool>) -> Option<bool> {
    flag.filter(|flag| *flag)
}
