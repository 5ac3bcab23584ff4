//! Places of the weather forecast, and the forecast of a day.
use jiff::{ToSpan, civil::Date};
use serde_json::{Value, json};

use crate::{
    person::Person,
    random::{Random, round},
};

/// Forecast places of a new account, or null.
pub fn forecasts(trained: bool, coached: bool) -> Value {
    match (trained, coached) {
        (true, false) => json!([
            { "id": 1, "provider": "OPEN_WEATHER", "location": "Auckland,NZ", "label": "Home", "lat": -36.85, "lon": 174.76, "enabled": true },
            { "id": 2, "provider": "OPEN_WEATHER", "location": "Taupo,NZ", "label": null, "lat": -38.69, "lon": 176.07, "enabled": false },
        ]),
        _ => Value::Null,
    }
}

/// Forecast of a day. The API does not specify its form; this is the one of its provider, OpenWeather.
pub fn day(person: &Person, today: Date, ahead: i32) -> Value {
    let mut random = Random::new(person.seed ^ ahead.unsigned_abs() as u64, 31);
    let (warm, wet) = (round(13.0 + 2.0 * random.bell(), 1), random.chance(0.4));
    json!({
        "id": today.saturating_add(ahead.days()).to_string(),
        "temp": { "min": round(warm - 5.0, 1), "max": warm, "day": round(warm - 1.0, 1) },
        "humidity": 70, "wind_speed": 4.2, "wind_gust": 8.1, "wind_deg": 225,
        "rain": wet.then_some(3.4), "clouds": 40, "pop": if wet { 0.8 } else { 0.1 },
        "weather": [{ "id": if wet { 500 } else { 801 }, "main": if wet { "Rain" } else { "Clouds" } }],
    })
}
