//! Weather forecast and its places.
use axum::{Json, Router, routing::get};
use serde_json::{Value, json};

use crate::{
    http::{Answer, Body, Shared, Target, object},
    weather,
};

/// `/athlete/{id}/weather-config` and `weather-forecast`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/weather-config", get(config).put(configure))
        .route("/athlete/{id}/weather-forecast", get(forecast))
}

async fn config(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(json!({ "forecasts": account.forecasts }))))
}

/// Replaces all places.
async fn configure(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| {
        account.forecasts = body.get("forecasts").cloned().unwrap_or(Value::Null);
        Ok(Json(json!({ "forecasts": account.forecasts })))
    })
}

/// Forecast of a week for each enabled place.
async fn forecast(athlete: Target) -> Answer {
    athlete.with(|account| {
        let places = account.forecasts.as_array().cloned().unwrap_or_default();
        let enabled = places.into_iter().filter(|place| place.get("enabled") == Some(&json!(true)));
        let told = enabled.map(|mut place| {
            if let Some(place) = place.as_object_mut() {
                place.insert(
                    "daily".into(),
                    (0..7).map(|ahead| weather::day(account.person, account.today, ahead)).collect(),
                );
            }
            place
        });
        Ok(Json(json!({ "forecasts": told.collect::<Value>() })))
    })
}
