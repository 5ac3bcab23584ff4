//! GPS routes of an athlete.
use axum::{Json, Router, extract::Path, routing::get};

use crate::http::{Answer, Body, Query, Shared, Target, object};

/// `/athlete/{id}/routes` and the similarity of two routes.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/routes", get(all))
        .route("/athlete/{id}/routes/{route}", get(one).put(update))
        .route("/athlete/{id}/routes/{route}/similarity/{other}", get(similarity))
}

async fn all(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(account.gps_routes.json(&account.activities))))
}

async fn one(athlete: Target, Path((_, route)): Path<(String, String)>, query: Query) -> Answer {
    let with_path = query.flag("includePath", false)?;
    athlete.with(|account| account.gps_routes.one(&route, with_path).map(Json))
}

async fn update(athlete: Target, Path((_, route)): Path<(String, String)>, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.gps_routes.update(&route, &body).map(Json))
}

async fn similarity(athlete: Target, Path((_, route, other)): Path<(String, String, String)>) -> Answer {
    athlete.with(|account| account.gps_routes.similarity(&account.activities, &route, &other).map(Json))
}
