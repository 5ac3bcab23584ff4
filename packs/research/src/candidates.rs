//! Collects the records that a query may mean, from all sources at once.
use std::collections::HashSet;

use futures::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use intervals_core::{
    Athlete, ClientError, Notes, Result,
    client::CalendarQuery,
    records::{folder, wellness::Row},
};
use jiff::civil::Date;

use crate::{activity, dates::Span, event, hit::Hit, library, query::Query, wellness};

/// Maximum activities of a range of days: more than two a day for a year.
const ACTIVITIES: usize = 1000;
/// Maximum results of the service's search of names, and maximum searches.
const FOUND: usize = 50;
const SEARCHES: usize = 4;

type Found<'a> = BoxFuture<'a, Result<Vec<Hit>, ClientError>>;

/// Returns the hits of all sources without duplicates. A source that fails adds a note; fails when all sources do.
pub async fn gather(athlete: &Athlete, query: &Query, today: Date, notes: &Notes) -> Result<Vec<Hit>> {
    let mut places: Vec<(&str, Found<'_>)> = vec![];
    for Span { first, last } in query.ranges(today) {
        places.push(("activities", activities(athlete, first, last).boxed()));
        places.push(("the calendar", events(athlete, first, last).boxed()));
        let last = if query.spans.is_empty() { today } else { last };
        places.push(("wellness", days(athlete, first, last, today).boxed()));
    }
    // Workouts of the library have no days.
    if query.spans.is_empty() {
        places.push(("the library", folders(athlete).boxed()));
    }
    // The lists already have the activities of all named days, except for days that were cut or are part of a name.
    let names = match query.spans.is_empty() || query.is_cut(today) {
        true => searches(query),
        false => query.name.iter().cloned().collect(),
    };
    places.extend(names.into_iter().map(|text| ("a search of names", activities_by_name(athlete, text).boxed())));
    let (names, requests): (Vec<_>, Vec<_>) = places.into_iter().unzip();
    let (mut hits, mut failure, mut any_answered) = (vec![], None, false);
    for (name, found) in names.into_iter().zip(join_all(requests).await) {
        match found {
            Ok(found) => {
                any_answered = true;
                hits.extend(found);
            }
            Err(error) => {
                notes.add(format!("{name} could not be searched: {error}"));
                failure.get_or_insert(error);
            }
        }
    }
    if let (false, Some(error)) = (any_answered, failure) {
        return Err(error.into());
    }
    let mut seen = HashSet::new();
    hits.retain(|hit: &Hit| seen.insert(hit.id.clone()));
    Ok(hits)
}

/// Returns the texts to search names for: tags, the phrase as written, with and without a day in it, and the longest of
/// several words.
fn searches(query: &Query) -> Vec<String> {
    let tags = query.tags.iter().map(|tag| format!("#{tag}"));
    let phrases = query.name.iter().chain([&query.phrase]).filter(|phrase| !phrase.is_empty()).cloned();
    let mut words = if query.words.len() > 1 { query.words.clone() } else { vec![] };
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    tags.chain(phrases).chain(words).take(SEARCHES).collect()
}

async fn activities(athlete: &Athlete, first: Date, last: Date) -> Result<Vec<Hit>, ClientError> {
    let activities = athlete.activities().fields(first, Some(last), ACTIVITIES, activity::FIELDS).await?;
    Ok(activities.iter().map(|one| activity::hit(one, false)).collect())
}

async fn activities_by_name(athlete: &Athlete, text: String) -> Result<Vec<Hit>, ClientError> {
    let activities = athlete.activities().search(&text, FOUND).await?;
    Ok(activities.iter().map(|one| activity::hit(one, false)).collect())
}

async fn events(athlete: &Athlete, first: Date, last: Date) -> Result<Vec<Hit>, ClientError> {
    let events = athlete.events().list(&CalendarQuery::days(first, last)).await?;
    let own = athlete.client().own().await.ok();
    let own_id = own.as_ref().map(|own| own.id.as_str());
    Ok(events.iter().map(|one| event::hit(one, own_id)).collect())
}

async fn days(athlete: &Athlete, first: Date, last: Date, today: Date) -> Result<Vec<Hit>, ClientError> {
    let days = athlete.wellness().range(first, last).await?;
    Ok(days.into_iter().filter_map(|day| wellness::hit(&Row::of(day, today))).collect())
}

async fn folders(athlete: &Athlete) -> Result<Vec<Hit>, ClientError> {
    let folders: Vec<folder::Row> = athlete.library().folders().await?;
    let own = athlete.client().own().await.ok();
    let own_id = own.as_ref().map(|own| own.id.as_str());
    Ok(folders.iter().flat_map(|folder| library::hits(folder, own_id)).collect())
}
