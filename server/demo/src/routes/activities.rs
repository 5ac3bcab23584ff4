//! Lists of activities: by date, around an activity, and by ids.
use std::collections::BTreeSet;

use axum::{Json, Router, extract::Path, routing::get};
use jiff::civil::DateTime;
use serde_json::{Value, json};

use crate::{
    account::Account,
    activity::Activity,
    failure::Failure,
    gps_routes::route_of,
    http::{Answer, Query, Shared, Target, filtered},
};

/// `/athlete/{id}/activities`, `activities-around` and `activity-tags`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/activities", get(range))
        .route("/athlete/{id}/activities-around", get(around))
        .route("/athlete/{id}/activities/{ids}", get(by_ids))
        .route("/athlete/{id}/activity-tags", get(tags))
}

async fn tags(athlete: Target) -> Answer {
    athlete.with(|account| {
        let activities = account.activities.iter().filter(|activity| !activity.is_hidden());
        Ok(Json(json!(activities.flat_map(Activity::current_tags).collect::<BTreeSet<_>>())))
    })
}

async fn range(athlete: Target, query: Query) -> Answer {
    query.required("oldest")?;
    let (oldest, newest) = (query.time("oldest", 0)?, query.time("newest", 24)?);
    let route = query.number("route_id")?.and_then(|id| i64::try_from(id).ok());
    let (limit, fields) = (query.number("limit")?.unwrap_or(usize::MAX), query.list("fields"));
    athlete.with(|account| {
        let newest = newest.unwrap_or(account.today.at(23, 59, 59, 0));
        let within = |activity: &&Activity| oldest <= Some(activity.start) && activity.start <= newest;
        let along = |activity: &&Activity| route.is_none() || route_of(&activity.id) == route;
        let found = account.activities.iter().rev().filter(within).filter(along).take(limit);
        Ok(Json(found.map(|activity| filtered(activity.json(account), fields.as_deref())).collect()))
    })
}

async fn around(athlete: Target, query: Query) -> Answer {
    let centre = query.required("activity_id")?;
    let limit = query.number("limit")?.unwrap_or(30);
    athlete.with(|account| {
        let start = account.activities.iter().find(|activity| activity.id == centre).map(|activity| activity.start);
        let start = start.ok_or_else(Failure::not_found)?;
        let mut others: Vec<&Activity> = account.activities.iter().filter(|activity| activity.id != centre).collect();
        others.sort_by_cached_key(|activity| distance(account, activity.start, start));
        Ok(Json(others.iter().take(limit).map(|activity| Value::Object(activity.json(account))).collect()))
    })
}

/// Seconds between two local times.
fn distance(account: &Account, one: DateTime, other: DateTime) -> u64 {
    account.utc(one).as_second().abs_diff(account.utc(other).as_second())
}

async fn by_ids(athlete: Target, Path((_, ids)): Path<(String, String)>, query: Query) -> Answer {
    let intervals = query.flag("intervals", false)?;
    athlete.with(|account| {
        let find = |id: &str| account.activities.iter().find(|activity| activity.id == id);
        let found = ids.split(',').filter_map(|id| find(id.trim()));
        Ok(Json(found.map(|activity| super::activity::activity_json(account, activity, intervals)).collect()))
    })
}
