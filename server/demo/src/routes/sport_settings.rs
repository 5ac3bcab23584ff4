//! Sport settings: reading, creating, updating and deleting. The list is in `athlete`.
use axum::{
    Json, Router,
    extract::Path,
    routing::{get, post},
};
use jiff::civil::DateTime;
use serde_json::{Value, json};

use crate::{
    activity::Activity,
    failure::Failure,
    http::{Answer, Body, Query, Shared, Target, object},
};

/// `/athlete/{id}/sport-settings`, except its `GET`. There is no `apply` any more.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/sport-settings", post(create))
        .route("/athlete/{id}/sport-settings/{sport}", get(one).put(update).delete(remove))
        .route("/athlete/{id}/sport-settings/{sport}/matching-activities", get(matching))
}

async fn create(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.add_sport(&body).map(Json))
}

async fn one(athlete: Target, Path((_, sport)): Path<(String, String)>) -> Answer {
    athlete.with(|account| {
        let place = account.sport_place(&sport)?;
        account.sports.get(place).cloned().map(Json).ok_or_else(Failure::not_found)
    })
}

async fn update(athlete: Target, Path((_, sport)): Path<(String, String)>, query: Query, body: Body) -> Answer {
    query.required("recalcHrZones")?;
    let recalc = query.flag("recalcHrZones", true)?;
    let body = object(body)?;
    athlete.with(|account| account.write_sport(&sport, &body, recalc).map(Json))
}

async fn remove(athlete: Target, Path((_, sport)): Path<(String, String)>) -> Answer {
    athlete.with(|account| {
        let place = account.sport_place(&sport)?;
        account.sports.remove(place);
        Ok(Json(json!({})))
    })
}

async fn matching(athlete: Target, Path((_, sport)): Path<(String, String)>, query: Query) -> Answer {
    let oldest = query.time("oldest", 0)?.unwrap_or(DateTime::MIN);
    let newest = query.time("newest", 24)?.unwrap_or(DateTime::MAX);
    athlete.with(|account| {
        let place = account.sport_place(&sport)?;
        let settings = account.sports.get(place).ok_or_else(Failure::not_found)?;
        let found = account.matching(settings).into_iter().filter(|a| (oldest..=newest).contains(&a.start));
        Ok(Json(found.map(short).collect()))
    })
}

fn short(activity: &Activity) -> Value {
    json!({
        "id": activity.id, "name": activity.current_name(), "start_date_local": activity.start.to_string(),
        "type": activity.current_type(), "race": null, "distance": activity.distance,
        "moving_time": activity.moving_time, "tags": activity.current_tags(), "description": null,
    })
}
