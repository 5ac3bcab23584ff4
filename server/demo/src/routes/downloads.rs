//! Downloads of the files of an activity.
use axum::{
    Router,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    account::Account,
    activity::Activity,
    failure::Failure,
    files::{Content, fit, gpx, gzip},
    http::{Found, Query, Shared},
    track::Track,
};

/// `/activity/{activity}/file`, `fit-file` and `gpx-file`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/activity/{activity}/file", get(original))
        .route("/activity/{activity}/fit-file", get(fit_file))
        .route("/activity/{activity}/gpx-file", get(gpx_file))
}

/// The original file, as gzip without a `Content-Encoding`.
async fn original(found: Found) -> Result<Response, Failure> {
    found.read(|account, activity| {
        if !activity.is_recorded() {
            return Err(Failure::new(StatusCode::NOT_FOUND, "Activity has no file"));
        }
        let file = fit(&track(account, activity), account.utc(activity.start), Content { power: true, heart: true });
        let broken = |error| Failure::new(StatusCode::INTERNAL_SERVER_ERROR, error);
        Ok(download("application/octet-stream", &format!("{}.fit.gz", activity.id), gzip(&file).map_err(broken)?))
    })
}

async fn fit_file(found: Found, query: Query) -> Result<Response, Failure> {
    let content = content(&query)?;
    found.read(|account, activity| {
        if !activity.is_recorded() {
            return Err(Failure::rejected("Activity has no streams"));
        }
        let file = fit(&track(account, activity), account.utc(activity.start), content);
        Ok(download("application/octet-stream", &format!("{}.fit", activity.id), file))
    })
}

async fn gpx_file(found: Found, query: Query) -> Result<Response, Failure> {
    let content = content(&query)?;
    found.read(|account, activity| {
        let file = gpx(
            &track(account, activity),
            activity.current_name().unwrap_or_default(),
            account.utc(activity.start),
            content,
        );
        let file = file.ok_or_else(|| Failure::rejected("Activity has no GPS data"))?;
        Ok(download("application/gpx+xml", &format!("{}.gpx", activity.id), file.into_bytes()))
    })
}

fn track(account: &Account, activity: &Activity) -> Track {
    Track::of(activity, account.person)
}

fn content(query: &Query) -> Result<Content, Failure> {
    Ok(Content { power: query.flag("power", true)?, heart: query.flag("hr", true)? })
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
