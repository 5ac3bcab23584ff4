//! `/athlete/{id}/weather-config` and the forecast for its places.
use axum::{Json, Router, routing::get};
use jiff::ToSpan;
use serde_json::{Value, json};

use crate::{
    account::Account,
    http::{Answer, Body, Shared, Target, object},
    random::{Random, round},
};

/// Places and their forecast.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/weather-config", get(config).put(configure))
        .route("/athlete/{id}/weather-forecast", get(forecast))
}

async fn config(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(json!({ "forecasts": account.forecasts }))))
}

/// The places that are sent take the place of all others.
async fn configure(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| {
        account.forecasts = body.get("forecasts").cloned().unwrap_or(Value::Null);
        Ok(Json(json!({ "forecasts": account.forecasts })))
    })
}

/// A week for every place. The specification says nothing of the days; these have the form of OpenWeather, who provides them.
async fn forecast(athlete: Target) -> Answer {
    athlete.with(|account| {
        let places = account.forecasts.as_array().cloned().unwrap_or_default();
        let enabled = places.into_iter().filter(|place| place.get("enabled") == Some(&json!(true)));
        let told = enabled.map(|mut place| {
            if let Some(place) = place.as_object_mut() {
                place.insert("daily".into(), (0..7).map(|ahead| day(account, ahead)).collect());
            }
            place
        });
        Ok(Json(json!({ "forecasts": told.collect::<Value>() })))
    })
}

fn day(account: &Account, ahead: i32) -> Value {
    let mut random = Random::new(account.person.seed ^ ahead.unsigned_abs() as u64, 31);
    let (warm, wet) = (round(13.0 + 2.0 * random.bell(), 1), random.chance(0.4));
    json!({
        "id": account.today.saturating_add(ahead.days()).to_string(),
        "temp": { "min": round(warm - 5.0, 1), "max": warm, "day": round(warm - 1.0, 1) },
        "humidity": 70, "wind_speed": 4.2, "wind_gust": 8.1, "wind_deg": 225,
        "rain": wet.then_some(3.4), "clouds": 40, "pop": if wet { 0.8 } else { 0.1 },
        "weather": [{ "id": if wet { 500 } else { 801 }, "main": if wet { "Rain" } else { "Clouds" } }],
    })
}

/// As it is at the start.
pub fn forecasts(trained: bool, coached: bool) -> Value {
    match (trained, coached) {
        (true, false) => json!([
            { "id": 1, "provider": "OPEN_WEATHER", "location": "Auckland,NZ", "label": "Home", "lat": -36.85, "lon": 174.76, "enabled": true },
            { "id": 2, "provider": "OPEN_WEATHER", "location": "Taupo,NZ", "label": null, "lat": -38.69, "lon": 176.07, "enabled": false },
        ]),
        _ => Value::Null,
    }
}
