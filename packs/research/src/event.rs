//! The calendar: planned workouts, races, notes, targets.
use intervals_core::{
    client::{AthleteProfile, Creator, Event, Text},
    records::structure::{self, Step},
    units::{Count, Intensity, Joules, Metres, Points, Seconds, Watts},
};
use serde::Serialize;

use crate::{
    dates::Span,
    hit::{Hit, calendar_page, quoted, title},
    id::Id,
    words::{of_sport, words},
};

/// `own` is the id of the reader.
pub fn hit(e: &Event, own: Option<&str>) -> Hit {
    let days = e.day().map(|first| Span { first, last: e.last_day().unwrap_or(first) });
    let date = match days {
        Some(Span { first, last }) if first == last => first.to_string(),
        Some(Span { first, last }) => format!("{first} to {last}"),
        None => String::new(),
    };
    let category = e.category.as_deref().unwrap_or("event");
    let kind = match category {
        "WORKOUT" => "planned".to_owned(),
        category => category.to_lowercase().replace('_', " "),
    };
    let sport = e.sport.as_deref().unwrap_or_default();
    let mut about = of_sport(sport);
    // The letter of a race is too short a word to mean it.
    about.extend(words(category).filter(|word| word.len() > 1));
    about.push(category.to_lowercase());
    about.extend(["event", "calendar"].map(Into::into));
    if e.is("WORKOUT") {
        about.push("planned".into());
    }
    let name = quoted(e.name.as_deref(), written_by_others(e, own));
    Hit {
        title: title(&[&date, &kind, sport], name, e.moving_time, e.icu_training_load),
        url: calendar_page(e.day()),
        id: Id::Event(e.id),
        days,
        name: e.name.clone().unwrap_or_default().into_string(),
        tags: e.tags.iter().map(|tag| tag.to_string()).collect(),
        about,
        text: e.description.clone().unwrap_or_default().into_string(),
        is_frame: category != "WORKOUT" && !category.starts_with("RACE_"),
        planned_as: None,
    }
}

/// The whole record, under the names that the other tools use.
#[derive(Serialize)]
pub struct Record {
    id: i64,
    date: Option<String>,
    until: Option<String>,
    category: Option<String>,
    sport: Option<String>,
    sub_type: Option<String>,
    name: Option<Text>,
    for_week: Option<bool>,
    indoor: Option<bool>,
    duration_s: Option<Seconds>,
    distance_m: Option<Metres>,
    load: Option<Points>,
    intensity_pct: Option<Intensity>,
    work_j: Option<Joules>,
    target: Option<String>,
    load_target: Option<Points>,
    time_target_s: Option<Seconds>,
    distance_target_m: Option<Metres>,
    carbs_per_hour_g: Option<Count>,
    tags: Vec<Text>,
    training_availability: Option<String>,
    max_training_time_s: Option<Seconds>,
    can_train_sports: Vec<String>,
    ctl: Option<Points>,
    atl: Option<Points>,
    ftp_w: Option<Watts>,
    ctl_days: Option<Count>,
    atl_days: Option<Count>,
    hide_from_athlete: Option<bool>,
    athlete_cannot_edit: Option<bool>,
    plan_applied: Option<String>,
    description: Option<Text>,
    steps: Vec<Step>,
    note: Option<String>,
    author: Creator,
}

impl Record {
    /// `own` is the record of the key's owner, who reads it.
    pub fn of(e: Event, own: Option<&AthleteProfile>) -> Self {
        let said = |flag: Option<bool>| flag.filter(|flag| *flag);
        let settings = own.and_then(|own| {
            own.sport_settings.iter().find(|s| e.sport.as_ref().is_some_and(|sport| s.types.contains(sport)))
        });
        let pace_units = settings.and_then(|settings| settings.pace_units.as_deref());
        let steps = e.doc().map(|doc| structure::steps(doc, pace_units)).unwrap_or_default();
        let author = e.author();
        let unread = e.workout_doc.as_ref().and_then(|doc| doc.as_ref().err());
        let until = e.last_day().filter(|last| Some(*last) != e.day()).map(|last| last.to_string());
        let start = e.start_date_local.map(|start| start.trim_end_matches("T00:00:00").to_owned());
        Self {
            note: unread.map(|error| format!("the planned steps could not be read: {error}")),
            id: e.id,
            date: start,
            until,
            category: e.category,
            sport: e.sport,
            sub_type: e.sub_type.filter(|word| word != "NONE"),
            name: e.name.and_then(Text::non_empty),
            for_week: said(e.for_week),
            indoor: said(e.indoor),
            duration_s: e.moving_time,
            distance_m: e.distance,
            load: e.icu_training_load,
            intensity_pct: e.icu_intensity,
            work_j: e.joules,
            target: e.target.filter(|word| word != "AUTO"),
            load_target: e.load_target,
            time_target_s: e.time_target,
            distance_target_m: e.distance_target,
            carbs_per_hour_g: e.carbs_per_hour,
            tags: e.tags,
            training_availability: e.training_availability,
            max_training_time_s: e.max_training_time,
            can_train_sports: e.can_train_sports,
            ctl: e.icu_ctl,
            atl: e.icu_atl,
            ftp_w: e.icu_ftp,
            ctl_days: e.ctl_days,
            atl_days: e.atl_days,
            hide_from_athlete: said(e.hide_from_athlete),
            athlete_cannot_edit: said(e.athlete_cannot_edit),
            plan_applied: e.plan_applied,
            description: e.description.and_then(Text::non_empty),
            steps,
            author,
        }
    }
}

/// Whether a coach or the author of a plan wrote it.
fn written_by_others(e: &Event, own: Option<&str>) -> bool {
    e.author().0.is_none_or(|author| own.or(e.athlete_id.as_deref()) != Some(&author))
}
