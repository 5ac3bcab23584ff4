//! `icu_bulk_update_event_access`
use std::collections::BTreeMap;

use futures::{StreamExt, stream};
use icu_core::{
    Athlete, ClientError, Day, Error, JsonMap, List, Notes, Result, Skipped,
    client::{CalendarQuery, Event},
    tool,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{forms::Ids, row};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// These, or a range:
    #[schemars(example = [41001])]
    event_ids: Option<Ids>,
    /// First day.
    #[schemars(example = &"2026-07-06")]
    oldest: Option<Day>,
    /// Last day.
    #[schemars(example = &"2026-07-12")]
    newest: Option<Day>,
    /// Hide.
    #[schemars(example = false)]
    hide_from_athlete: Option<bool>,
    /// Lock.
    #[schemars(example = true)]
    athlete_cannot_edit: Option<bool>,
}

#[derive(Serialize, JsonSchema)]
struct Changed {
    #[serde(flatten)]
    list: List<Access>,
    /// What could not be changed.
    skipped: Vec<Skipped<i64>>,
}

#[derive(Serialize, JsonSchema)]
struct Access {
    id: i64,
    date: Option<String>,
    category: Option<String>,
    name: Option<String>,
    hide_from_athlete: bool,
    athlete_cannot_edit: bool,
}

/// The most rows that are told; more are changed.
const ROWS: usize = 100;

/// How many are sent at once; the client paces them.
const AT_ONCE: usize = 4;

/// HIDE or LOCK events for the athlete, as a coach; a range takes in notes and races too.
#[tool(write, idempotent, title = "Event access")]
async fn icu_bulk_update_event_access(athlete: Athlete, notes: Notes, args: Args) -> Result<Changed> {
    let flags = [("hide_from_athlete", args.hide_from_athlete), ("athlete_cannot_edit", args.athlete_cannot_edit)];
    let flags: JsonMap = flags.into_iter().filter_map(|(name, flag)| Some((name.to_owned(), flag?.into()))).collect();
    if flags.is_empty() {
        return Err(Error::new("there is nothing to change", "Give hide_from_athlete or athlete_cannot_edit."));
    }
    let range = match (args.oldest, args.newest) {
        (Some(oldest), Some(newest)) if newest < oldest => {
            return Err(Error::new(format!("newest {newest} is before oldest {oldest}"), "Swap the two days."));
        }
        (Some(oldest), Some(newest)) => Some((oldest.0, newest.0)),
        (None, None) => None,
        _ => return Err(Error::new("a range needs both ends", "Give oldest and newest, or event_ids.")),
    };
    match (&args.event_ids, range) {
        (Some(ids), range) => each(&athlete, ids, range, &flags).await,
        (None, Some((oldest, newest))) => {
            let changed = athlete.events().update_range(oldest, newest, flags).await?;
            say_what_else(&changed, &notes);
            Ok(Changed::of(changed, vec![]))
        }
        (None, None) => Err(Error::new("no event is named", "Give event_ids, or oldest and newest.")),
    }
}

/// Changes the named events one by one; with a range only those in it.
async fn each(athlete: &Athlete, ids: &Ids, range: Option<(Date, Date)>, flags: &JsonMap) -> Result<Changed> {
    let ids = ids.checked()?;
    let within = match range {
        None => None,
        Some((oldest, newest)) => Some(athlete.events().list(&CalendarQuery::days(oldest, newest)).await?),
    };
    let is_in = |id: i64| within.as_ref().is_none_or(|events| events.iter().any(|event| event.id == id));
    let (mut changed, mut skipped) = (vec![], vec![]);
    let named: Vec<i64> = ids.iter().copied().filter(|id| is_in(*id)).collect();
    let work = stream::iter(named).map(|id| one(athlete, id, flags.clone())).buffered(AT_ONCE);
    let mut outcomes = std::pin::pin!(work);
    while let Some((id, outcome)) = outcomes.next().await {
        let reason = match outcome {
            Ok(event) => {
                changed.push(event);
                continue;
            }
            Err(ClientError::NotFound { .. }) => "there is no such event".into(),
            Err(e) if e.rules_out_the_rest() && !matches!(e, ClientError::Forbidden { .. }) => return Err(e.into()),
            Err(e @ ClientError::Refused { .. }) => return Err(e.into()),
            Err(e) => e.to_string(),
        };
        skipped.push(Skipped { id, reason });
    }
    skipped.extend(
        ids.iter().filter(|id| !is_in(**id)).map(|id| Skipped { id: *id, reason: "it is not in the range".into() }),
    );
    Ok(Changed::of(changed, skipped))
}

async fn one(athlete: &Athlete, id: i64, flags: JsonMap) -> (i64, Result<Event, ClientError>) {
    (id, athlete.events().update(id, flags).await)
}

/// The service takes everything in the range; that more than workouts changed is worth a word.
fn say_what_else(changed: &[Event], notes: &Notes) {
    let mut others = BTreeMap::<&str, usize>::new();
    for category in changed.iter().filter_map(|event| event.category.as_deref()).filter(|c| *c != "WORKOUT") {
        *others.entry(category).or_default() += 1;
    }
    if !others.is_empty() {
        let others: Vec<_> = others.iter().map(|(category, n)| format!("{n} {category}")).collect();
        notes.add(format!(
            "the range holds for everything on these days, not for workouts alone: also {}",
            others.join(", ")
        ));
    }
}

impl Changed {
    fn of(changed: Vec<Event>, skipped: Vec<Skipped<i64>>) -> Self {
        let rows = changed.iter().map(|e| Access {
            id: e.id,
            date: row::date(e),
            category: e.category.clone(),
            name: e.name.as_deref().map(|name| icu_core::cut(name, 200)),
            hide_from_athlete: e.hide_from_athlete == Some(true),
            athlete_cannot_edit: e.athlete_cannot_edit == Some(true),
        });
        let next = |_: &[Access]| "icu_get_calendar_events has the others; all were changed".into();
        Self { list: List::first(rows.collect(), ROWS, next), skipped }
    }
}

#[cfg(test)]
mod tests;
