//! Streams of an activity, as JSON and CSV.
use axum::{
    Json, Router,
    body::Bytes,
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
    routing::{get, put},
};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    http::{Answer, Body, Found, Query, Shared, objects},
    object::Object,
    streams::{csv, from_csv, from_json, stream_list},
};

/// `/activity/{activity}/streams`, `streams.json` and `streams.csv`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/activity/{activity}/streams", get(list).put(update))
        .route("/activity/{activity}/streams.json", get(list))
        .route("/activity/{activity}/streams.csv", get(table).merge(put(update_table)))
}

fn streams(found: &Found, query: &Query) -> Result<Vec<Value>, Failure> {
    let (types, defaults) = (query.list("types"), query.flag("includeDefaults", false)?);
    found.read(|account, activity| Ok(stream_list(activity, account.person, types.as_deref(), defaults)))
}

async fn list(found: Found, query: Query) -> Answer {
    Ok(Json(Value::Array(streams(&found, &query)?)))
}

async fn table(found: Found, query: Query) -> Result<impl IntoResponse, Failure> {
    Ok(([(header::CONTENT_TYPE, "text/csv")], csv(&streams(&found, &query)?)))
}

async fn update(found: Found, body: Body) -> Answer {
    write(&found, from_json(objects(body)?)?)
}

async fn update_table(found: Found, headers: HeaderMap, body: Bytes) -> Answer {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = kind.strip_prefix("multipart/form-data").and_then(|kind| kind.split_once("boundary="));
    let Some((_, boundary)) = boundary else {
        let problem = "Content-Type must be multipart/form-data";
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem));
    };
    let text = String::from_utf8_lossy(&body);
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let mut parts = text.split(&boundary).filter_map(|part| part.split_once("\r\n\r\n"));
    let file = parts.find(|(head, _)| head.contains("name=\"file\""));
    let (_, file) = file.ok_or_else(|| Failure::rejected("Required part 'file' is not present."))?;
    write(&found, from_csv(file.trim_end_matches("\r\n"))?)
}

fn write(found: &Found, written: Object) -> Answer {
    let gone = |written: &Object, gone: bool| -> Vec<String> {
        written.iter().filter(|(_, stream)| stream.is_null() == gone).map(|(name, _)| name.clone()).collect()
    };
    let answer = json!({ "updated": gone(&written, false), "deleted": gone(&written, true) });
    found.change(|activity| {
        activity.streams.extend(written);
        Ok(())
    })?;
    Ok(Json(answer))
}
