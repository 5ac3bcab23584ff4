//! The calendar: planned workouts, races, notes, targets.
use intervals_core::{client::AthleteProfile, records::event::Full};
use serde::Serialize;

use crate::{
    dates::Span,
    hit::{Hit, calendar_page, quoted, title},
    id::Id,
    words::{of_sport, words},
};

/// `own` is the id of the reader.
pub fn hit(e: &Full, own: Option<&str>) -> Hit {
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
    let name = quoted(e.name.as_deref(), e.is_by_others(own));
    Hit {
        title: title(&[&date, &kind, sport], name, e.duration_s, e.load),
        url: calendar_page(e.day()),
        id: Id::Event(e.id),
        days,
        name: e.name.clone().unwrap_or_default().into_string(),
        tags: e.tags.iter().map(|tag| tag.to_string()).collect(),
        about,
        text: e.description.clone().unwrap_or_default().into_string(),
        is_frame: !e.is("WORKOUT") && !e.is_race(),
        planned_as: None,
    }
}

/// The whole record as the other tools show it.
#[derive(Serialize)]
pub struct Record {
    #[serde(flatten)]
    full: Full,
    note: Option<String>,
}

impl Record {
    /// `own` is the record of the key's owner, who reads it.
    pub fn of(mut full: Full, own: Option<&AthleteProfile>) -> Self {
        let pace_units = own.zip(full.sport.as_ref()).and_then(|(own, sport)| own.pace_units(sport));
        full.steps = full.planned_steps(pace_units);
        let unread = full.planned_doc().and_then(|doc| doc.as_ref().err());
        Self { note: unread.map(|error| format!("the planned steps could not be read: {error}")), full }
    }
}
