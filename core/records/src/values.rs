//! Types of writable fields: each checks its value, and its error says the bounds and how to clear the field.
use std::{borrow::Cow, fmt, marker::PhantomData};

use intervals_client::{lenient, text::truncate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use serde_json::Value;

/// A whole number from `LEAST` to `MOST`; -1 clears the field where it `CLEARS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole<const LEAST: i64, const MOST: i64, const CLEARS: bool = true>(pub i64);

/// A whole number of a field that -1 does not clear.
pub type Bounded<const LEAST: i64, const MOST: i64> = Whole<LEAST, MOST, false>;

impl<'de, const LEAST: i64, const MOST: i64, const CLEARS: bool> Deserialize<'de> for Whole<LEAST, MOST, CLEARS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = lenient::whole(deserializer)?;
        within(value as f64, LEAST as f64, MOST as f64, CLEARS).map(|()| Self(value))
    }
}

impl<const LEAST: i64, const MOST: i64, const CLEARS: bool> Serialize for Whole<LEAST, MOST, CLEARS> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<const LEAST: i64, const MOST: i64, const CLEARS: bool> JsonSchema for Whole<LEAST, MOST, CLEARS> {
    fn schema_name() -> Cow<'static, str> {
        "Whole".into()
    }

    // Without bounds: the error says them.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer"})
    }
}

/// A number from `LEAST / PER` to `MOST / PER`; -1 clears the field where it `CLEARS`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decimal<const LEAST: i64, const MOST: i64, const PER: i64 = 1, const CLEARS: bool = true>(pub f64);

/// A number of a field that -1 does not clear.
pub type BoundedDecimal<const LEAST: i64, const MOST: i64> = Decimal<LEAST, MOST, 1, false>;

impl<'de, const LEAST: i64, const MOST: i64, const PER: i64, const CLEARS: bool> Deserialize<'de>
    for Decimal<LEAST, MOST, PER, CLEARS>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = lenient::number(deserializer)?;
        within(value, LEAST as f64 / PER as f64, MOST as f64 / PER as f64, CLEARS).map(|()| Self(value))
    }
}

impl<const LEAST: i64, const MOST: i64, const PER: i64, const CLEARS: bool> Serialize
    for Decimal<LEAST, MOST, PER, CLEARS>
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<const LEAST: i64, const MOST: i64, const PER: i64, const CLEARS: bool> JsonSchema
    for Decimal<LEAST, MOST, PER, CLEARS>
{
    fn schema_name() -> Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number"})
    }
}

fn within<E: Error>(value: f64, least: f64, most: f64, clears: bool) -> Result<(), E> {
    if (clears && value == -1.0) || (least..=most).contains(&value) {
        return Ok(());
    }
    let clearing = if clears { "; -1 clears it" } else { "" };
    Err(E::custom(format_args!("{value} is out of range: it goes from {least} to {most}{clearing}")))
}

/// A text that cannot be empty, such as a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct NonEmpty(pub String);

impl<'de> Deserialize<'de> for NonEmpty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.trim() {
            "" => Err(D::Error::custom("it cannot be empty")),
            _ => Ok(Self(text)),
        }
    }
}

impl JsonSchema for NonEmpty {
    fn schema_name() -> Cow<'static, str> {
        "NonEmpty".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

/// A number whose missing value the service stores as 0: -1, which clears it, is sent as 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct ZeroClears<N>(pub N);

impl<N: Serialize> Serialize for ZeroClears<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serde_json::to_value(&self.0) {
            Ok(Value::Number(number)) if number.as_f64() == Some(-1.0) => 0.serialize(serializer),
            _ => self.0.serialize(serializer),
        }
    }
}

impl<N: JsonSchema> JsonSchema for ZeroClears<N> {
    fn schema_name() -> Cow<'static, str> {
        N::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        N::json_schema(generator)
    }
}

/// Tags, each once, from a list in any form that [`lenient::parts`] accepts. Drops a leading `#`, which the service would store
/// as a part of the name, and empty tags. The tags replace the stored list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Tags(pub Vec<String>);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = lenient::parts(Value::deserialize(deserializer)?).map_err(D::Error::custom)?;
        let mut tags: Vec<String> = vec![];
        for tag in given {
            let tag = match &tag {
                Value::String(tag) => tag.trim().trim_start_matches('#').trim().to_owned(),
                Value::Number(tag) => tag.to_string(),
                other => return Err(D::Error::custom(format_args!("{other} is not a tag"))),
            };
            if !tag.is_empty() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Ok(Self(tags))
    }
}

impl JsonSchema for Tags {
    fn schema_name() -> Cow<'static, str> {
        "Tags".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": {"type": "string"}})
    }
}

/// The words that a field accepts.
pub trait Vocabulary {
    /// All words, in the service's spelling.
    const WORDS: &'static [&'static str];

    /// The word that is meant: in any case, and with any sign or none between its parts.
    fn find(given: &str) -> Option<&'static str> {
        let given = letters(given);
        Self::WORDS.iter().copied().find(|known| letters(known) == given)
    }

    /// Returns the problem with a word that is not known, and what to use instead.
    fn unknown(given: &str) -> String {
        format!("\"{given}\" is not known; it is one of {}", Self::WORDS.join(", "))
    }
}

/// The letters and digits of a word in lower case.
pub fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A word of a [`Vocabulary`], as [`Vocabulary::find`] finds it.
pub struct Word<W>(pub &'static str, PhantomData<W>);

impl<W> Clone for Word<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W> Copy for Word<W> {}

impl<W> PartialEq for Word<W> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<W> fmt::Debug for Word<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de, W: Vocabulary> Deserialize<'de> for Word<W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let known = W::find(&word).ok_or_else(|| D::Error::custom(W::unknown(&truncate(&word, 40))))?;
        Ok(Self(known, PhantomData))
    }
}

impl<W> Serialize for Word<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<W> JsonSchema for Word<W> {
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::{from_value, json};

    use super::*;

    #[rstest]
    #[case(json!(3), Ok(json!(3)))]
    #[case(json!("3"), Ok(json!(3)))]
    #[case(json!(3.0), Ok(json!(3)))]
    #[case(json!(-1), Ok(json!(-1)))]
    #[case(json!(6), Err("6 is out of range: it goes from 1 to 5; -1 clears it"))]
    #[case(json!(1.5), Err("expected a whole number, found 1.5"))]
    fn a_whole_number_is_in_its_range_or_clears(#[case] given: Value, #[case] expected: Result<Value, &str>) {
        let read = from_value::<Whole<1, 5>>(given).map(|value| json!(value)).map_err(|e| e.to_string());
        assert_eq!(read, expected.map_err(String::from));
    }

    #[rstest]
    #[case(json!(0.5), Ok(json!(0.5)))]
    #[case(json!("70.5"), Err("70.5 is out of range: it goes from 0.5 to 60; -1 clears it"))]
    #[case(json!(-1), Ok(json!(-1.0)))]
    fn a_decimal_is_in_its_range_or_clears(#[case] given: Value, #[case] expected: Result<Value, &str>) {
        let read = from_value::<Decimal<5, 600, 10>>(given).map(|value| json!(value)).map_err(|e| e.to_string());
        assert_eq!(read, expected.map_err(String::from));
    }

    #[test]
    fn what_minus_one_does_not_clear_refuses_it() {
        let refused = |error: serde_json::Error| error.to_string();
        let whole = from_value::<Bounded<0, 5>>(json!(-1)).map_err(refused);
        assert_eq!(whole, Err("-1 is out of range: it goes from 0 to 5".into()));
        let decimal = from_value::<BoundedDecimal<0, 5>>(json!(-1)).map_err(refused);
        assert_eq!(decimal, Err("-1 is out of range: it goes from 0 to 5".into()));
    }

    #[test]
    fn a_name_is_not_empty() {
        let read =
            |name: &str| from_value::<NonEmpty>(json!(name)).map(|name| name.0).map_err(|error| error.to_string());
        assert_eq!((read("A b "), read(" \t")), (Ok("A b ".into()), Err("it cannot be empty".into())));
    }

    #[test]
    fn a_tag_has_no_sign_and_stands_once() {
        let read = |given: Value| from_value::<Tags>(given).map(|Tags(tags)| tags);
        let given = json!(["# hard", "hard ", "", "#", "bike#1", "##hard", 5]);
        assert_eq!(read(given).unwrap(), ["hard", "bike#1", "5"]);
        assert_eq!(read(json!("#a, b")).unwrap(), ["a", "b"]);
    }
}
