//! `icu_bulk_update_event_access`
use std::collections::BTreeMap;

use intervals_core::{
    Athlete, Day, Error, JsonMap, List, Notes, Progress, Result,
    answer::Skipped,
    client::CalendarQuery,
    records::{Categories, event::Access},
    tool,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{Ids, MOST},
    one_by_one::{self, one_by_one},
};

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
    /// Of a range; default WORKOUT, ALL includes races, notes, plan.
    #[schemars(with = "String", example = &"WORKOUT")]
    category: Option<Categories>,
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

/// The most rows of the answer; more events may be changed.
const ROWS: usize = 100;

/// HIDE or LOCK events for the athlete, as a coach; in a range, workouts.
#[tool(write, idempotent, tier = rare, title = "Event access")]
async fn icu_bulk_update_event_access(
    athlete: Athlete,
    notes: Notes,
    progress: Progress,
    args: Args,
) -> Result<Changed> {
    let reports = Reports { notes: &notes, progress: &progress };
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
    let categories = match &args.category {
        Some(words) if words.all => vec![],
        Some(words) if !words.names.is_empty() => words.names.clone(),
        _ => vec!["WORKOUT"],
    };
    let (changed, skipped) = match (&args.event_ids, range) {
        (Some(ids), range) => {
            let categories = if args.category.is_some() { categories } else { vec![] };
            let (changed, skipped) =
                change_named(&athlete, ids.checked()?, range, &categories, &flags, reports).await?;
            note_other_categories(&changed, &notes);
            (changed, skipped)
        }
        (None, Some((oldest, newest))) if categories.is_empty() => {
            (athlete.events().update_range(oldest, newest, flags).await?, vec![])
        }
        (None, Some(range)) => change_range(&athlete, range, &categories, &flags, reports).await?,
        (None, None) => return Err(Error::new("no event is named", "Give event_ids, or oldest and newest.")),
    };
    Ok(Changed { list: List::excerpt(changed, ROWS, &notes, "icu_get_calendar_events"), skipped })
}

type Outcome = Result<(Vec<Access>, Vec<Skipped<i64>>)>;

/// Receives notes and progress while the events are changed.
#[derive(Clone, Copy)]
struct Reports<'a> {
    notes: &'a Notes,
    progress: &'a Progress,
}

/// Changes the named events one by one; with a range only those in it.
async fn change_named(
    athlete: &Athlete,
    ids: &[i64],
    range: Option<(Date, Date)>,
    categories: &[&str],
    flags: &JsonMap,
    reports: Reports<'_>,
) -> Outcome {
    let Some((oldest, newest)) = range else { return change_each(athlete, ids, flags, reports).await };
    let within = athlete.events().list::<Access>(&CalendarQuery::days(oldest, newest).of(categories)).await?;
    let is_in = |id: &i64| within.iter().any(|event| event.id == *id);
    let (inside, outside): (Vec<i64>, Vec<i64>) = ids.iter().partition(|id| is_in(id));
    let (changed, mut skipped) = change_each(athlete, &inside, flags, reports).await?;
    skipped.extend(outside.into_iter().map(|id| Skipped { id, reason: "it is not in the range".into() }));
    Ok((changed, skipped))
}

/// Changes the events of these categories in the range one by one, because the service's request for a range changes all categories.
/// Skips events that have the flags already, so that repeating the call reaches the rest.
async fn change_range(
    athlete: &Athlete,
    (oldest, newest): (Date, Date),
    categories: &[&str],
    flags: &JsonMap,
    reports: Reports<'_>,
) -> Outcome {
    let found = athlete.events().list::<Access>(&CalendarQuery::days(oldest, newest).of(categories)).await?;
    let ids: Vec<i64> = found.iter().filter(|event| !has_flags(event, flags)).map(|event| event.id).collect();
    let unchanged = found.len() - ids.len();
    if unchanged > 0 {
        reports.notes.add(format!("{unchanged} of the range needed no change"));
    }
    let (now, rest) = ids.split_at(ids.len().min(MOST));
    let outcome = change_each(athlete, now, flags, reports).await?;
    if !rest.is_empty() {
        let next: Vec<String> = rest.iter().take(MOST).map(i64::to_string).collect();
        let then = if rest.len() > MOST { ", then with the range, which skips what is done" } else { "" };
        let (count, next) = (rest.len(), next.join(","));
        reports.notes.add(format!(
            "{count} more of the range remain: call again with event_ids={next} in place of oldest and newest{then}"
        ));
    }
    Ok(outcome)
}

/// Returns whether the event has these flags.
fn has_flags(event: &Access, flags: &JsonMap) -> bool {
    let current = [("hide_from_athlete", event.hide_from_athlete), ("athlete_cannot_edit", event.athlete_cannot_edit)];
    current.iter().all(|(name, flag)| flags.get(*name).is_none_or(|wanted| *wanted == *flag))
}

async fn change_each(athlete: &Athlete, ids: &[i64], flags: &JsonMap, reports: Reports<'_>) -> Outcome {
    one_by_one(ids.iter().map(|id| (*id, change_one(athlete, *id, flags))), reports.notes, reports.progress).await
}

async fn change_one(
    athlete: &Athlete,
    id: i64,
    flags: &JsonMap,
) -> Result<one_by_one::Outcome<Access>, intervals_core::ClientError> {
    athlete.events().update(id, flags.clone()).await.map(Ok)
}

/// Adds a note on changed events that are not workouts, because the call may have taken them for workouts.
fn note_other_categories(changed: &[Access], notes: &Notes) {
    let mut others = BTreeMap::<&str, Vec<String>>::new();
    for event in changed.iter().filter(|event| !event.is("WORKOUT")) {
        others.entry(event.category.as_deref().unwrap_or("unknown")).or_default().push(event.id.to_string());
    }
    for (category, ids) in others {
        notes.add(format!("not workouts ({category}): {}", ids.join(", ")));
    }
}

#[cfg(test)]
mod tests;
