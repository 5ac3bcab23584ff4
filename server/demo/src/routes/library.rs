//! Folders, training plans and workouts of the library.
use std::collections::BTreeSet;

use axum::{
    Json, Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde_json::{Value, json};

use crate::{
    failure::Failure,
    files::workout,
    http::{Answer, Body, Query, Shared, Target, object, objects},
    workout_text,
};

/// `/athlete/{id}/folders`, `workouts`, `workout-tags`, `apply-plan-changes` and `download-workout`.
pub fn routes() -> Router<Shared> {
    let routes = Router::new()
        .route("/athlete/{id}/folders", get(folders).post(create_folder))
        .route("/athlete/{id}/folders/{folder}", put(update_folder).delete(delete_folder))
        .route("/athlete/{id}/folders/{folder}/workouts", put(hide))
        .route("/athlete/{id}/workouts", get(all).post(create))
        .route("/athlete/{id}/workouts/bulk", post(create_many))
        .route("/athlete/{id}/workouts/{workout}", get(one).put(update).delete(delete))
        .route("/athlete/{id}/workout-tags", get(tags))
        .route("/athlete/{id}/apply-plan-changes", put(apply_changes));
    let kinds = ["zwo", "mrc", "erg", "fit"];
    kinds.into_iter().fold(routes, |routes, kind| {
        let handler = move |athlete: Target, body: Body| download(athlete, body, kind);
        routes.route(&format!("/athlete/{{id}}/download-workout.{kind}"), post(handler))
    })
}

async fn folders(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(json!(account.library.folders()))))
}

async fn create_folder(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| account.library.create_folder(&body).map(Json))
}

async fn update_folder(athlete: Target, Path((_, folder)): Path<(String, String)>, body: Body) -> Answer {
    let (id, body) = (number("folderId", &folder)?, object(body)?);
    athlete.with(|account| account.library.update_folder(id, &body).map(Json))
}

async fn delete_folder(athlete: Target, Path((_, folder)): Path<(String, String)>) -> Answer {
    let id = number("folderId", &folder)?;
    athlete.with(|account| {
        account.library.delete_folder(id);
        Ok(Json(json!({})))
    })
}

/// Sets `hide_from_athlete` of the workouts on some days of a plan.
async fn hide(athlete: Target, Path((_, folder)): Path<(String, String)>, query: Query, body: Body) -> Answer {
    let (id, body) = (number("folderId", &folder)?, object(body)?);
    let days = number("oldest", query.required("oldest")?)?..=number("newest", query.required("newest")?)?;
    athlete.with(|account| Ok(Json(json!(account.library.hide(id, days, &body)))))
}

async fn all(athlete: Target) -> Answer {
    athlete.with(|account| Ok(Json(account.library.workouts(None).map(|workout| json!(workout.fields)).collect())))
}

async fn one(athlete: Target, Path((_, workout)): Path<(String, String)>) -> Answer {
    let id = number("workoutId", &workout)?;
    athlete.with(|account| Ok(Json(json!(account.library.workout(id)?.fields))))
}

async fn create(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| Ok(Json(account.library.create(&[body])?.into_iter().next().unwrap_or_default())))
}

async fn create_many(athlete: Target, body: Body) -> Answer {
    let bodies = objects(body)?;
    athlete.with(|account| Ok(Json(json!(account.library.create(&bodies)?))))
}

async fn update(athlete: Target, Path((_, workout)): Path<(String, String)>, body: Body) -> Answer {
    let (id, body) = (number("workoutId", &workout)?, object(body)?);
    athlete.with(|account| account.library.update(id, &body).map(Json))
}

async fn delete(athlete: Target, Path((_, workout)): Path<(String, String)>, query: Query) -> Answer {
    let (id, others) = (number("workoutId", &workout)?, query.flag("others", false)?);
    athlete.with(|account| Ok(Json(json!(account.library.delete(id, others)?))))
}

async fn tags(athlete: Target) -> Answer {
    athlete.with(|account| {
        let folders = account.library.folders();
        let workouts = folders.iter().filter_map(|folder| folder.get("children")?.as_array()).flatten();
        let tags = workouts.filter_map(|workout| workout.get("tags")?.as_array()).flatten().filter_map(Value::as_str);
        Ok(Json(json!(tags.collect::<BTreeSet<_>>())))
    })
}

async fn apply_changes(_: Target) -> Answer {
    Ok(Json(json!({})))
}

/// Converts the workout in the body to a file, with the athlete's thresholds.
async fn download(athlete: Target, body: Body, kind: &'static str) -> Result<Response, Failure> {
    let body = object(body)?;
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let (name, sport) = (text("name"), text("type"));
    let mut doc = athlete.with(|account| {
        let mut doc = workout_text::read(text("description"), sport, account.person).doc;
        workout_text::resolve(&mut doc, sport, account.person, (0.0, 0.0, 0.0));
        Ok(doc)
    })?;
    let doc = doc.take();
    let file = workout::file(kind, name, &doc).ok_or_else(|| Failure::rejected("Workout has no steps"))?;
    let disposition = format!("attachment; filename=\"{}.{kind}\"", name.replace(['"', '\n'], "_"));
    let headers =
        [(header::CONTENT_TYPE, "application/octet-stream".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, file).into_response())
}

fn number(name: &str, text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::rejected(format!("Failed to convert '{name}' with value: '{text}'")))
}
