//! Bodies become values: lenient where nothing is lost, precise about the place where it is.
//!
//! Everything is read through one kind of deserializer: each further kind would compile every record type once more.
use std::{fmt, marker::PhantomData, ops::Deref};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor,
        value::{MapAccessDeserializer, StringDeserializer},
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
    let wrong = |path: String, reason| ClientError::Undecodable { operation: operation(), path, reason };
    let text = str::from_utf8(data).map_err(|e| wrong(".".into(), e.to_string()))?;
    read(text).map_err(|e| wrong(e.path().to_string(), reason(data, &e.into_inner())))
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
        match read(raw.get()) {
            Ok(record) => records.good.push(record),
            Err(e) => records.bad.push(format!("[{n}].{e}")),
        }
    }
    Ok(records)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    let json = &mut serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut *json)?;
    let end = json.end().map_err(|e| serde_path_to_error::Error::new(serde_path_to_error::Track::new().path(), e));
    end.map(|()| value)
}

/// What is wrong with the body: most often it is not JSON at all.
fn reason(data: &[u8], error: &serde_json::Error) -> String {
    let start = data.trim_ascii_start();
    match start.first() {
        None => "an empty body".into(),
        Some(b'<') => "an HTML page instead of JSON".into(),
        Some(_) => error.to_string(),
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
        while let Some(key) = self.map.next_key::<String>()? {
            // The service wants a capital letter in front of a field code; its own names have none.
            if !key.starts_with(|c: char| c.is_ascii_uppercase()) {
                let key: StringDeserializer<A::Error> = key.into_deserializer();
                return seed.deserialize(key).map(Some);
            }
            let value: serde_json::Value = self.map.next_value()?;
            if !value.is_null() {
                self.custom.insert(key, value);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}
