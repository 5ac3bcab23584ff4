//! Custom items over HTTP.
use super::*;
use crate::{COACHED, FITNESS_CHART, FUELING_FIELD, RIDE, WELLNESS_FIELD};
use rstest::rstest;

#[tokio::test]
async fn fields_are_what_days_and_activities_have_values_of() {
    let demo = Caller::start().await;
    let items = demo.get("/athlete/0/custom-item").await;
    let code = |id: i64| {
        let item = items.as_array().unwrap().iter().find(|item| item["id"] == id).unwrap();
        item["content"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(WELLNESS_FIELD), "Caffeine");
    assert!(demo.get(&format!("/activity/{RIDE}")).await.get(code(FUELING_FIELD)).is_some());
    let chart = demo.get(&format!("/athlete/0/custom-item/{FITNESS_CHART}")).await;
    assert!(chart["content"]["script"].as_str().unwrap().len() > 10_000 && chart["from_athlete"]["name"].is_string());
    assert_eq!(demo.get(&format!("/athlete/{COACHED}/custom-item")).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_content_is_replaced_whole_and_the_rest_is_kept() {
    let demo = Caller::start().await;
    let path = format!("/athlete/0/custom-item/{WELLNESS_FIELD}");
    let changed = demo.put(&path, json!({"content": {"code": "Caffeine", "type": "numeric"}})).await;
    assert_eq!(
        (&changed["content"], &changed["name"]),
        (&json!({"code": "Caffeine", "type": "numeric"}), &json!("Caffeine"))
    );
    let chart = demo.post("/athlete/0/custom-item", json!({"type": "ZONES", "name": "Z"})).await;
    assert!(chart["content"].is_object() && chart["visibility"] == "PRIVATE");
    let no_field = json!({"type": "INPUT_FIELD"});
    let zones = format!("/athlete/0/custom-item/{}", chart["id"]);
    assert_eq!(demo.fails(Method::PUT, &zones, Some(no_field)).await.0, 422);
    let (status, _) = demo.send(Method::DELETE, &path, None).await;
    assert_eq!((status, demo.send(Method::GET, &path, None).await.0), (200, 404));
}

#[rstest]
#[case(json!({"name": "X"}))]
#[case(json!({"name": "X", "type": "CHART"}))]
#[case(json!({"type": "ZONES"}))]
#[case(json!({"name": "X", "type": "ZONES", "visibility": "ALL"}))]
#[case(json!({"name": "X", "type": "INPUT_FIELD"}))]
#[case(json!({"name": "X", "type": "INPUT_FIELD", "content": {"code": "x", "type": "numeric"}}))]
#[case(json!({"name": "X", "type": "INPUT_FIELD", "content": {"code": "Xx", "type": "number"}}))]
#[case(json!({"name": "X", "type": "INPUT_FIELD", "content": {"code": "Xx", "type": "numeric", "aggregate": "AVG"}}))]
#[case(json!({"name": "X", "type": "FITNESS_CHART", "content": {}}))]
#[tokio::test]
async fn what_does_not_fit_is_refused(#[case] body: Value) {
    let demo = Caller::start().await;
    assert_eq!(demo.fails(Method::POST, "/athlete/0/custom-item", Some(body)).await.0, 422);
}
