//! The resources of the calendar.
use intervals_core::{
    Athlete, Call, FromCall, Result, Today,
    client::CalendarQuery,
    content::{Resource, Template},
    records::event::Row,
    workout::{WORKOUT_SYNTAX, WORKOUT_SYNTAX_URI, workout_syntax},
};
use jiff::ToSpan;

const CATEGORIES: &str = "intervals-icu://event-categories";

pub fn resources() -> Vec<Resource> {
    let categories =
        Resource::new(CATEGORIES, "Event categories", "What each category of calendar events is for.", "text/markdown");
    vec![workout_syntax(), categories]
}

/// Returns the text of a resource in [`resources`].
pub fn text(uri: &str) -> Option<&'static str> {
    match uri {
        WORKOUT_SYNTAX_URI => Some(WORKOUT_SYNTAX),
        CATEGORIES => Some(include_str!("categories.md")),
        _ => None,
    }
}

pub fn templates() -> Vec<Template> {
    let answer = |uri: &str, name: &str, description: &str, tool| {
        Template::new(uri, name, description).with_media_type("text/plain").with_tool(tool)
    };
    vec![
        answer(
            "intervals-icu://event/{event_id}",
            "Calendar event",
            "One event with its planned steps.",
            "icu_get_event",
        ),
        answer(
            "intervals-icu://calendar/{oldest}",
            "Calendar week",
            "The seven days from a date on, YYYY-MM-DD.",
            "icu_get_calendar_events",
        ),
        crate::download::template(),
    ]
}

/// Completes ids of events: coming ones first, then past ones, newest first.
pub async fn event_ids(mut call: Call) -> Result<Vec<String>> {
    let athlete = Athlete::from_call(&mut call).await?;
    let today = Today::from_call(&mut call).await?.date();
    let (oldest, newest) = (today.saturating_sub(28.days()), today.saturating_add(28.days()));
    let events = athlete.events().list::<Row>(&CalendarQuery::days(oldest, newest)).await?;
    let (mut coming, mut past): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.day() >= Some(today));
    past.reverse();
    coming.append(&mut past);
    Ok(coming.into_iter().map(|event| event.id.to_string()).collect())
}
