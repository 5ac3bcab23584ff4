//! Gear of an athlete and its reminders.
use axum::{
    Json, Router,
    extract::Path,
    routing::{get, post, put},
};

use crate::{
    failure::Failure,
    http::{Answer, Body, Query, Shared, Target, object},
};

/// `/athlete/{id}/gear` and the reminders below.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/gear", get(all).post(create))
        .route("/athlete/{id}/gear/{gear}", put(update).delete(remove))
        .route("/athlete/{id}/gear/{gear}/reminder", post(remind))
        .route("/athlete/{id}/gear/{gear}/reminder/{reminder}", put(update_reminder).delete(forget))
}

async fn all(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(account.gear.json())))
}

async fn create(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.gear.create(&body).map(Json))
}

async fn update(athlete: Target, Path((_, gear)): Path<(String, String)>, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.gear.update(&gear, &body).map(Json))
}

/// The response has no body.
async fn remove(athlete: Target, Path((_, gear)): Path<(String, String)>) -> Result<(), Failure> {
    athlete.with(|account| account.gear.remove(&gear))
}

async fn remind(athlete: Target, Path((_, gear)): Path<(String, String)>, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.gear.remind(&gear, &body).map(Json))
}

async fn update_reminder(
    athlete: Target,
    Path((_, gear, reminder)): Path<(String, String, String)>,
    query: Query,
    body: Body,
) -> Answer {
    let (body, reminder) = (object(body)?, number(&reminder)?);
    let (reset, snooze) = (query.flag("reset", false)?, query.number("snoozeDays")?.unwrap_or_default());
    athlete.with(|account| account.gear.update_reminder(&gear, reminder, &body, reset, snooze).map(Json))
}

async fn forget(athlete: Target, Path((_, gear, reminder)): Path<(String, String, String)>) -> Answer {
    let reminder = number(&reminder)?;
    athlete.with(|account| account.gear.forget(&gear, reminder).map(Json))
}

fn number(segment: &str) -> Result<i64, Failure> {
    segment.parse().map_err(|_| Failure::rejected(format!("Failed to convert 'reminderId' with value: '{segment}'")))
}
