//! The workout library: folders, plans and the workouts in them.
use intervals_core::{
    client::{Creator, Folder, LibraryWorkout, Text},
    records::structure::{Step, steps},
    units::{Count, Intensity, Metres, Points, Seconds},
};
use serde::Serialize;

use crate::{
    hit::{Hit, home, named, quoted, title},
    id::Id,
    words::{of_sport, words},
};

/// How many steps of a workout, and workouts of a folder, are shown.
const STEPS: usize = 100;
const WORKOUTS: usize = 100;

/// Whether somebody else than the reader, whose id is `own`, wrote a folder and what is in it.
pub fn is_of_others(folder: &Folder, own: Option<&str>) -> bool {
    folder.can_edit == Some(false) || folder.owner_id().is_some_and(|owner| own != Some(owner))
}

/// The same of a workout.
pub fn was_written_by_others(w: &LibraryWorkout, own: Option<&str>) -> bool {
    w.athlete_id.as_deref().is_some_and(|athlete| own != Some(athlete))
}

/// A folder and the workouts in it.
pub fn hits(folder: &Folder, own: Option<&str>) -> Vec<Hit> {
    let of_others = is_of_others(folder, own);
    let workouts = folder.children.good.iter().map(|w| {
        let mut hit = workout_hit(w, of_others || was_written_by_others(w, own));
        // Who looks for a folder's name may mean what is in it.
        hit.text.extend([" ", folder.name.as_deref().unwrap_or_default()]);
        hit
    });
    [folder_hit(folder, of_others)].into_iter().chain(workouts).collect()
}

pub fn folder_hit(folder: &Folder, by_others: bool) -> Hit {
    let kind = if folder.is_plan() { "training plan" } else { "library folder" };
    let mut about: Vec<_> = words(kind).collect();
    about.push("library".into());
    Hit {
        title: format!(
            "{} ({} workouts)",
            title(&[kind], quoted(folder.name.as_deref(), by_others), None, None),
            folder.size()
        ),
        url: home(),
        id: Id::Folder(folder.id),
        days: None,
        name: folder.name.clone().unwrap_or_default(),
        tags: vec![],
        about,
        text: folder.description.clone().unwrap_or_default(),
        is_frame: false,
        planned_as: None,
    }
}

pub fn workout_hit(w: &LibraryWorkout, by_others: bool) -> Hit {
    let sport = w.sport.as_deref().unwrap_or_default();
    let mut about = of_sport(sport);
    about.extend(["workout", "library", "template"].map(Into::into));
    Hit {
        title: title(&["library workout", sport], quoted(w.name.as_deref(), by_others), w.time(), w.load()),
        url: home(),
        id: Id::Workout(w.id),
        days: None,
        name: w.name.clone().unwrap_or_default(),
        tags: w.tags.clone(),
        about,
        text: w.description.clone().unwrap_or_default(),
        is_frame: false,
        planned_as: None,
    }
}

/// Somebody else, or nobody in particular: then it is the own account's.
fn author(by_others: bool) -> Option<Creator> {
    by_others.then(Creator::default)
}

fn text(text: Option<impl Into<Text>>) -> Option<Text> {
    text.map(Into::into).and_then(Text::non_empty)
}

/// A workout, under the names that the other tools use.
#[derive(Serialize)]
pub struct Workout {
    id: i64,
    /// As it is fetched.
    folder: Option<String>,
    name: Option<Text>,
    sport: Option<String>,
    day: Option<Count>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    intensity_pct: Option<Intensity>,
    target: Option<String>,
    indoor: Option<bool>,
    whole_week: Option<bool>,
    kind: Option<String>,
    tags: Vec<Text>,
    description: Option<Text>,
    steps: Vec<Step>,
    note: Option<String>,
    author: Option<Creator>,
}

impl Workout {
    pub fn of(w: LibraryWorkout, by_others: bool) -> Self {
        let mut planned = w.doc().map(|doc| steps(doc, None)).unwrap_or_default();
        let unread = w.workout_doc.as_ref().and_then(|doc| doc.as_ref().err());
        let unread = unread.map(|error| format!("the steps could not be read: {error}"));
        let more = planned.len().checked_sub(STEPS).filter(|more| *more > 0);
        planned.truncate(STEPS);
        let (duration_s, distance_m, load, intensity_pct) = (w.time(), w.far(), w.load(), w.intensity());
        Self {
            note: unread.or(more.map(|more| format!("{more} more steps are left out"))),
            id: w.id,
            folder: w.folder_id.map(|id| Id::Folder(id.0 as i64).to_string()),
            name: text(w.name),
            sport: w.sport,
            // In a folder that is no plan every workout has day 0.
            day: w.day.filter(|day| day.0 > 0.0),
            duration_s,
            distance_m,
            load,
            intensity_pct,
            target: w.target.filter(|target| target != "AUTO"),
            indoor: w.indoor.filter(|indoor| *indoor),
            whole_week: w.for_week.filter(|week| *week),
            kind: w.sub_type.filter(|kind| kind != "NONE"),
            tags: w.tags.into_iter().map(Text::from).collect(),
            description: text(w.description),
            steps: planned,
            author: author(by_others),
        }
    }
}

/// A folder or a plan with its workouts.
#[derive(Serialize)]
pub struct Whole {
    id: i64,
    r#type: Option<String>,
    name: Option<Text>,
    start: Option<String>,
    weeks: Option<Count>,
    description: Option<Text>,
    workouts: Vec<Line>,
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
    pub fn of(folder: Folder, own: Option<&str>) -> Self {
        let (plan, others, size) = (folder.is_plan(), is_of_others(&folder, own), folder.size());
        let line = |w: &LibraryWorkout| Line {
            id: Id::Workout(w.id).to_string(),
            day: w.day.filter(|_| plan),
            name: text(named(w.name.as_deref())),
            sport: w.sport.clone(),
            duration_s: w.time(),
            load: w.load(),
            author: author(others || was_written_by_others(w, own)),
        };
        let mut workouts = folder.children.good;
        if plan {
            workouts.sort_by_key(|w| w.day.map_or(0, |day| day.0 as i64));
        }
        let lines: Vec<_> = workouts.iter().take(WORKOUTS).map(line).collect();
        Self {
            note: (lines.len() < size).then(|| format!("{} of {size} workouts are shown", lines.len())),
            id: folder.id,
            r#type: folder.kind,
            name: text(folder.name),
            start: folder.start_date_local.map(|start| start.trim_end_matches("T00:00:00").to_owned()),
            weeks: folder.duration_weeks.filter(|weeks| weeks.0 > 0.0),
            description: text(folder.description),
            workouts: lines,
            author: author(others),
        }
    }
}
