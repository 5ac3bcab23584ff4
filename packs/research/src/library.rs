//! The workout library: folders, plans and the workouts in them.
use intervals_core::{
    client::{Creator, Owner, Text},
    records::{
        folder,
        workout::{self, Full},
    },
    units::{Count, Points, Seconds},
};
use serde::Serialize;

use crate::{
    hit::{Hit, home, quoted, title},
    id::Id,
    words::{of_sport, words},
};

/// How many steps of a workout, and workouts of a folder, are shown.
const STEPS: usize = 100;
const WORKOUTS: usize = 100;

/// Whether it is known to be somebody else's than the reader's, whose id is `own`.
pub fn is_of_others(owner: Option<&Owner>, own: Option<&str>) -> bool {
    owner.is_some_and(|Owner(id)| id.is_none() || id.as_deref() != own)
}

/// A folder and the workouts in it.
pub fn hits(folder: &folder::Row, own: Option<&str>) -> Vec<Hit> {
    let of_others = is_of_others(folder.owner.as_ref(), own);
    let workouts = folder.children.good.iter().map(|w| {
        let by_others = of_others || is_of_others(w.owner.as_ref(), own);
        let mut hit = found(w.id, (&w.name, &w.description, &w.tags), &w.sport, w.duration_s, w.load, by_others);
        // Who looks for a folder's name may mean what is in it.
        hit.text.extend([" ", folder.name.as_deref().unwrap_or_default()]);
        hit
    });
    [folder_hit(folder, of_others)].into_iter().chain(workouts).collect()
}

pub fn folder_hit(folder: &folder::Row, by_others: bool) -> Hit {
    let kind = if folder.is_plan() { "training plan" } else { "library folder" };
    let mut about: Vec<_> = words(kind).collect();
    about.push("library".into());
    Hit {
        title: format!(
            "{} ({} workouts)",
            title(&[kind], quoted(folder.name.as_deref(), by_others), None, None),
            folder.workouts
        ),
        url: home(),
        id: Id::Folder(folder.id),
        days: None,
        name: folder.name.clone().unwrap_or_default().into_string(),
        tags: vec![],
        about,
        text: folder.description.clone().unwrap_or_default().into_string(),
        is_frame: false,
        planned_as: None,
    }
}

pub fn workout_hit(w: &Full, by_others: bool) -> Hit {
    found(w.id, (&w.name, &w.description, &w.tags), &w.sport, w.duration_s, w.load, by_others)
}

/// A workout, of a list or on its own, by its name, description and tags.
fn found(
    id: i64,
    (name, description, tags): (&Option<Text>, &Option<Text>, &[Text]),
    sport: &Option<String>,
    time: Option<Seconds>,
    load: Option<Points>,
    by_others: bool,
) -> Hit {
    let sport = sport.as_deref().unwrap_or_default();
    let mut about = of_sport(sport);
    about.extend(["workout", "library", "template"].map(Into::into));
    Hit {
        title: title(&["library workout", sport], quoted(name.as_deref(), by_others), time, load),
        url: home(),
        id: Id::Workout(id),
        days: None,
        name: name.clone().unwrap_or_default().into_string(),
        tags: tags.iter().cloned().map(Text::into_string).collect(),
        about,
        text: description.clone().unwrap_or_default().into_string(),
        is_frame: false,
        planned_as: None,
    }
}

/// Marks texts as written by others. Without the mark they count as the reader's.
fn author(by_others: bool) -> Option<Creator> {
    by_others.then(Creator::default)
}

/// A workout as the other tools show it, with the id of its folder as it is fetched.
#[derive(Serialize)]
pub struct Workout {
    folder: Option<String>,
    #[serde(flatten)]
    full: Full,
    note: Option<String>,
    author: Option<Creator>,
}

impl Workout {
    pub fn of(workout: Full, by_others: bool) -> Self {
        let mut full = Full { owner: None, ..workout.without_first_day() };
        let more = full.cut_steps(STEPS);
        Self {
            note: full.unread_steps().or(more),
            folder: full.folder_id.take().map(|id| Id::Folder(id.0 as i64).to_string()),
            author: author(by_others),
            full,
        }
    }
}

/// A folder or a plan with its workouts.
#[derive(Serialize)]
pub struct Whole {
    #[serde(flatten)]
    folder: folder::Row,
    items: Vec<Line>,
    note: Option<String>,
    author: Option<Creator>,
}

#[derive(Serialize)]
struct Line {
    /// As it is fetched.
    id: String,
    /// Of a plan, from 0.
    day: Option<Count>,
    name: Option<Text>,
    sport: Option<String>,
    duration_s: Option<Seconds>,
    load: Option<Points>,
    author: Option<Creator>,
}

impl Whole {
    /// `own` is the id of the reader.
    pub fn of(mut folder: folder::Row, own: Option<&str>) -> Self {
        let (plan, others) = (folder.is_plan(), is_of_others(folder.owner.as_ref(), own));
        let line = |workout: workout::Row| {
            let workout::Row { id, owner, day, name, sport, duration_s, load, .. } = workout.of_plan(plan);
            let author = author(others || is_of_others(owner.as_ref(), own));
            Line { id: Id::Workout(id).to_string(), day, name, sport, duration_s, load, author }
        };
        let mut workouts = std::mem::take(&mut folder.children.good);
        if plan {
            workouts.sort_by_key(workout::Row::day_of_plan);
        }
        let items: Vec<_> = workouts.into_iter().take(WORKOUTS).map(line).collect();
        folder.owner = None;
        Self {
            note: (items.len() < folder.workouts)
                .then(|| format!("{} of {} workouts are shown", items.len(), folder.workouts)),
            author: author(others),
            folder,
            items,
        }
    }
}
