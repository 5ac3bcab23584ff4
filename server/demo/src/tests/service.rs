//! Credentials, coaching, errors and the log of requests.
use super::*;
use crate::{ATHLETE, COACHED, COACHED_RIDE, RIDE};
use rstest::rstest;

#[tokio::test]
async fn errors_have_the_shape_of_the_layer_they_come_from() {
    let demo = Caller::start().await;
    let (status, body) = demo.send(Method::GET, "/activity/i404", None).await;
    assert_eq!((status, body), (404, json!({ "status": 404, "error": "Not found" })));
    let (status, body) = demo.send(Method::GET, "/athlete/0/nonsense", None).await;
    assert_eq!(
        (status, &body["error"], &body["path"]),
        (404, &json!("Not Found"), &json!("/api/v1/athlete/0/nonsense"))
    );
    assert!(body["timestamp"].is_string());
    let (status, body) = demo.send(Method::DELETE, "/athlete/0/wellness", None).await;
    assert_eq!((status, &body["error"]), (405, &json!("Method Not Allowed")));
}

#[rstest]
#[case::own(KEY, ATHLETE, 200)]
#[case::zero(KEY, "0", 200)]
#[case::coached(KEY, COACHED, 200)]
#[case::unknown(KEY, "i123456", 403)]
#[case::coached_self(COACHED_KEY, COACHED, 200)]
#[case::coached_zero(COACHED_KEY, "0", 200)]
#[case::coach_of_coached(COACHED_KEY, ATHLETE, 403)]
#[case::no_key("nope", "0", 401)]
#[tokio::test]
async fn a_key_opens_its_owner_and_whom_the_owner_coaches(
    #[case] key: &'static str,
    #[case] id: &str,
    #[case] status: u16,
) {
    let demo = Caller { key, ..Caller::start().await };
    for path in ["", "/activities?oldest=2026-07-01", "/wellness/2026-07-01", "/sport-settings"] {
        let (answered, _) = demo.send(Method::GET, &format!("/athlete/{id}{path}"), None).await;
        assert_eq!(answered, status, "{path}");
    }
}

#[tokio::test]
async fn an_activity_opens_for_its_owner_and_the_coach_only() {
    let coach = Caller::start().await;
    coach.get(&format!("/activity/{COACHED_RIDE}")).await;
    let coached = Caller { key: COACHED_KEY, ..coach };
    coached.get(&format!("/activity/{COACHED_RIDE}")).await;
    assert_eq!(coached.fails(Method::GET, &format!("/activity/{RIDE}"), None).await.0, 403);
    assert_eq!(coached.fails(Method::DELETE, &format!("/activity/{RIDE}"), None).await.0, 403);
}

#[tokio::test]
async fn a_token_is_not_a_key() {
    let demo = Caller::start().await;
    let bearer = async |token: &str, path: &str| {
        let request = demo.client.get(format!("{}/api/v1{path}", demo.demo.url)).bearer_auth(token);
        let response = request.send().await.unwrap();
        (response.status(), response.text().await.unwrap())
    };
    assert_eq!(bearer("demo-token", "/athlete/0").await.0, StatusCode::OK);
    assert_eq!(bearer("demo-token", "/athletes").await.0, StatusCode::FORBIDDEN);
    let denied = r#"{"status":403,"error":"Access denied"}"#.to_owned();
    assert_eq!(bearer("demo", "/athlete/0").await, (StatusCode::FORBIDDEN, denied));
    let response = demo.client.get(format!("{}/api/v1/athlete/0", demo.demo.url)).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn requests_are_recorded_as_they_were_sent() {
    let demo = Caller::start().await;
    demo.get("/athlete/0/activities?oldest=2026-07-01&fields=id%2Cname&newest=").await;
    demo.put("/athlete/0/wellness/2026-07-01", json!({ "weight": 70 })).await;
    demo.fails(Method::DELETE, "/activity/a%20b", None).await;
    let requests = demo.demo.requests();
    assert_eq!(requests[0].to_string(), "GET /api/v1/athlete/0/activities?oldest=2026-07-01&fields=id,name&newest=");
    assert_eq!(requests.iter().map(|request| request.status).collect::<Vec<_>>(), [200, 200, 404]);
    assert_eq!(requests[1].content_type.as_deref(), Some("application/json"));
    assert_eq!(requests[1].body, br#"{"weight":70}"#);
    let writes = ["PUT /api/v1/athlete/0/wellness/2026-07-01", "DELETE /api/v1/activity/a%20b"];
    assert_eq!(demo.demo.writes(), writes);
}

#[rstest]
#[case(Some("application/json"), "{", 400)]
#[case(None, "{}", 415)]
#[case(Some("application/json"), "[]", 422)]
#[tokio::test]
async fn a_body_must_be_json(#[case] kind: Option<&str>, #[case] body: &'static str, #[case] status: u16) {
    let demo = Caller::start().await;
    let request = demo.request(Method::PUT, &format!("/activity/{RIDE}")).body(body);
    let request = if let Some(kind) = kind { request.header("content-type", kind) } else { request };
    assert_eq!(request.send().await.unwrap().status().as_u16(), status);
}

#[tokio::test]
async fn the_same_day_gives_the_same_bytes() {
    let paths =
        ["/athlete/0", "/athlete/0/activities?oldest=2026-04-01", "/athlete/0/wellness", "/activity/i9001/streams"];
    let (one, other) = (Caller::start().await, Caller::start().await);
    for path in paths {
        assert_eq!(one.get(path).await, other.get(path).await, "{path}");
    }
}

#[tokio::test]
async fn a_dropped_demo_stops_listening() {
    let Caller { demo, client, .. } = Caller::start().await;
    let url = demo.url.clone();
    drop(demo);
    let mut tries = 0;
    while client.get(&url).send().await.is_ok() && tries < 1000 {
        tries += 1;
        tokio::task::yield_now().await;
    }
    assert!(client.get(&url).send().await.is_err());
}
