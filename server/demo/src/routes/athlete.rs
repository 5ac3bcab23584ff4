//! Athletes, and the list of their sport settings.
use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    http::{Answer, Body, Caller, Shared, Target, object},
};

/// `/athletes`, `/athlete/{id}` and `GET /athlete/{id}/sport-settings`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athletes", get(all))
        .route("/athlete/{id}", get(one).put(update))
        .route("/athlete/{id}/sport-settings", get(sports))
}

async fn all(State(service): State<Shared>, caller: Caller) -> Answer {
    if caller.bearer {
        return Err(Failure::denied());
    }
    let accounts = service.accounts();
    let seen = accounts.iter().filter(|account| caller.may_see(account.person));
    Ok(Json(seen.map(|account| Value::Object(account.athlete(caller.person.id))).collect()))
}

async fn one(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(json!(account.athlete_with_settings(athlete.caller.person.id)))))
}

async fn update(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| {
        account.write_athlete(&body);
        Ok(Json(json!(account.athlete(athlete.caller.person.id))))
    })
}

async fn sports(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(json!(account.sports))))
}
