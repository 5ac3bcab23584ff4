//! Analysis of an activity: intervals, best efforts and histograms; and the interval search.
mod efforts;
mod histogram;
mod search;

use axum::{
    Json, Router,
    extract::{FromRequestParts, Path},
    http::request::Parts,
    routing::{get, put},
};
use serde_json::{Value, json};

use crate::{
    account::Account,
    activity::Activity,
    failure::Failure,
    http::{Answer, Body, Found, Query, Shared, object, objects},
    streams::stream_list,
};

/// Analysis below `/activity/{activity}`, and the interval search.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/activity/{activity}/intervals", get(list).put(replace))
        .route("/activity/{activity}/intervals/{interval}", put(rewrite))
        .route("/activity/{activity}/split-interval", put(split))
        .route("/activity/{activity}/delete-intervals", put(remove))
        .route("/activity/{activity}/interval-stats", get(stats))
        .route("/activity/{activity}/best-efforts", get(efforts::best))
        .merge(histogram::routes())
        .merge(search::routes())
}

/// Values of a stream. None if the activity does not have it.
fn values(account: &Account, activity: &Activity, name: &str) -> Option<Vec<Option<f64>>> {
    let stream = stream_list(activity, account.person, Some(&[name.to_owned()]), false).into_iter().next()?;
    Some(stream.get("data")?.as_array()?.iter().map(Value::as_f64).collect())
}

fn laid_out(account: &Account, activity: &Activity) -> Value {
    let (mut intervals, mut groups) = (Value::Null, Value::Null);
    if activity.is_recorded() {
        (intervals, groups) = activity.intervals(account.person);
    }
    let analyzed = activity.is_recorded().then_some("2026-07-04T05:06:07.000+00:00");
    json!({ "id": activity.id, "analyzed": analyzed, "icu_intervals": intervals, "icu_groups": groups })
}

fn dto(found: &Found) -> Answer {
    found.read(|account, activity| Ok(Json(laid_out(account, activity))))
}

async fn list(found: Found) -> Answer {
    dto(&found)
}

async fn replace(found: Found, query: Query, body: Body) -> Answer {
    let (sent, all) = (objects(body)?, query.flag("all", true)?);
    found.change(|activity| activity.lay_out(&sent, all))?;
    dto(&found)
}

/// Extractor of the interval id in a path.
struct Interval(u32);

impl FromRequestParts<Shared> for Interval {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let path: Result<Path<(String, String)>, _> = Path::from_request_parts(parts, service).await;
        let text = path.map(|Path((_, interval))| interval).unwrap_or_default();
        let wrong = || Failure::rejected(format!("Failed to convert 'intervalId' with value: '{text}'"));
        text.parse().map(Self).map_err(|_| wrong())
    }
}

async fn rewrite(found: Found, interval: Interval, body: Body) -> Answer {
    let sent = object(body)?;
    found.change(|activity| activity.rewrite(interval.0, &sent))?;
    dto(&found)
}

async fn split(found: Found, query: Query) -> Answer {
    query.required("splitAt")?;
    let at = query.number("splitAt")?.and_then(|at| u32::try_from(at).ok()).unwrap_or_default();
    found.change(|activity| activity.split(at))?;
    dto(&found)
}

async fn remove(found: Found, body: Body) -> Answer {
    let sent = objects(body)?;
    found.change(|activity| {
        activity.remove_pieces(&sent);
        Ok(())
    })?;
    dto(&found)
}

async fn stats(found: Found, query: Query) -> Answer {
    query.required("start_index")?;
    query.required("end_index")?;
    let index = |name| Ok::<_, Failure>(query.number(name)?.and_then(|n| u32::try_from(n).ok()).unwrap_or_default());
    let (from, to) = (index("start_index")?, index("end_index")?);
    found.read(|account, activity| {
        let end: u32 = activity.steps().iter().map(|step| step.secs).sum();
        if from >= to || to > end {
            return Err(Failure::rejected("Invalid start_index, end_index"));
        }
        let mut stats = activity.stretch(account.person, from, to);
        for unset in ["id", "type", "label", "group_id"] {
            stats.insert(unset.to_owned(), Value::Null);
        }
        Ok(Json(Value::Object(stats)))
    })
}
