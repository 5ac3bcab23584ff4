//! The answer of list tools: rows, their total, and the arguments of the next page.
use std::borrow::Cow;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::{
    JsonMap, Notes,
    render::{NEXT, ROWS},
};

/// The most rows of one answer, whatever limit the caller sends.
pub const CAP: usize = 500;

/// The argument `limit` of a list: 1 to [`CAP`] rows, `N` by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit<const N: usize>(usize);

impl<const N: usize> Limit<N> {
    /// The most rows of the answer. Adds a note when that is fewer than the caller's limit.
    pub fn rows(self, notes: &Notes) -> usize {
        if self.0 > CAP {
            notes.add(format!("limit {} is read as {CAP}, the most rows of one answer", self.0));
        }
        self.0.min(CAP)
    }
}

impl<const N: usize> Default for Limit<N> {
    fn default() -> Self {
        Self(N)
    }
}

impl<'de, const N: usize> Deserialize<'de> for Limit<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match usize::deserialize(deserializer)? {
            0 => Err(D::Error::custom(format_args!("0 is no limit; it goes from 1 to {CAP}"))),
            rows => Ok(Self(rows)),
        }
    }
}

impl<const N: usize> Serialize for Limit<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<const N: usize> JsonSchema for Limit<N> {
    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    // Without bounds: the error says them.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer"})
    }
}

/// The argument `offset` of a list: the number of rows to skip, as [`Next`] has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Offset(pub usize);

impl Serialize for Offset {
    // The schema leaves out a default of zero.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0 > 0).then_some(self.0).serialize(serializer)
    }
}

impl JsonSchema for Offset {
    fn schema_name() -> Cow<'static, str> {
        "Offset".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "description": "From next.", "examples": [0]})
    }
}

/// The arguments of the next page, merged over those of the call. In text `newest=2026-05-02 offset=3`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Next(pub JsonMap);

impl Next {
    /// Adds an argument.
    pub fn with(self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        let Self(mut arguments) = self;
        arguments.insert(name.into(), value.into());
        Self(arguments)
    }
}

impl Serialize for Next {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NEXT, &self.0)
    }
}

impl JsonSchema for Next {
    fn schema_name() -> Cow<'static, str> {
        "Next".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "object"})
    }
}

/// Rows, how many there are in all, and how to get the rest.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(bound = "T: JsonSchema")]
pub struct List<T> {
    /// The rows.
    #[serde(serialize_with = "rows", bound(serialize = "T: Serialize"))]
    #[schemars(schema_with = "array_of::<T>")]
    pub items: Vec<T>,
    /// How many there are; absent when the service does not say.
    pub total: Option<usize>,
    /// Arguments that give the next rows, merged over those of this call.
    pub next: Option<Next>,
}

/// The schema of an array. That of `Vec` would copy the schema of its items.
fn array_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let mut schema = json_schema!({"type": "array"});
    schema.insert("items".to_owned(), generator.subschema_for::<T>().to_value());
    schema
}

/// Serializes rows, in which long texts are cut.
fn rows<T: Serialize, S: Serializer>(rows: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(ROWS, rows)
}

impl<T> List<T> {
    /// A page of all `items`: those after `offset`, at most `limit`.
    pub fn first(items: Vec<T>, limit: usize, Offset(offset): Offset) -> Self {
        let total = items.len();
        let next = (total > offset.saturating_add(limit)).then(|| Next::default().with("offset", offset + limit));
        Self { items: items.into_iter().skip(offset).take(limit).collect(), total: Some(total), next }
    }

    /// A page of `items` that were requested with [`wanted`]: those after `offset`, at most `limit`. `received` counts the items
    /// that the service sent, also those that could not be decoded.
    pub fn fetched(items: Vec<T>, received: usize, limit: usize, Offset(offset): Offset) -> Self {
        let more = received > offset.saturating_add(limit);
        let shown: Vec<T> = items.into_iter().skip(offset).take(limit).collect();
        // After an empty page, the next arguments would be those of this call.
        let next = (more && !shown.is_empty()).then(|| Next::default().with("offset", offset + shown.len()));
        Self { total: (!more).then_some(offset + shown.len()), items: shown, next }
    }

    /// Like [`fetched`](Self::fetched), for items ordered by day, where the argument `cursor` is the day that the list starts
    /// with. The next page starts with the next day, or within a day that does not fit on one page.
    pub fn by_day(
        items: Vec<T>,
        received: usize,
        limit: usize,
        Offset(offset): Offset,
        cursor: &str,
        day: impl Fn(&T) -> Option<Date>,
    ) -> Self {
        let more = received > offset.saturating_add(limit);
        let end = offset.saturating_add(limit).min(items.len());
        let last = items.get(..end).and_then(<[T]>::last).and_then(&day);
        let following = items.get(end).and_then(&day);
        // After an empty page, the next arguments would be those of this call.
        let next = (more && end > offset).then(|| match (last, following) {
            (Some(last), Some(following)) if last != following => {
                let next = Next::default().with(cursor, following.to_string());
                // Otherwise this call's offset would stay.
                if offset > 0 { next.with("offset", 0) } else { next }
            }
            (Some(last), _) => {
                let seen = items.iter().take(end).filter(|item| day(item) == Some(last)).count();
                Next::default().with(cursor, last.to_string()).with("offset", seen)
            }
            // Items without a day have only an offset.
            (None, _) => Next::default().with("offset", end),
        });
        let items: Vec<T> = items.into_iter().skip(offset).take(limit).collect();
        Self { total: (!more).then_some(offset + items.len()), items, next }
    }
}

impl<T> List<T> {
    /// The first `most` rows without a next page, such as the results of a write. A note names the tool that has the `others`.
    pub fn excerpt(items: Vec<T>, most: usize, notes: &Notes, others: &str) -> Self {
        let total = items.len();
        if total > most {
            notes.add(format!("only the first {most} of {total} are shown; {others} has the others"));
        }
        Self { items: items.into_iter().take(most).collect(), total: Some(total), next: None }
    }

    /// Converts the rows.
    pub fn map<U>(self, row: impl FnMut(T) -> U) -> List<U> {
        List { items: self.items.into_iter().map(row).collect(), total: self.total, next: self.next }
    }

    /// Adds an argument to the next page.
    pub fn with_next(self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        Self { next: self.next.map(|next| next.with(name, value)), ..self }
    }
}

/// The number of items to request: one more than the page needs, which tells whether there is a next page.
pub fn wanted(limit: usize, Offset(offset): Offset) -> usize {
    offset.saturating_add(limit).saturating_add(1)
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { total: Some(items.len()), items, next: None }
    }
}
#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::*;

    fn next<T>(list: List<T>) -> Option<Value> {
        list.next.map(|Next(arguments)| arguments.into())
    }

    #[test]
    fn a_page_without_readable_records_has_no_next() {
        assert_eq!(next(List::<i32>::fetched(vec![], 3, 2, Offset(0))), None);
        assert_eq!(next(List::fetched(vec![1, 2], 5, 2, Offset(2))), None);
        assert_eq!(next(List::by_day(vec![date(2026, 7, 1)], 4, 2, Offset(1), "newest", |day| Some(*day))), None);
    }

    #[test]
    fn records_that_could_not_be_read_are_not_skipped() {
        assert_eq!(next(List::fetched(vec![1], 3, 2, Offset(0))), Some(json!({"offset": 1})));
        assert_eq!(next(List::by_day(vec![1], 3, 2, Offset(0), "newest", |_| None)), Some(json!({"offset": 1})));
    }
}
