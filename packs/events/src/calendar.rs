//! `icu_get_calendar_events`
use intervals_core::{
    Athlete, Day, Error, List, Notes, Result, Today,
    client::CalendarQuery,
    list::{Limit, Offset, wanted},
    records::{Categories, event::Row},
    tool,
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::profile::CalendarProfile;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// Default 7.
    #[schemars(example = 14)]
    days_ahead: Option<i64>,
    /// Default 0.
    #[schemars(example = 7)]
    days_back: Option<i64>,
    /// YYYY-MM-DD.
    #[serde(alias = "from", alias = "start_date")]
    #[schemars(example = &"2026-07-01")]
    oldest: Option<Day>,
    /// Last day.
    #[serde(alias = "to", alias = "end_date")]
    #[schemars(example = &"2026-07-31")]
    newest: Option<Day>,
    /// RACE,NOTE
    #[schemars(example = &"WORKOUT,RACE,NOTE")]
    category: Categories,
    /// Default 30.
    #[schemars(example = 30)]
    limit: Option<Limit<30>>,
    offset: Offset,
    /// Targets in W, bpm, pace.
    #[schemars(example = true)]
    resolve: Option<bool>,
}

/// RANGE of the calendar: workouts with their steps in short, races, notes, targets.
#[tool(read, tier = core, title = "Calendar")]
async fn icu_get_calendar_events(athlete: Athlete, today: Today, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.unwrap_or_default().rows(&notes);
    let (oldest, newest) = range(&args, today.date())?;
    let query = CalendarQuery {
        limit: Some(wanted(limit, args.offset)),
        resolve: args.resolve.filter(|wanted| *wanted),
        ..CalendarQuery::days(oldest, newest).of(&args.category.names)
    };
    let events = athlete.events().list::<Row>(&query).await?;
    let profile = CalendarProfile::of(&athlete).await;
    // Not `List::by_day`: an event of several days would come again with each of its days.
    let list = List::fetched(events.records, events.received, limit, args.offset);
    Ok(list.map(|event| profile.with_text(event)))
}

/// Returns the first and the last day. A named day takes precedence over one counted from today.
fn range(args: &Args, today: Date) -> Result<(Date, Date)> {
    let days = |name: &str, days: Option<i64>| match days {
        Some(days) if !(0..=3660).contains(&days) => {
            Err(Error::new(format!("{name} is {days}"), "It goes from 0 to 3660; name days with oldest and newest."))
        }
        days => Ok(days.map(|days| days.days())),
    };
    let (ahead, back) = (days("days_ahead", args.days_ahead)?, days("days_back", args.days_back)?);
    let counted = |ahead| today.saturating_add(ahead);
    let (oldest, newest) = match (args.oldest.map(|day| day.0), args.newest.map(|day| day.0)) {
        (Some(oldest), Some(newest)) => (oldest, newest),
        (Some(oldest), None) => (oldest, ahead.map_or(oldest.saturating_add(6.days()), counted)),
        (None, Some(newest)) => match back {
            None if newest < today => (newest.saturating_sub(6.days()), newest),
            back => (today.saturating_sub(back.unwrap_or_default()), newest),
        },
        (None, None) => (today.saturating_sub(back.unwrap_or_default()), counted(ahead.unwrap_or(7.days()))),
    };
    if newest < oldest {
        return Err(Error::new(
            format!("the last day, {newest}, is before the first, {oldest}"),
            "Swap oldest and newest.",
        ));
    }
    Ok((oldest, newest))
}

#[cfg(test)]
mod tests;
