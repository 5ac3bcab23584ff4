//! Search for activities by name or tag.
use axum::{Json, Router, routing::get};
use serde_json::Value;

use crate::{
    activity::Activity,
    failure::Failure,
    http::{Answer, Query, Shared, Target},
    object::Object,
};

/// Fields of `search`.
const SHORT: [&str; 9] =
    ["id", "name", "start_date_local", "type", "race", "distance", "moving_time", "tags", "description"];

/// `/athlete/{id}/activities/search` and `search-full`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/activities/search", get(short))
        .route("/athlete/{id}/activities/search-full", get(full))
}

async fn short(athlete: Target, query: Query) -> Answer {
    let shorten = |mut activity: Object| {
        activity.retain(|key, _| SHORT.contains(&key.as_str()));
        Value::Object(activity)
    };
    Ok(Json(matching(&athlete, &query)?.into_iter().map(shorten).collect()))
}

async fn full(athlete: Target, query: Query) -> Answer {
    Ok(Json(matching(&athlete, &query)?.into_iter().map(Value::Object).collect()))
}

/// Activities whose name contains the text, or that have the `#tag`; newest first.
fn matching(athlete: &Target, query: &Query) -> Result<Vec<Object>, Failure> {
    let text = query.required("q")?.to_lowercase();
    let limit = query.number("limit")?.unwrap_or(30);
    athlete.with(|account| {
        let found =
            account.activities.iter().rev().filter(|activity| !activity.is_hidden() && matches(activity, &text));
        Ok(found.take(limit).map(|activity| activity.json(account)).collect())
    })
}

fn matches(activity: &Activity, text: &str) -> bool {
    match text.strip_prefix('#') {
        Some(tag) => activity.current_tags().iter().any(|own| own.to_lowercase() == tag),
        None => activity.current_name().is_some_and(|name| name.to_lowercase().contains(text)),
    }
}
