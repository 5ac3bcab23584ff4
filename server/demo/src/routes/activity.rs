//! Reading, updating and deleting an activity.
use axum::{Json, Router, routing::get};
use serde_json::Value;

use crate::{
    account::Account,
    activity::Activity,
    http::{Answer, Body, Found, Query, Shared, object},
};

/// `/activity/{activity}`.
pub fn routes() -> Router<Shared> {
    Router::new().route("/activity/{activity}", get(one).put(update).delete(remove))
}

/// The API's JSON of an activity, with its intervals if they are requested.
pub fn activity_json(account: &Account, activity: &Activity, intervals: bool) -> Value {
    let mut all = activity.json(account);
    if intervals && !activity.is_hidden() {
        let (parts, groups) = activity.intervals(account.person);
        all.insert("icu_intervals".to_owned(), parts);
        all.insert("icu_groups".to_owned(), groups);
    }
    Value::Object(all)
}

async fn one(found: Found, query: Query) -> Answer {
    let intervals = query.flag("intervals", false)?;
    found.read(|account, activity| Ok(Json(activity_json(account, activity, intervals))))
}

async fn update(found: Found, body: Body) -> Answer {
    let body = object(body)?;
    found.change(|activity| activity.write(&body))?;
    found.read(|account, activity| Ok(Json(activity_json(account, activity, false))))
}

async fn remove(found: Found) -> Answer {
    found.remove()
}
