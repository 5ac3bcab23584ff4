//! Custom items of an athlete.
use axum::{Json, Router, extract::Path, routing::get};

use crate::{
    failure::Failure,
    http::{Answer, Body, Shared, Target, object},
};

/// `/athlete/{id}/custom-item`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/custom-item", get(all).post(create))
        .route("/athlete/{id}/custom-item/{item}", get(one).put(update).delete(remove))
}

async fn all(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(account.custom_items.json())))
}

async fn create(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.custom_items.create(&body).map(Json))
}

async fn one(athlete: Target, Path((_, item)): Path<(String, String)>) -> Answer {
    let item = number(&item)?;
    athlete.with(|account| account.custom_items.one(item).map(Json))
}

async fn update(athlete: Target, Path((_, item)): Path<(String, String)>, body: Body) -> Answer {
    let (item, body) = (number(&item)?, object(body)?);
    athlete.with(|account| account.custom_items.update(item, &body).map(Json))
}

/// The response has no body.
async fn remove(athlete: Target, Path((_, item)): Path<(String, String)>) -> Result<(), Failure> {
    let item = number(&item)?;
    athlete.with(|account| account.custom_items.remove(item))
}

fn number(segment: &str) -> Result<i64, Failure> {
    segment.parse().map_err(|_| Failure::rejected(format!("Failed to convert 'itemId' with value: '{segment}'")))
}
