//! The weather forecast and its places over HTTP.
use super::*;
use crate::COACHED;

#[tokio::test]
async fn a_forecast_is_given_for_the_places_that_are_on() {
    let demo = Caller::start().await;
    assert_eq!(demo.get("/athlete/0/weather-config").await["forecasts"].as_array().unwrap().len(), 2);
    let forecast = demo.get("/athlete/0/weather-forecast").await;
    assert_eq!(forecast["forecasts"].as_array().unwrap().len(), 1);
    assert_eq!(forecast["forecasts"][0]["daily"][0]["id"], "2026-07-05");
    demo.put("/athlete/0/weather-config", json!({"forecasts": []})).await;
    assert_eq!(demo.get("/athlete/0/weather-forecast").await["forecasts"], json!([]));
    assert_eq!(demo.get(&format!("/athlete/{COACHED}/weather-config")).await["forecasts"], Value::Null);
}
