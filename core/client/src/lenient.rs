//! Deserializes the forms in which the service or a model writes a value: a number may be a float or a string, a list may be null.
use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};
use serde_json::Value;

/// Deserializes a number: `1`, `1.0` or `"1"`. Refuses a number that is not finite.
pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
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

/// Deserializes an id: a string, or a number as its digits.
pub fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    word(Value::deserialize(deserializer)?)
}

/// Deserializes an id; anything else is `None`.
pub fn optional_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(word::<D::Error>(Value::deserialize(deserializer)?).ok())
}

/// Deserializes ids or tags: a list, a single one, or null for none.
pub fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(vec![]),
        Value::Array(words) => words.into_iter().filter(|word| !word.is_null()).map(word).collect(),
        one => Ok(vec![word(one)?]),
    }
}

fn word<E: Error>(value: Value) -> Result<String, E> {
    match value {
        Value::String(word) => Ok(word),
        Value::Number(number) => Ok(digits(&number).map_or_else(|| number.to_string(), |number| number.to_string())),
        other => Err(E::custom(format!("expected an id or a word, found {other}"))),
    }
}

/// Deserializes a whole number: `7`, `7.0` or `"7"`.
pub fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let whole = match &value {
        Value::Number(number) => digits(number),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    whole.ok_or_else(|| D::Error::custom(format!("expected a whole number, found {value}")))
}

fn digits(number: &serde_json::Number) -> Option<i64> {
    let float = || number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 1e15);
    number.as_i64().or_else(|| float().map(|float| float as i64))
}

/// Deserializes a list, or null for an empty one. Drops null elements.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(places(deserializer)?.into_iter().flatten().collect())
}

/// Like [`list`], but keeps null elements, so that indices do not change.
pub fn places<'de, D, T>(deserializer: D) -> Result<Vec<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The elements of a list in any form: an array, JSON text, a text with commas, or a single value.
pub fn parts(value: Value) -> Result<Vec<Value>, String> {
    match value {
        Value::Array(parts) => Ok(parts),
        Value::String(text) if text.trim_start().starts_with('[') => {
            serde_json::from_str(&text).map_err(|e| format!("\"{text}\" is no list: {e}"))
        }
        Value::String(text) => {
            Ok(text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect())
        }
        other => Ok(vec![other]),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(json!(7), Some(7))]
    #[case(json!(7.0), Some(7))]
    #[case(json!("7"), Some(7))]
    #[case(json!(7.5), None)]
    #[case(json!("seven"), None)]
    #[case(json!(null), None)]
    fn a_whole_number_comes_in_several_forms(#[case] value: Value, #[case] expected: Option<i64>) {
        assert_eq!(whole(value).ok(), expected);
    }

    #[rstest]
    #[case(json!(["b1", null, 5, 6.0]), Some(json!(["b1", "5", "6"])))]
    #[case(json!("one"), Some(json!(["one"])))]
    #[case(json!(null), Some(json!([])))]
    #[case(json!([{}]), None)]
    fn words_come_in_several_forms(#[case] value: Value, #[case] expected: Option<Value>) {
        assert_eq!(words(value).ok().map(|words| json!(words)), expected);
    }
}
