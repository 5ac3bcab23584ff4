//! Events of the calendar.
use axum::{
    Json, Router,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use jiff::{ToSpan, civil::DateTime};
use serde_json::{Value, json};

use crate::{
    account::Account,
    activity::Activity,
    calendar::Event,
    failure::Failure,
    http::{Answer, Body, Query, Shared, Target, object, objects},
    object::Object,
};

/// `/athlete/{id}/events`, `duplicate-events` and `event-tags`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/events", get(range).post(create).put(flag))
        .route("/athlete/{id}/events/bulk", post(create_many))
        .route("/athlete/{id}/events/bulk-delete", put(remove_many))
        .route("/athlete/{id}/events/apply-plan", post(apply_plan))
        .route("/athlete/{id}/events/{event}", get(one).put(update).delete(remove))
        .route("/athlete/{id}/events/{event}/mark-done", post(mark_done))
        .route("/athlete/{id}/events/{event}/{file}", get(download))
        .route("/athlete/{id}/duplicate-events", post(duplicate))
        .route("/athlete/{id}/event-tags", get(tags))
}

/// Parses the event id of a path.
fn id_of(text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| Failure::rejected(format!("Failed to convert 'eventId' with value: '{text}'")))
}

fn event_json(account: &Account, id: u32) -> Answer {
    Ok(Json(account.calendar.find(id)?.json(account.person, None)))
}

fn events_json(account: &Account, ids: &[u32]) -> Answer {
    ids.iter().map(|id| Ok(event_json(account, *id)?.0)).collect::<Result<_, _>>().map(Json)
}

async fn range(athlete: Target, query: Query) -> Answer {
    let (oldest, newest) = (query.date("oldest")?, query.date("newest")?);
    let (limit, categories) = (query.number("limit")?.unwrap_or(usize::MAX), query.list("category"));
    let percent = |name: &str, default: f64| query.get(name).and_then(|value| value.parse().ok()).unwrap_or(default);
    let widen = (percent("powerRange", 2.5), percent("hrRange", 1.5), percent("paceRange", 2.5));
    let resolve = query.flag("resolve", false)?.then_some(widen);
    athlete.with(|account| {
        let oldest = oldest.unwrap_or(account.today);
        let newest = newest.unwrap_or(oldest.saturating_add(6.days()));
        let wanted =
            |event: &&&Event| categories.as_ref().is_none_or(|all| all.iter().any(|c| c == event.text("category")));
        let found = account.calendar.between(oldest, newest);
        Ok(Json(found.iter().filter(wanted).take(limit).map(|event| event.json(account.person, resolve)).collect()))
    })
}

async fn one(athlete: Target, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = id_of(&id)?;
    athlete.with(|account| event_json(account, id))
}

async fn create(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    athlete.with(|account| {
        let batch = account.calendar.new_batch();
        let id = account.calendar.create(&body, batch, account.person, athlete.caller.person.id)?;
        event_json(account, id)
    })
}

/// Creates all events or none.
async fn create_many(athlete: Target, query: Query, body: Body) -> Answer {
    let (bodies, upsert) = (objects(body)?, query.flag("upsert", false)?);
    let creator = athlete.caller.person.id;
    athlete.with(|account| {
        let (person, before) = (account.person, account.calendar.events.clone());
        let calendar = &mut account.calendar;
        let batch = calendar.new_batch();
        let mut add = |body| match upsert {
            true => calendar.upsert(body, batch, person, creator),
            false => calendar.create(body, batch, person, creator),
        };
        let ids: Result<Vec<u32>, Failure> = bodies.iter().map(&mut add).collect();
        let ids = ids.inspect_err(|_| account.calendar.events = before)?;
        events_json(account, &ids)
    })
}

async fn update(athlete: Target, Path((_, id)): Path<(String, String)>, body: Body) -> Answer {
    let (id, body) = (id_of(&id)?, object(body)?);
    athlete.with(|account| {
        account.calendar.find_mut(id)?.write(&body, account.person)?;
        event_json(account, id)
    })
}

/// Sets `hide_from_athlete` and `athlete_cannot_edit` of all events in a range.
async fn flag(athlete: Target, query: Query, body: Body) -> Answer {
    query.required("oldest")?;
    query.required("newest")?;
    let (oldest, newest, body) = (query.date("oldest")?, query.date("newest")?, object(body)?);
    let flags = |(key, value): &(&String, &Value)| {
        matches!(key.as_str(), "hide_from_athlete" | "athlete_cannot_edit") && value.is_boolean()
    };
    let flags: Object = body.iter().filter(flags).map(|(key, value)| (key.clone(), value.clone())).collect();
    athlete.with(|account| {
        let within = oldest.unwrap_or_default()..=newest.unwrap_or_default();
        let found: Vec<u32> = account
            .calendar
            .events
            .iter()
            .filter(|event| within.contains(&event.date()))
            .map(|event| event.id)
            .collect();
        for id in &found {
            account.calendar.find_mut(*id)?.fields.extend(flags.clone());
        }
        events_json(account, &found)
    })
}

/// Deletes an event. `others` also deletes its batch, from `notBefore` on.
async fn remove(athlete: Target, Path((_, id)): Path<(String, String)>, query: Query) -> Answer {
    let (id, others, from) = (id_of(&id)?, query.flag("others", false)?, query.date("notBefore")?);
    athlete.with(|account| {
        let batch = account.calendar.find(id)?.batch;
        let sibling = |event: &Event| others && event.batch == batch && from.is_none_or(|from| event.date() >= from);
        account.calendar.events.retain(|event| event.id != id && !sibling(event));
        Ok(Json(json!({})))
    })
}

/// Deletes events by id or `external_id`. Unknown ones are ignored.
async fn remove_many(athlete: Target, body: Body) -> Answer {
    let doomed = objects(body)?;
    athlete.with(|account| {
        let before = account.calendar.events.len();
        let is_doomed = |event: &Event| {
            doomed.iter().any(|one| match one.get("external_id").filter(|id| id.is_string()) {
                Some(own) => event.fields.get("external_id") == Some(own),
                None => one.get("id") == Some(&json!(event.id)),
            })
        };
        account.calendar.events.retain(|event| !is_doomed(event));
        Ok(Json(json!({ "eventsDeleted": before - account.calendar.events.len() })))
    })
}

async fn duplicate(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    let number = |key: &str| body.get(key).and_then(Value::as_u64).filter(|number| (1..=100).contains(number));
    let required = |key: &str| number(key).ok_or_else(|| Failure::rejected(format!("Invalid {key}")));
    let (copies, weeks) = (required("numCopies")?, required("weeksBetween")?);
    let ids =
        body.get("eventIds").and_then(Value::as_array).ok_or_else(|| Failure::rejected("eventIds is required"))?;
    let ids: Vec<u32> = ids.iter().filter_map(Value::as_u64).filter_map(|id| u32::try_from(id).ok()).collect();
    athlete.with(|account| {
        let calendar = &mut account.calendar;
        let batch = calendar.new_batch();
        let originals = ids.iter().map(|id| calendar.find(*id).cloned()).collect::<Result<Vec<_>, _>>()?;
        let mut made = Vec::new();
        for copy in 1..=copies {
            for original in &originals {
                let mut later = original.later(i64::try_from(copy * weeks * 7).unwrap_or_default());
                later.batch = batch;
                later.fields.insert("external_id".to_owned(), Value::Null);
                made.push(calendar.add(None, later));
            }
        }
        events_json(account, &made)
    })
}

/// Workouts of a folder in the library.
fn workouts_of_folder(account: &Account, folder_id: u64) -> Result<Vec<Object>, Failure> {
    let folder = u32::try_from(folder_id).ok().and_then(|id| account.library.folder(id));
    let folder = folder.ok_or_else(Failure::not_found)?;
    let workouts = folder.get("children").and_then(Value::as_array).into_iter().flatten();
    Ok(workouts.filter_map(Value::as_object).cloned().collect())
}

async fn apply_plan(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    let folder = body.get("folder_id").and_then(Value::as_u64);
    let folder = folder.ok_or_else(|| Failure::rejected("folder_id is required"))?;
    let start = body.get("start_date_local").and_then(Value::as_str).unwrap_or_default();
    let start: DateTime = start.parse().map_err(|_| Failure::rejected("start_date_local is required"))?;
    let extra = body.get("extra_workouts").and_then(Value::as_array);
    let extra = extra.into_iter().flatten().filter_map(Value::as_object).cloned();
    athlete.with(|account| {
        let batch = account.calendar.new_batch();
        let applied = format!("{}T06:00:00.000+00:00", account.today);
        for workout in workouts_of_folder(account, folder)?.into_iter().chain(extra) {
            let number = |key: &str| workout.get(key).and_then(Value::as_i64);
            let mut event = workout.clone();
            let day = start.saturating_add(number("day").unwrap_or_default().days());
            for (key, value) in [
                ("category", json!("WORKOUT")),
                ("start_date_local", json!(day.to_string())),
                ("plan_folder_id", json!(folder)),
                ("plan_workout_id", json!(number("id"))),
                ("plan_athlete_id", json!(account.person.id)),
                ("plan_applied", json!(applied)),
            ] {
                event.insert(key.to_owned(), value);
            }
            account.calendar.create(&event, batch, account.person, athlete.caller.person.id)?;
        }
        Ok(Json(json!({})))
    })
}

/// Creates a manual activity from a planned workout.
async fn mark_done(athlete: Target, Path((_, id)): Path<(String, String)>) -> Answer {
    let id = id_of(&id)?;
    athlete.with(|account| {
        let event = account.calendar.find(id)?;
        if event.text("category") != "WORKOUT" {
            return Err(Failure::rejected("Event is not a workout"));
        }
        let number = |key: &str| event.fields.get(key).cloned().filter(|value| value.as_f64().is_some_and(|n| n > 0.0));
        let body = json!({
            "type": event.fields.get("type").filter(|kind| !kind.is_null()).unwrap_or(&json!("Ride")),
            "name": event.text("name"), "moving_time": number("moving_time"), "elapsed_time": number("moving_time"),
            "distance": number("distance"), "icu_training_load": number("icu_training_load"), "paired_event_id": id,
            "compliance": 100.0,
        });
        let mut activity = Activity::blank(String::new(), event.date().at(12, 0, 0, 0));
        activity.write(body.as_object().unwrap_or(&Object::new()))?;
        activity.id = account.new_id();
        let told = activity.id.clone();
        account.activities.push(activity);
        account.refresh();
        let made = account.activities.iter().find(|activity| activity.id == told).ok_or_else(Failure::not_found)?;
        Ok(Json(Value::Object(made.json(account))))
    })
}

async fn download(athlete: Target, Path((_, id, file)): Path<(String, String, String)>) -> Result<Response, Failure> {
    let id = id_of(&id)?;
    let kind = file.strip_prefix("download.").ok_or_else(Failure::not_found)?;
    athlete.with(|account| {
        let data = account.calendar.find(id)?.file(kind, account.person.ftp)?;
        let disposition = format!("attachment; filename=\"workout-{id}.{kind}\"");
        let kind = (header::CONTENT_TYPE, "application/octet-stream".to_owned());
        Ok(([kind, (header::CONTENT_DISPOSITION, disposition)], data).into_response())
    })
}

/// All tags of events, sorted.
async fn tags(athlete: Target) -> Answer {
    athlete.with(|account| {
        let all = account.calendar.events.iter().filter_map(|event| event.fields.get("tags")?.as_array());
        let mut all: Vec<&str> = all.flatten().filter_map(Value::as_str).collect();
        all.sort_unstable();
        all.dedup();
        Ok(Json(json!(all)))
    })
}
