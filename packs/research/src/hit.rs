//! Hits of a search: title, page, and the texts that a query is compared with.
use intervals_core::{
    client::text::{clean, truncate},
    units::{Points, Seconds},
};
use jiff::civil::Date;

use crate::{
    dates::{self, Span},
    id::Id,
};

/// The website for people, whatever address the API has.
const SITE: &str = "https://intervals.icu";

/// Maximum length of a name in a title.
const NAME: usize = 100;

/// A record that a search can find.
pub struct Hit {
    pub id: Id,
    pub title: String,
    pub url: String,
    /// The days it covers; `None` in the library.
    pub days: Option<Span>,
    pub name: String,
    pub tags: Vec<String>,
    /// Words for its kind, its type and its content.
    pub about: Vec<String>,
    /// Description or comments.
    pub text: String,
    /// Whether it is on the calendar and neither trained nor raced: a phase, a target, a note.
    pub is_frame: bool,
    /// The event that planned it.
    pub planned_as: Option<i64>,
}

/// Returns the page of an activity.
pub fn activity_page(id: &str) -> String {
    format!("{SITE}/activities/{id}")
}

/// Returns the calendar at the week of a day, because events and wellness have no pages.
pub fn calendar_page(day: Option<Date>) -> String {
    day.map_or_else(home, |day| format!("{SITE}/?w={}", dates::monday(day)))
}

/// Returns the calendar, beside which the library opens.
pub fn home() -> String {
    format!("{SITE}/")
}

/// Returns a name for a title: on one line and cut to [`NAME`].
pub fn named(name: Option<&str>) -> Option<String> {
    let line = clean(name?).split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| truncate(&line, NAME))
}

/// Like [`named`], but a name that others wrote is quoted and says so.
pub fn quoted(name: Option<&str>, by_others: bool) -> Option<String> {
    let name = named(name)?;
    Some(if by_others { format!("\"{}\" by others", name.replace('"', "'")) } else { name })
}

/// Builds a title of kind, name, time and load: `2026-07-05 Ride: Lake (1:30:00, load 78)`.
pub fn title(what: &[&str], name: Option<String>, time: Option<Seconds>, load: Option<Points>) -> String {
    let what: Vec<_> = what.iter().copied().filter(|part| !part.is_empty()).collect();
    let time = time.filter(|time| time.0 > 0.0).map(|time| clock(time.0));
    let load = load.filter(|load| load.0 > 0.0).map(|load| format!("load {}", load.0.round()));
    let figures: Vec<_> = [time, load].into_iter().flatten().collect();
    let name = name.map(|name| format!(": {name}")).unwrap_or_default();
    let figures = if figures.is_empty() { String::new() } else { format!(" ({})", figures.join(", ")) };
    format!("{}{name}{figures}", what.join(" "))
}

/// Formats seconds as h:mm:ss.
pub fn clock(seconds: f64) -> String {
    let s = seconds.round() as i64;
    format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}
