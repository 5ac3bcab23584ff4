//! Parses streams that a caller writes, as JSON or CSV.
use serde_json::{Value, json};

use crate::{failure::Failure, object::Object};

/// Parses streams from JSON, by type. Null deletes a stream.
///
/// # Errors
/// 422 for a stream without a type or with invalid data.
pub fn from_json(streams: Vec<Object>) -> Result<Object, Failure> {
    let mut written = Object::new();
    for stream in streams {
        let name = stream.get("type").and_then(Value::as_str).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| Failure::rejected("Stream type is required"))?.to_owned();
        let value = match stream.get("data") {
            None | Some(Value::Null) => Value::Null,
            Some(Value::Array(data)) => json!({ "data": data, "data2": stream.get("data2") }),
            Some(_) => return Err(Failure::rejected(format!("Invalid data for stream [{name}]"))),
        };
        written.insert(name, value);
    }
    Ok(written)
}

/// Parses streams from CSV. The first line has their types.
///
/// # Errors
/// 422 without a header, for a line of another length, and for a cell that is neither empty nor a number.
pub fn from_csv(table: &str) -> Result<Object, Failure> {
    let mut lines = table.lines().map(|line| line.split(',').map(str::trim).collect::<Vec<_>>());
    let names = lines.next().filter(|names| names.iter().all(|name| is_name(name)));
    let names = names.ok_or_else(|| Failure::rejected("CSV header with stream types is required"))?;
    let mut columns = vec![Vec::new(); names.len()];
    for (number, cells) in (2..).zip(lines) {
        if cells.len() != names.len() {
            return Err(Failure::rejected(format!(
                "Line {number} has {} columns, expected {}",
                cells.len(),
                names.len()
            )));
        }
        for (column, text) in columns.iter_mut().zip(cells) {
            column
                .push(cell(text).ok_or_else(|| Failure::rejected(format!("Invalid value [{text}] on line {number}")))?);
        }
    }
    let mut written = Object::new();
    let mut lat = None;
    for (name, data) in names.into_iter().zip(columns) {
        match name {
            "lat" => lat = Some(data),
            "lng" => _ = written.insert("latlng".to_owned(), json!({ "data": lat.take(), "data2": data })),
            _ => _ = written.insert(name.to_owned(), json!({ "data": data, "data2": null })),
        }
    }
    Ok(written)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
}

fn cell(text: &str) -> Option<Value> {
    match text {
        "" => Some(Value::Null),
        "true" | "false" => Some(json!(text == "true")),
        _ => serde_json::from_str::<serde_json::Number>(text).ok().map(Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn a_table_becomes_streams() {
        let written = from_csv("time,watts,lat,lng\n0,200,1.5,2.5\n1,,1.6,2.6\n").unwrap();
        let latlng = json!({ "data": [1.5, 1.6], "data2": [2.5, 2.6] });
        assert_eq!(written["watts"], json!({ "data": [200, null], "data2": null }));
        assert_eq!(written["latlng"], latlng);
    }

    #[rstest]
    #[case("")]
    #[case("0,200\n1,210")]
    #[case("time,watts\n0")]
    #[case("time,watts\n0,hard")]
    fn other_tables_are_refused(#[case] table: &str) {
        assert!(from_csv(table).is_err());
    }

    #[test]
    fn a_stream_without_data_is_deleted() {
        let streams = vec![json!({ "type": "temp", "data": null }).as_object().unwrap().clone()];
        assert_eq!(Value::Object(from_json(streams).unwrap()), json!({ "temp": null }));
    }
}
