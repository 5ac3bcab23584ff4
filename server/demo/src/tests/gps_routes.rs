//! GPS routes over HTTP.
use super::*;
use crate::{COACHED, COACHED_ROUTE, LONG_RIDE, RIDE, ROUTE, RUN_ROUTE};

#[tokio::test]
async fn routes_count_the_activities_along_them() {
    let demo = Caller::start().await;
    let routes = demo.get("/athlete/0/routes").await;
    assert_eq!((&routes[0]["route_id"], &routes[0]["activity_count"]), (&json!(ROUTE), &json!(2)));
    assert_eq!((&routes[0]["most_recent_id"], &routes[1]["tags"]), (&json!(RIDE), &Value::Null));
    let along = demo.get(&format!("/athlete/0/activities?oldest=2020-01-01&route_id={ROUTE}")).await;
    assert_eq!(ids(&along), [RIDE, LONG_RIDE]);
    assert_eq!(demo.get(&format!("/athlete/{COACHED}/routes")).await[0]["route_id"], COACHED_ROUTE);
    let empty = Caller::with(Options { years: 0, ..Options::default() }).await;
    assert_eq!(empty.get("/athlete/0/routes").await, json!([]));
}

#[tokio::test]
async fn one_route_has_its_points_when_they_are_asked_for_and_keeps_what_is_not_sent() {
    let demo = Caller::start().await;
    let path = format!("/athlete/0/routes/{ROUTE}");
    assert_eq!(demo.get(&path).await["latlngs"], Value::Null);
    assert!(demo.get(&format!("{path}?includePath=true")).await["latlngs"][0][0].is_f64());
    let named = demo.put(&path, json!({"name": "Ridge"})).await;
    assert_eq!((&named["name"], &named["tags"][0]), (&json!("Ridge"), &json!("hills")));
    assert_eq!(demo.get(&format!("{path}/similarity/{RUN_ROUTE}")).await["similarity"], 0.125);
    assert_eq!(demo.fails(Method::GET, "/athlete/0/routes/1", None).await.0, 404);
    assert_eq!(demo.fails(Method::GET, "/athlete/0/routes/one", None).await.0, 422);
}
