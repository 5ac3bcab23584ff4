//! Bodies become values: lenient where nothing is lost, precise about the place where it is.
//!
//! Everything is read through one kind of deserializer: each further kind would compile every record type once more.
use std::{fmt, marker::PhantomData, ops::Deref};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor, value::MapAccessDeserializer,
    },
};
use serde_json::value::RawValue;

use super::{ClientError, Result};
use crate::JsonMap;

/// A list, and what of it could not be read.
pub(super) struct Records<T> {
    pub good: Vec<T>,
    /// The reasons.
    pub bad: Vec<String>,
}

/// One value.
pub(super) fn one<T: DeserializeOwned>(data: &[u8], operation: impl Fn() -> String) -> Result<T> {
    let wrong = |path, reason| ClientError::Undecodable { operation: operation(), path, reason };
    let text = str::from_utf8(data).map_err(|e| wrong(".".into(), e.to_string()))?;
    serde_json::from_str(text).map_err(|e| wrong(path(text, &e), reason(data, &e)))
}

/// A value of JSON that was written here, or the place in it and the reason.
pub(crate) fn own<T: DeserializeOwned>(text: &str) -> Result<T, (String, String)> {
    serde_json::from_str(text).map_err(|e| (path(text, &e), plain(&e)))
}

/// One value; no body, as some writes are answered, is null.
pub(super) fn one_or_null<T: DeserializeOwned>(data: &[u8], operation: impl Fn() -> String) -> Result<T> {
    one(if data.trim_ascii().is_empty() { b"null" } else { data }, operation)
}

/// A list whose records are read one by one, so that a bad one never loses the rest. Null is an empty list.
pub(super) fn many<T: DeserializeOwned>(data: &[u8], operation: impl Fn() -> String) -> Result<Records<T>> {
    let raw: Option<Vec<&RawValue>> = serde_json::from_slice(data).map_err(|e| ClientError::Undecodable {
        operation: operation(),
        path: ".".into(),
        reason: reason(data, &e),
    })?;
    let mut records = Records { good: vec![], bad: vec![] };
    for (n, raw) in raw.unwrap_or_default().into_iter().enumerate() {
        match serde_json::from_str(raw.get()) {
            Ok(record) => records.good.push(record),
            Err(e) => records.bad.push(format!("[{n}].{}: {}", path(raw.get(), &e), plain(&e))),
        }
    }
    Ok(records)
}

/// The reason without the position, which [`path`] says better.
fn plain(error: &serde_json::Error) -> String {
    let reason = error.to_string();
    reason.split(" at line ").next().unwrap_or_default().into()
}

/// The place of an error as members and indices, `.` for the whole. Found by walking to where the parser stopped: tracking it
/// while everything goes well would cost an allocation for each key.
fn path(text: &str, error: &serde_json::Error) -> String {
    let line_start = text.lines().take(error.line().saturating_sub(1)).map(|line| line.len() + 1).sum::<usize>();
    let end = line_start + error.column().saturating_sub(1);
    let mut places: Vec<Place> = vec![];
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
    /// Its name, once it was seen.
    Member(&'a str),
    Index(usize),
}

/// What is wrong with the body: most often it is not JSON at all.
fn reason(data: &[u8], error: &serde_json::Error) -> String {
    let start = data.trim_ascii_start();
    match start.first() {
        None => "an empty body".into(),
        Some(b'<') => "an HTML page instead of JSON".into(),
        Some(_) => plain(error),
    }
}

/// A record with the fields that an athlete defined beside the service's own.
#[derive(Debug, Clone, Default)]
pub struct Extended<T> {
    /// The service's fields.
    pub known: T,
    /// The athlete's, by their code; only those that hold something.
    pub custom: JsonMap,
}

impl<T> Deref for Extended<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.known
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Extended<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = Extended<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Extended<T>, A::Error> {
        let mut custom = JsonMap::new();
        let known = T::deserialize(MapAccessDeserializer::new(Sift { map, custom: &mut custom }))?;
        Ok(Extended { known, custom })
    }
}

/// Hands on the service's own fields, and keeps the athlete's.
struct Sift<'a, A> {
    map: A,
    custom: &'a mut JsonMap,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Sift<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        // The service wants a capital letter in front of a field code; its own names have none.
        let mut seed = Some(seed);
        loop {
            match self.map.next_key_seed(Key(&mut seed))? {
                None => return Ok(None),
                Some(Sifted::Known(key)) => return Ok(Some(key)),
                Some(Sifted::Own(key)) => {
                    let value: serde_json::Value = self.map.next_value()?;
                    if !value.is_null() {
                        self.custom.insert(key, value);
                    }
                }
            }
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A key: the service's go to the record as they are, the athlete's are kept.
struct Key<'a, K>(&'a mut Option<K>);

enum Sifted<V> {
    Known(V),
    Own(String),
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, K> {
    type Value = Sifted<K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for Key<'_, K> {
    type Value = Sifted<K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let own = key.starts_with(|c: char| c.is_ascii_uppercase());
        let seed = if own { None } else { self.0.take() };
        match seed {
            Some(seed) => seed.deserialize(key.into_deserializer()).map(Sifted::Known),
            None => Ok(Sifted::Own(key.into())),
        }
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
    #[case("[]", ".")]
    fn an_error_names_its_place(#[case] body: &str, #[case] place: &str) {
        let error = one::<Extended<Record>>(body.as_bytes(), String::new).unwrap_err();
        let ClientError::Undecodable { path, reason, .. } = error else { panic!("{error}") };
        assert_eq!(path, place, "{reason}");
        assert!(!reason.contains(" at line "), "{reason}");
    }

    #[test]
    fn own_fields_are_kept_and_empty_ones_dropped() {
        let record: Extended<Record> =
            one(br#"{"Caffeine": 80, "id": 7, "Mantra": null, "other": 1}"#, String::new).unwrap();
        assert_eq!((record.id, json!(record.custom)), (7, json!({"Caffeine": 80})));
    }
}
