//! Forms in which the service, or a model, writes a value: a number may be a float or a string, a list may be null.
use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, Unexpected, Visitor},
};
use serde_json::{Value, value::RawValue};

/// A number: `1`, `1.0` or `"1"`. Anything that is not finite is refused.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    struct Forms;

    impl Visitor<'_> for Forms {
        type Value = f64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number")
        }
        fn visit_i64<E: Error>(self, v: i64) -> Result<f64, E> {
            Ok(v as f64)
        }
        fn visit_u64<E: Error>(self, v: u64) -> Result<f64, E> {
            Ok(v as f64)
        }
        fn visit_f64<E: Error>(self, v: f64) -> Result<f64, E> {
            if v.is_finite() { Ok(v) } else { Err(E::invalid_value(Unexpected::Float(v), &self)) }
        }
        fn visit_str<E: Error>(self, v: &str) -> Result<f64, E> {
            let number = v.trim().parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| E::invalid_value(Unexpected::Str(v), &self))
        }
    }

    deserializer.deserialize_any(Forms)
}

/// An id: a string, or a number written as its digits.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(id) => Ok(id),
        Value::Number(id) => Ok(id.to_string()),
        other => Err(D::Error::custom(format!("expected an id, found {other}"))),
    }
}

/// A list, or null for an empty one. Where an element may be null and its place counts, `T` is an `Option`.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A list in which nulls fall away, or null for an empty one.
pub(crate) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let list: Vec<Option<T>> = list(deserializer)?;
    Ok(list.into_iter().flatten().collect())
}

/// A list whose bad records are left out, or null for an empty one.
pub(crate) fn records<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let raw: Vec<Box<RawValue>> = list(deserializer)?;
    Ok(raw.iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect())
}
