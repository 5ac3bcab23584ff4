//! Messages on an activity.
use axum::{Json, Router, routing::get};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    http::{Answer, Body, Caller, Found, Query, Shared, object},
};

/// `/activity/{activity}/messages`.
pub fn routes() -> Router<Shared> {
    Router::new().route("/activity/{activity}/messages", get(all).post(add))
}

async fn all(found: Found, query: Query) -> Answer {
    let (since, limit) = (query.number("sinceId")?.unwrap_or_default(), query.number("limit")?.unwrap_or(100));
    let since = i64::try_from(since).unwrap_or(i64::MAX);
    found.with(|account| Ok(Json(account.messages.json(&found.id, since, limit))))
}

async fn add(found: Found, caller: Caller, body: Body) -> Answer {
    let body = object(body)?;
    let content = body.get("content").and_then(Value::as_str).filter(|content| !content.trim().is_empty());
    let content = content.ok_or_else(|| Failure::rejected("Content is required"))?;
    found.with(|account| {
        let id = account.messages.write(&found.id, caller.person, content);
        Ok(Json(json!({ "id": id, "new_chat": null })))
    })
}
