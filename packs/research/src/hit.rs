//! Something that can be found: what it is called, where it stands, and what it is compared by.
use intervals_core::{
    client::text::{clean, truncate},
    units::{Points, Seconds},
};
use jiff::civil::Date;

use crate::{
    dates::{self, Span},
    id::Id,
};

/// Where people read it; never the address that the server asks, which may be another.
const SITE: &str = "https://intervals.icu";

/// How long a name may be in a title.
const NAME: usize = 100;

/// A record as it is found.
pub struct Hit {
    pub id: Id,
    pub title: String,
    pub url: String,
    /// The days that it covers; a workout of the library has none.
    pub days: Option<Span>,
    pub name: String,
    pub tags: Vec<String>,
    /// What it is: its kind, its type, what is in it.
    pub about: Vec<String>,
    /// Its text.
    pub text: String,
    /// Whether it is on the calendar and neither trained nor raced: a phase, a target, a note.
    pub is_frame: bool,
    /// The event that it was planned as.
    pub planned_as: Option<i64>,
}

/// The page of an activity.
pub fn activity_page(id: &str) -> String {
    format!("{SITE}/activities/{id}")
}

/// The calendar at the week of a day: events and wellness have no page of their own.
pub fn calendar_page(day: Option<Date>) -> String {
    day.map_or_else(home, |day| format!("{SITE}/?w={}", dates::monday(day)))
}

/// The calendar, beside which the library opens.
pub fn home() -> String {
    format!("{SITE}/")
}

/// A name as a part of a title: in one line and not too long.
pub fn named(name: Option<&str>) -> Option<String> {
    let line = clean(name?).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| truncate(&line, NAME))
}

/// The same; a name that somebody else gave stands in quotes and says so.
pub fn quoted(name: Option<&str>, by_others: bool) -> Option<String> {
    let name = named(name)?;
    Some(if by_others { format!("\"{}\" by others", name.replace('"', "'")) } else { name })
}

/// What something is, its name, and how long and how hard it is: `2026-07-05 Ride: Lake (1:30:00, load 78)`.
pub fn title(what: &[&str], name: Option<String>, time: Option<Seconds>, load: Option<Points>) -> String {
    let what: Vec<_> = what.iter().copied().filter(|part| !part.is_empty()).collect();
    let time = time.filter(|time| time.0 > 0.0).map(|time| clock(time.0));
    let load = load.filter(|load| load.0 > 0.0).map(|load| format!("load {}", load.0.round()));
    let figures: Vec<_> = [time, load].into_iter().flatten().collect();
    let name = name.map(|name| format!(": {name}")).unwrap_or_default();
    let figures = if figures.is_empty() { String::new() } else { format!(" ({})", figures.join(", ")) };
    format!("{}{name}{figures}", what.join(" "))
}

/// h:mm:ss.
pub fn clock(seconds: f64) -> String {
    let s = seconds.round() as i64;
    format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}
