//! Messages on activities over HTTP.
use super::*;
use crate::{ATHLETE, COACHED_RIDE, MESSAGE, RIDE};

fn numbers(rows: &Value) -> Vec<i64> {
    rows.as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn comments_come_by_id_with_deleted_ones_marked() {
    let demo = Caller::start().await;
    let path = format!("/activity/{RIDE}/messages");
    let all = demo.get(&path).await;
    assert_eq!(numbers(&all), (MESSAGE..MESSAGE + 5).collect::<Vec<_>>());
    assert!(all[1]["athlete_id"] == ATHLETE && all[2]["deleted"].is_string() && all[4]["attachment_url"].is_string());
    assert_eq!(numbers(&demo.get(&format!("{path}?sinceId={MESSAGE}&limit=1")).await), [MESSAGE + 1]);
    assert_eq!(demo.get("/activity/i9002/messages").await, json!([]));
    assert_eq!(demo.fails(Method::GET, &format!("{path}?sinceId=x"), None).await.0, 422);
}

#[tokio::test]
async fn a_comment_is_by_whoever_sends_it() {
    let demo = Caller::start().await;
    let path = format!("/activity/{COACHED_RIDE}/messages");
    let sent = demo.post(&path, json!({"content": "Good"})).await;
    let all = demo.get(&path).await;
    assert_eq!(
        (&all[1]["id"], &all[1]["name"], &all[1]["content"]),
        (&sent["id"], &json!("Alex Rivers"), &json!("Good"))
    );
    assert_eq!(demo.fails(Method::POST, &path, Some(json!({"content": " "}))).await.0, 422);
    let coached = Caller { key: COACHED_KEY, ..demo };
    assert_eq!(coached.fails(Method::GET, &format!("/activity/{RIDE}/messages"), None).await.0, 403);
}
