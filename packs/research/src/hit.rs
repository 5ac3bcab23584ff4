//! Something that can be found: what it is called, where it stands, and what it is compared by.
use std::cmp::Reverse;

use icu_core::{
    cut,
    units::{Points, Seconds},
};
use jiff::civil::Date;

use crate::{
    dates::{self, Span},
    id::Id,
    query::Query,
    words::words,
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
}

impl Hit {
    /// The order of the hits of a query, the best ones least; nothing when too few of its words are found.
    pub fn rank(&self, query: &Query, today: Date) -> Option<impl Ord + use<>> {
        let (found, score) = self.compared(query);
        let wanted = query.words.len() + query.tags.len();
        if found < wanted.div_ceil(2) || !query.meets(self.days) {
            return None;
        }
        // Where only days are asked for, what was done comes before what was planned and measured.
        let kind = query.is_of_days().then_some(match self.id {
            Id::Activity(_) => 0,
            Id::Event(_) => 1,
            _ => 2,
        });
        let away = self.days.map_or(i32::MAX, |days| (days.first - today).get_days().abs());
        Some((Reverse(found), Reverse(score), kind, away))
    }

    /// How many words are found, and how well.
    fn compared(&self, query: &Query) -> (usize, u32) {
        let [name, tags, text] = [&self.name, &self.tags.join(" "), &self.text].map(|t| words(t).collect::<Vec<_>>());
        let word = |word: &String| {
            let at = |place: &[String], weights| place.iter().map(|own| like(own, word, weights)).max().unwrap_or(0);
            let about = at(&self.about, [4, 2, 0]);
            at(&name, [6, 4, 2]).max(at(&tags, [6, 3, 1])).max(about).max(at(&text, [2, 1, 0]))
        };
        let tag = |tag: &String| if self.tags.iter().any(|own| own.to_lowercase() == *tag) { 6 } else { 0 };
        let scores: Vec<u32> = query.words.iter().map(word).chain(query.tags.iter().map(tag)).collect();
        let whole = query.phrase.contains(' ') && self.name.to_lowercase().contains(&query.phrase);
        (scores.iter().filter(|score| **score > 0).count(), scores.iter().sum::<u32>() + if whole { 10 } else { 0 })
    }
}

/// The weight of a word that is the same, begins so, or holds it.
fn like(own: &str, wanted: &str, [same, begins, holds]: [u32; 3]) -> u32 {
    let letters = wanted.chars().count();
    match () {
        () if own == wanted => same,
        () if letters > 2 && own.starts_with(wanted) => begins,
        () if letters > 3 && own.contains(wanted) => holds,
        () => 0,
    }
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
    let line = name?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then(|| cut(&line, NAME))
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
