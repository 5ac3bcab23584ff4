//! Manual activities.
use axum::{Json, Router, routing::post};
use serde_json::{Value, json};

use crate::{
    account::Account,
    activity::{Activity, local_time, perceived_load},
    failure::Failure,
    http::{Answer, Body, Shared, Target, object, objects},
    object::Object,
};

/// `/athlete/{id}/activities/manual` and `manual/bulk`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/activities/manual", post(one))
        .route("/athlete/{id}/activities/manual/bulk", post(many))
}

async fn one(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| {
        let id = create(account, &body)?;
        account.refresh();
        Ok(Json(activity_json(account, &id)))
    })
}

/// Creates or updates all activities or none.
async fn many(athlete: Target, body: Body) -> Answer {
    let bodies = objects(body)?;
    athlete.with(|account| {
        for body in &bodies {
            Activity::blank(String::new(), checked_start(body)?).write(body)?;
        }
        let ids = bodies.iter().map(|body| upsert(account, body)).collect::<Result<Vec<_>, _>>()?;
        account.refresh();
        Ok(Json(ids.iter().map(|id| activity_json(account, id)).collect()))
    })
}

fn activity_json(account: &Account, id: &str) -> Value {
    let activity = account.activities.iter().find(|activity| activity.id == id);
    activity.map(|activity| Value::Object(activity.json(account))).unwrap_or_default()
}

/// Updates the activity with the same `external_id`, or creates one.
fn upsert(account: &mut Account, body: &Object) -> Result<String, Failure> {
    let own = body.get("external_id").filter(|id| id.is_string());
    let found = own.and_then(|id| account.activities.iter_mut().find(|one| one.written.get("external_id") == Some(id)));
    match found {
        Some(activity) => {
            activity.write(body)?;
            Ok(activity.id.clone())
        }
        None => create(account, body),
    }
}

fn create(account: &mut Account, body: &Object) -> Result<String, Failure> {
    let mut activity = Activity::blank(String::new(), checked_start(body)?);
    activity.write(body)?;
    activity.id = account.new_id();
    let number = |key: &str| activity.written.get(key).and_then(Value::as_f64);
    let (secs, rpe) = (number("moving_time").or(number("elapsed_time")), number("icu_rpe"));
    let load = number("icu_training_load").is_none().then(|| secs.zip(rpe)).flatten();
    let kind = activity.written.get("type").cloned();
    for (key, value) in [
        ("moving_time", json!(secs.map(|secs| secs as u32))),
        ("elapsed_time", json!(number("elapsed_time").or(secs).map(|secs| secs as u32))),
        ("name", kind.unwrap_or_default()),
    ] {
        activity.written.entry(key).or_insert(value);
    }
    if let Some((secs, rpe)) = load {
        activity.written.insert("icu_training_load".to_owned(), json!(perceived_load(secs, rpe)));
    }
    let id = activity.id.clone();
    account.activities.push(activity);
    Ok(id)
}

fn checked_start(body: &Object) -> Result<jiff::civil::DateTime, Failure> {
    if body.get("type").is_none_or(Value::is_null) {
        return Err(Failure::rejected("Invalid type"));
    }
    match body.get("start_date_local").filter(|start| !start.is_null()) {
        Some(start) => local_time(start),
        None => Err(Failure::rejected("start_date_local is required")),
    }
}
