//! Daily wellness: reading ranges and days, and updates.
use axum::{
    Json, Router,
    extract::Path,
    http::header,
    response::IntoResponse,
    routing::{get, put},
};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::{
    dates::plain_date,
    failure::Failure,
    http::{Answer, Body, Query, Shared, Target, filtered, object, objects},
    object::Object,
    wellness::fields,
};

/// `/athlete/{id}/wellness`, `wellness.csv` and `wellness-bulk`.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/athlete/{id}/wellness", get(range).put(update_by_id))
        .route("/athlete/{id}/wellness.csv", get(table))
        .route("/athlete/{id}/wellness-bulk", put(update_many))
        .route("/athlete/{id}/wellness/{date}", get(day).put(update))
}

fn rows(athlete: &Target, query: &Query) -> Result<Vec<Object>, Failure> {
    let (oldest, newest) = (query.date("oldest")?, query.date("newest")?);
    athlete.with(|account| Ok(account.wellness_rows(oldest.unwrap_or(Date::MIN), newest.unwrap_or(account.today))))
}

async fn range(athlete: Target, query: Query) -> Answer {
    let fields = query.list("fields");
    let rows = rows(&athlete, &query)?.into_iter();
    Ok(Json(rows.map(|row| filtered(row, fields.as_deref())).collect()))
}

async fn table(athlete: Target, query: Query) -> Result<impl IntoResponse, Failure> {
    let columns: Vec<&str> = fields::ALL.iter().map(|(name, _)| *name).filter(|name| *name != "sportInfo").collect();
    let mut csv = columns.join(",").replacen("id", "date", 1);
    for row in rows(&athlete, &query)? {
        let cells = columns.iter().map(|column| row.get(*column).map(cell).unwrap_or_default());
        csv.push('\n');
        csv.push_str(&cells.collect::<Vec<_>>().join(","));
    }
    Ok(([(header::CONTENT_TYPE, "text/csv")], csv + "\n"))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.contains([',', '"', '\n']) => format!("\"{}\"", text.replace('"', "\"\"")),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

async fn day(athlete: Target, Path((_, date)): Path<(String, String)>) -> Answer {
    let date = plain_date(&date)?;
    athlete.with(|account| Ok(Json(json!(account.wellness_row(date)))))
}

async fn update(athlete: Target, Path((_, date)): Path<(String, String)>, body: Body) -> Answer {
    write(&athlete, plain_date(&date)?, &object(body)?)
}

async fn update_by_id(athlete: Target, body: Body) -> Answer {
    let body = object(body)?;
    write(&athlete, date_of(&body)?, &body)
}

fn write(athlete: &Target, date: Date, body: &Object) -> Answer {
    athlete.with(|account| {
        account.write_wellness(date, body)?;
        Ok(Json(json!(account.wellness_row(date))))
    })
}

/// Updates all rows or none. The response has no body.
async fn update_many(athlete: Target, body: Body) -> Result<(), Failure> {
    let rows = objects(body)?;
    let dates = rows.iter().map(date_of).collect::<Result<Vec<_>, _>>()?;
    rows.iter().try_for_each(|row| fields::read(row).map(|_| ()))?;
    athlete.with(|account| dates.iter().zip(&rows).try_for_each(|(date, row)| account.write_wellness(*date, row)))
}

fn date_of(row: &Object) -> Result<Date, Failure> {
    match row.get("id").and_then(Value::as_str) {
        Some(id) => plain_date(id),
        None => Err(Failure::rejected("Wellness id (local date) is required")),
    }
}
