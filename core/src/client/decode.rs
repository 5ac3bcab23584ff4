//! Bodies become values: lenient where nothing is lost, precise about the place where it is.
use std::ops::Deref;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};
use serde_json::{Value, value::RawValue};

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
    let json = &mut serde_json::Deserializer::from_slice(data);
    serde_path_to_error::deserialize(json).map_err(|e| {
        let path = e.path().to_string();
        ClientError::Undecodable { operation: operation(), path, reason: reason(data, e.into_inner()) }
    })
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
        reason: reason(data, e),
    })?;
    let mut records = Records { good: vec![], bad: vec![] };
    for (n, raw) in raw.unwrap_or_default().into_iter().enumerate() {
        let json = &mut serde_json::Deserializer::from_str(raw.get());
        match serde_path_to_error::deserialize(json) {
            Ok(record) => records.good.push(record),
            Err(e) => records.bad.push(format!("[{n}].{e}")),
        }
    }
    Ok(records)
}

/// What is wrong with the body: most often it is not JSON at all.
fn reason(data: &[u8], error: serde_json::Error) -> String {
    let start = data.trim_ascii_start();
    match start.first() {
        None => "an empty body".into(),
        Some(b'<') => "an HTML page instead of JSON".into(),
        Some(_) => error.to_string(),
    }
}

/// A record with the fields that an athlete defined beside the service's own.
#[derive(Debug, Clone)]
pub struct Extended<T> {
    known: T,
    /// By the athlete's field code; only fields that hold something.
    pub custom: JsonMap,
}

impl<T> Deref for Extended<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.known
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Extended<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = JsonMap::deserialize(deserializer)?;
        // The service wants a capital letter in front of a field code; its own names have none.
        let own = |key: &str| key.starts_with(|c: char| c.is_ascii_uppercase());
        let custom = all.iter().filter(|(key, value)| own(key) && !value.is_null());
        let custom = custom.map(|(key, value)| (key.clone(), value.clone())).collect();
        let known = serde_path_to_error::deserialize(Value::Object(all)).map_err(D::Error::custom)?;
        Ok(Self { known, custom })
    }
}
