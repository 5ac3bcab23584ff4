//! Recorded activities as hits and as documents.
use intervals_core::{
    client::{Creator, STRAVA_REMEDY, Text},
    records::{Minute, activity::Full},
};
use serde::Serialize;

use crate::{
    dates::Span,
    hit::{Hit, activity_page, quoted, title},
    id::Id,
    words::{of_sport, words},
};

/// Fields that a search requests, under the service's names.
pub const FIELDS: &[&str] = &[
    "id",
    "start_date_local",
    "type",
    "name",
    "description",
    "tags",
    "source",
    "_note",
    "moving_time",
    "icu_training_load",
    "race",
    "commute",
    "trainer",
    "sub_type",
    "paired_event_id",
];

/// Converts an activity to a hit; `by_others`: the reader did not write its texts.
pub fn hit(a: &Full, by_others: bool) -> Hit {
    let day = a.start.as_ref().and_then(Minute::day);
    let sport = a.sport.as_deref().unwrap_or_default();
    let date = day.map(|day| day.to_string()).unwrap_or_default();
    let what = match sport {
        "" if a.is_withheld() => "activity, withheld by Strava",
        "" => "activity",
        sport => sport,
    };
    let mut about = of_sport(sport);
    about.extend(["activity", "workout", &a.id].map(Into::into));
    about.extend(a.source.iter().chain(&a.sub_type).flat_map(|word| words(word)));
    let flags = [(a.race, "race"), (a.commute, "commute"), (a.indoor, "indoor")];
    about.extend(flags.iter().filter(|(flag, _)| *flag == Some(true)).map(|(_, word)| (*word).into()));
    Hit {
        title: title(&[&date, what], quoted(a.name.as_deref(), by_others), a.moving_time_s, a.load),
        url: activity_page(&a.id),
        id: Id::Activity(a.id.clone()),
        days: day.map(Span::day),
        name: a.name.clone().unwrap_or_default().into_string(),
        tags: a.tags.iter().cloned().map(Text::into_string).collect(),
        about,
        text: a.description.clone().unwrap_or_default().into_string(),
        is_frame: false,
        planned_as: a.planned_event(),
    }
}

/// The whole record as the other tools show it, with ids for `fetch`.
#[derive(Serialize)]
pub struct Record {
    /// The athlete, when not the key's owner.
    athlete: Option<String>,
    withheld: Option<&'static str>,
    /// Id for `fetch`.
    planned_event: Option<String>,
    #[serde(flatten)]
    full: Full,
    author: Option<Creator>,
}

impl Record {
    /// `athlete` is the athlete, when not the key's owner.
    pub fn of(mut full: Full, athlete: Option<String>) -> Self {
        let event = full.planned_event().filter(|_| athlete.is_none());
        full.planned_event_id = None;
        Self {
            withheld: full.is_withheld().then_some(STRAVA_REMEDY),
            // Another athlete's calendar cannot be fetched from.
            planned_event: event.map(|id| Id::Event(id).to_string()),
            author: athlete.clone().map(|id| Creator(Some(id))),
            athlete,
            full,
        }
    }
}
