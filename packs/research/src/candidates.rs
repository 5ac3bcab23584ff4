//! What a query may mean, from all places at once.
use std::collections::HashSet;

use futures::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use intervals_core::{Athlete, ClientError, Notes, Result, client::CalendarQuery, records::wellness::Row};
use jiff::civil::Date;

use crate::{activity, dates::Span, event, hit::Hit, library, query::Query, wellness};

/// How many activities of the days are looked at; more than twice a day for a year.
const ACTIVITIES: usize = 1000;
/// How many the service's own search of names may find, and how often it is asked.
const FOUND: usize = 50;
const SEARCHES: usize = 4;

type Found<'a> = BoxFuture<'a, Result<Vec<Hit>, ClientError>>;

/// Everything that may be meant, each once. What cannot be had leaves the rest; it is an error when there is no rest.
pub async fn gather(athlete: &Athlete, query: &Query, today: Date, notes: &Notes) -> Result<Vec<Hit>> {
    let mut places: Vec<(&str, Found<'_>)> = vec![];
    for Span { first, last } in query.ranges(today) {
        places.push(("activities", activities(athlete, first, last).boxed()));
        places.push(("the calendar", events(athlete, first, last).boxed()));
        let last = if query.spans.is_empty() { today } else { last };
        places.push(("wellness", days(athlete, first, last, today).boxed()));
    }
    // The library knows no days.
    if query.spans.is_empty() {
        places.push(("the library", folders(athlete).boxed()));
    }
    // Activities of all days that are named stand in the list already, but for what was cut and for days in names.
    let names = match query.spans.is_empty() || query.is_cut(today) {
        true => searches(query),
        false => query.name.iter().cloned().collect(),
    };
    places.extend(names.into_iter().map(|text| ("a search of names", named(athlete, text).boxed())));
    let (names, asked): (Vec<_>, Vec<_>) = places.into_iter().unzip();
    let (mut hits, mut failure, mut any) = (vec![], None, false);
    for (name, found) in names.into_iter().zip(join_all(asked).await) {
        match found {
            Ok(found) => {
                any = true;
                hits.extend(found);
            }
            Err(error) => {
                notes.add(format!("{name} could not be searched: {error}"));
                failure.get_or_insert(error);
            }
        }
    }
    if let (false, Some(error)) = (any, failure) {
        return Err(error.into());
    }
    let mut seen = HashSet::new();
    hits.retain(|hit: &Hit| seen.insert(hit.id.clone()));
    Ok(hits)
}

/// What the service is asked for by name: tags, the phrase as it was written, with and without a day in it, and the longest of several words.
fn searches(query: &Query) -> Vec<String> {
    let tags = query.tags.iter().map(|tag| format!("#{tag}"));
    let phrases = query.name.iter().chain([&query.phrase]).filter(|phrase| !phrase.is_empty()).cloned();
    let mut words = if query.words.len() > 1 { query.words.clone() } else { vec![] };
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    tags.chain(phrases).chain(words).take(SEARCHES).collect()
}

async fn activities(athlete: &Athlete, first: Date, last: Date) -> Result<Vec<Hit>, ClientError> {
    let found = athlete.activities().fields(first, Some(last), ACTIVITIES, activity::FIELDS).await?;
    Ok(found.iter().map(|one| activity::hit(one, false)).collect())
}

async fn named(athlete: &Athlete, text: String) -> Result<Vec<Hit>, ClientError> {
    let found = athlete.activities().search(&text, FOUND).await?;
    Ok(found.iter().map(|one| activity::hit(one, false)).collect())
}

async fn events(athlete: &Athlete, first: Date, last: Date) -> Result<Vec<Hit>, ClientError> {
    let found = athlete.events().list(&CalendarQuery::days(first, last)).await?;
    let own = athlete.client().own().await.ok();
    let own = own.as_ref().map(|own| own.id.as_str());
    Ok(found.iter().map(|one| event::hit(one, own)).collect())
}

async fn days(athlete: &Athlete, first: Date, last: Date, today: Date) -> Result<Vec<Hit>, ClientError> {
    let found = athlete.wellness().range(first, last).await?;
    Ok(found.into_iter().filter_map(|day| wellness::hit(&Row::of(day, today))).collect())
}

async fn folders(athlete: &Athlete) -> Result<Vec<Hit>, ClientError> {
    let folders = athlete.library().folders().await?;
    let own = athlete.client().own().await.ok();
    let own = own.as_ref().map(|own| own.id.as_str());
    Ok(folders.iter().flat_map(|folder| library::hits(folder, own)).collect())
}
