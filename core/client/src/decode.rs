//! Decodes response bodies: leniently where nothing is lost, and with the exact place of errors.
//!
//! All decoding uses one kind of deserializer, because each further kind would compile every record type once more.
mod extended;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use crate::{ClientError, Result, lenient};
pub use extended::Extended;

/// A list whose records are decoded one by one, so that a bad one does not lose the rest.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Records<T> {
    /// The records that were decoded.
    pub good: Vec<T>,
    /// The place and reason of each record that could not be decoded.
    pub bad: Vec<String>,
    /// The place and reason of each member that is left out of a good record.
    pub odd: Vec<String>,
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self { good: vec![], bad: vec![], odd: vec![] }
    }
}

/// Decodes a list inside another record. A value that is no list counts as one bad record.
impl<'de, T: DeserializeOwned> Deserialize<'de> for Records<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(records(raw.get().as_bytes(), strict).unwrap_or_else(|e| Self {
            good: vec![],
            bad: vec![plain(&e)],
            odd: vec![],
        }))
    }
}

/// What could be read.
impl<T: Serialize> Serialize for Records<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.good.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Records<T> {
    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }
}

impl<T> Records<T> {
    /// Says that records could not be read; `of` names the list. Nothing when all could.
    pub fn unread(&self, of: &str) -> Option<String> {
        let first = self.bad.first()?;
        Some(match self.bad.len() {
            1 => format!("1 record of {of} could not be read and is left out ({first})"),
            n => format!("{n} records of {of} could not be read and are left out ({first})"),
        })
    }
}

/// A record with a list inside.
pub trait Unread {
    /// Says what of the list could not be read.
    fn unread(&self) -> Option<String>;
}

/// Deserializes the good records of a list inside another record. Drops the bad ones without a report.
pub fn good<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Records::deserialize(deserializer)?.good)
}

/// Decodes a value. Returns it with the members that are left out because they could not be decoded.
pub(crate) fn one<T: DeserializeOwned>(data: &[u8], operation: impl Fn() -> String) -> Result<(T, Vec<String>)> {
    let wrong = |path, reason| ClientError::Undecodable { operation: operation(), path, reason };
    let text = str::from_utf8(data).map_err(|e| wrong(".".into(), e.to_string()))?;
    lenient_one(text).map_err(|e| wrong(path(text, &e), reason(data, &e)))
}

/// The most members of one value that are left out.
const ODD: usize = 32;

/// Decodes a value, with null for members that cannot be decoded, and their places. Fails with the first error when null does not
/// help.
fn lenient_one<T: DeserializeOwned>(text: &str) -> serde_json::Result<(T, Vec<String>)> {
    let first = match serde_json::from_str(text) {
        Ok(value) => return Ok((value, vec![])),
        Err(error) => error,
    };
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return Err(first) };
    let (mut current, mut error, mut odd) = (text.to_owned(), None, vec![]);
    while odd.len() < ODD {
        let failure = error.as_ref().unwrap_or(&first);
        let places = places(&current, failure);
        if failure.to_string().starts_with("missing field") || !set_null(&mut value, &places) {
            break;
        }
        odd.push(format!("{}: {}", joined(&places), plain(failure)));
        current = value.to_string();
        match serde_json::from_str(&current) {
            Ok(value) => return Ok((value, odd)),
            Err(next) => error = Some(next),
        }
    }
    Err(first)
}

/// Sets the value at this place to null. Returns false when there is none, or when it is null already.
fn set_null(value: &mut Value, places: &[Place<'_>]) -> bool {
    let mut at = value;
    for place in places {
        let inner = match place {
            Place::Member("") => Some(at),
            Place::Member(name) => at.get_mut(*name),
            Place::Index(n) => at.get_mut(*n),
        };
        let Some(inner) = inner else { return false };
        at = inner;
    }
    !places.is_empty() && !std::mem::replace(at, Value::Null).is_null()
}

/// Decodes JSON that this program wrote. The error is the place and the reason.
pub fn own<T: DeserializeOwned>(text: &str) -> Result<T, (String, String)> {
    serde_json::from_str(text).map_err(|e| (path(text, &e), plain(&e)))
}

/// Decodes a value. An empty body, the response of some writes, is null.
pub(crate) fn one_or_null<T: DeserializeOwned>(
    data: &[u8],
    operation: impl Fn() -> String,
) -> Result<(T, Vec<String>)> {
    one(if data.trim_ascii().is_empty() { b"null" } else { data }, operation)
}

/// Decodes a list. Null is an empty list.
pub(crate) fn many<T: DeserializeOwned>(data: &[u8], operation: impl Fn() -> String) -> Result<Records<T>> {
    records(data, lenient_one).map_err(|e| not_a_list(data, &e, operation))
}

/// Decodes a text into a value and the members that are left out.
type Reading<T> = fn(&str) -> serde_json::Result<(T, Vec<String>)>;

/// Decodes a value without leaving members out, because inside another record nothing would report them.
fn strict<T: DeserializeOwned>(text: &str) -> serde_json::Result<(T, Vec<String>)> {
    serde_json::from_str(text).map(|record| (record, vec![]))
}

fn records<T>(data: &[u8], read: Reading<T>) -> serde_json::Result<Records<T>> {
    let mut records = Records::default();
    for (n, raw) in raw(data)?.into_iter().enumerate() {
        match read(raw.get()) {
            Ok((record, odd)) => {
                records.good.push(record);
                records.odd.extend(odd.into_iter().map(|odd| format!("[{n}].{odd}")));
            }
            Err(e) => records.bad.push(format!("[{n}].{}", place_and_reason(raw.get(), &e))),
        }
    }
    Ok(records)
}

/// Decodes the record with this id in a list. Returns `None` when it is missing, and fails when it cannot be decoded.
pub(crate) fn of_id<T: DeserializeOwned>(
    data: &[u8],
    id: &str,
    operation: impl Fn() -> String,
) -> Result<Option<(T, Vec<String>)>> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(deserialize_with = "lenient::id")]
        id: String,
    }
    let all = raw(data).map_err(|e| not_a_list(data, &e, &operation))?;
    let is_it = |raw: &&RawValue| serde_json::from_str::<Named>(raw.get()).is_ok_and(|named| named.id == id);
    all.into_iter().find(is_it).map(|raw| one(raw.get().as_bytes(), &operation)).transpose()
}

/// Deserializes a part of a record, or the reason of its error, so that an odd part does not lose the rest of the record.
pub fn part<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<Result<T, String>>, D::Error> {
    let raw: Option<Box<RawValue>> = Option::deserialize(deserializer)?;
    Ok(raw.map(|raw| serde_json::from_str(raw.get()).map_err(|e| place_and_reason(raw.get(), &e))))
}

fn raw(data: &[u8]) -> serde_json::Result<Vec<&RawValue>> {
    Ok(serde_json::from_slice::<Option<_>>(data)?.unwrap_or_default())
}

fn not_a_list(data: &[u8], error: &serde_json::Error, operation: impl Fn() -> String) -> ClientError {
    ClientError::Undecodable { operation: operation(), path: ".".into(), reason: reason(data, error) }
}

/// The place and the reason of an error.
fn place_and_reason(text: &str, error: &serde_json::Error) -> String {
    format!("{}: {}", path(text, error), plain(error))
}

/// The reason of an error without serde's position, which [`path`] replaces.
fn plain(error: &serde_json::Error) -> String {
    let reason = error.to_string();
    reason.split(" at line ").next().unwrap_or_default().into()
}

/// The place of an error as members and indices, `.` for the whole.
fn path(text: &str, error: &serde_json::Error) -> String {
    joined(&places(text, error))
}

/// The place of an error as a list, found by walking the text to where the parser stopped: tracking it while parsing
/// would cost an allocation for each key.
fn places<'a>(text: &'a str, error: &serde_json::Error) -> Vec<Place<'a>> {
    let line_start = text.lines().take(error.line().saturating_sub(1)).map(|line| line.len() + 1).sum::<usize>();
    let end = line_start + error.column().saturating_sub(1);
    let mut places: Vec<Place<'a>> = vec![];
    let mut bytes = text.bytes().enumerate().take(end);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'{' => places.push(Place::Member("")),
            b'[' => places.push(Place::Index(0)),
            b'}' | b']' => _ = places.pop(),
            b',' => match places.last_mut() {
                Some(Place::Index(n)) => *n += 1,
                Some(Place::Member(name)) => *name = "",
                None => {}
            },
            b'"' => {
                let mut escaped = false;
                let close = bytes.find(|(_, byte)| {
                    let closes = *byte == b'"' && !escaped;
                    escaped = *byte == b'\\' && !escaped;
                    closes
                });
                // The first string of a member is its name.
                if let (Some(Place::Member(name @ "")), Some((close, _))) = (places.last_mut(), close) {
                    *name = text.get(at + 1..close).unwrap_or_default();
                }
            }
            _ => {}
        }
    }
    // These two errors are about the current object, not about its last member.
    let reason = error.to_string();
    if let Some(Place::Member(name)) = places.last_mut() {
        if reason.starts_with("missing field") {
            *name = "";
        } else if let Some(field) = reason.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
            // The name is borrowed from the text, because the error does not live long enough.
            *name = text.find(field).and_then(|at| text.get(at..at + field.len())).unwrap_or_default();
        }
    }
    places
}

fn joined(places: &[Place<'_>]) -> String {
    let mut path = String::new();
    for place in places {
        match place {
            Place::Member("") => {}
            Place::Member(name) if path.is_empty() => path.push_str(name),
            Place::Member(name) => path.extend([".", name]),
            Place::Index(n) => path.push_str(&format!("[{n}]")),
        }
    }
    if path.is_empty() { ".".into() } else { path }
}

enum Place<'a> {
    /// A member by name; empty before the name is read.
    Member(&'a str),
    Index(usize),
}

/// The reason of an error in a body, which most often is not JSON at all.
fn reason(data: &[u8], error: &serde_json::Error) -> String {
    let start = data.trim_ascii_start();
    match start.first() {
        None => "an empty body".into(),
        Some(b'<') => "an HTML page instead of JSON".into(),
        Some(_) => plain(error),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    #[allow(dead_code, reason = "only read by serde")]
    struct Record {
        id: u32,
        parts: Vec<Part>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only read by serde")]
    struct Part {
        watts: Option<f64>,
    }

    #[rstest]
    #[case(r#"{"id": "x"}"#, "id")]
    #[case(r#"{"id": 1, "parts": [{"watts": 1}, {"watts": [1]}]}"#, "parts[1].watts")]
    #[case(r#"{"note": "a \"quoted\" {[, text", "parts": [5]}"#, "parts[0]")]
    #[case("{\n  \"id\": 1,\n  \"parts\": {}\n}", "parts")]
    #[case("5", ".")]
    fn an_error_names_its_place(#[case] body: &str, #[case] expected: &str) {
        let (place, reason) = own::<Record>(body).unwrap_err();
        assert_eq!(place, expected, "{reason}");
        assert!(!reason.contains(" at line "), "{reason}");
    }

    #[rstest]
    #[case(r#"[{"watts": 1}, {"watts": "x"}, {"watts": 3}]"#, 2, &["[1].watts: invalid type: string \"x\", expected f64"])]
    #[case("null", 0, &[])]
    #[case("5", 0, &["invalid type: integer `5`, expected a sequence"])]
    fn a_bad_record_inside_of_another_loses_no_other(#[case] inner: &str, #[case] good: usize, #[case] bad: &[&str]) {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Whole {
            id: u32,
            parts: Records<Part>,
            #[serde(deserialize_with = "part")]
            doc: Option<Result<Part, String>>,
        }
        let body = format!(r#"{{"id": 7, "parts": {inner}, "doc": {{"watts": []}}}}"#);
        let (whole, _): (Whole, _) = one(body.as_bytes(), String::new).unwrap();
        assert_eq!(
            (whole.id, whole.parts.good.len(), whole.parts.bad),
            (7, good, bad.iter().map(|b| (*b).into()).collect())
        );
        assert!(whole.doc.unwrap().unwrap_err().starts_with("watts: "));
    }

    #[test]
    fn a_record_that_cannot_be_read_is_not_missing() {
        let find = |id| of_id::<Record>(br#"[{"id": 1, "parts": 5}, {"id": "2"}, 3, {"id": 4}]"#, id, String::new);
        assert_eq!(find("4").unwrap().map(|(record, _)| record.id), Some(4));
        assert!(find("3").unwrap().is_none());
        assert!(find("1").unwrap_err().to_string().contains("parts"));
        assert!(find("2").is_err());
    }

    #[test]
    fn own_fields_are_kept_and_empty_ones_dropped() {
        let (record, _): (Extended<Record>, _) =
            one(br#"{"Caffeine": 80, "id": 7, "Mantra": null, "other": 1}"#, String::new).unwrap();
        assert_eq!((record.id, json!(record.custom)), (7, json!({"Caffeine": 80})));
    }

    #[rstest]
    #[case(r#"{"id": 7, "name": 5, "watts": "much"}"#, &["name: invalid type", "watts: invalid type"])]
    #[case(r#"{"id": 7, "parts": {"of": "it"}}"#, &["parts: invalid type"])]
    #[case(r#"{"id": 7, "parts": [{"watts": 1}, {"watts": [2]}]}"#, &["parts[1].watts: invalid type"])]
    fn an_odd_value_loses_no_other(#[case] body: &str, #[case] odd: &[&str]) {
        #[derive(Debug, Deserialize)]
        #[allow(dead_code, reason = "only read by serde")]
        struct Loose {
            id: u32,
            name: Option<String>,
            watts: Option<f64>,
            parts: Option<Vec<Part>>,
        }
        let (record, found) = one::<Loose>(body.as_bytes(), String::new).unwrap();
        assert_eq!(record.id, 7);
        assert_eq!(found.len(), odd.len(), "{found:?}");
        assert!(found.iter().zip(odd).all(|(found, start)| found.starts_with(start)), "{found:?}");
    }
}
