//! The answer of every list tool.
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Error, Result};

/// The most rows that one answer holds, whatever the caller asks for.
pub const CAP: usize = 500;

/// Rows, how many there are in all, and how to get the rest.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct List<T> {
    /// The rows.
    pub items: Vec<T>,
    /// How many there are; absent when the service does not say.
    pub total: Option<usize>,
    /// What to change in the arguments to get the next part.
    pub next: Option<String>,
}

impl<T> List<T> {
    /// The first `limit` of all `items`; `next` tells the caller how to get more.
    pub fn first(mut items: Vec<T>, limit: usize, next: impl FnOnce(&[T]) -> String) -> Self {
        let total = items.len();
        items.truncate(limit);
        let next = (total > limit).then(|| next(&items));
        Self { items, total: Some(total), next }
    }

    /// The first `limit` of `items` that were asked for with a limit one greater, so that a surplus tells of more. It counts how many
    /// were `received`: one of them may not be among the `items`, because it could not be read.
    pub fn page(mut items: Vec<T>, limit: usize, received: usize, next: impl FnOnce(&[T]) -> String) -> Self {
        let more = received > limit;
        items.truncate(limit);
        let total = (!more).then_some(items.len());
        let next = more.then(|| next(&items));
        Self { items, total, next }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self { total: Some(items.len()), items, next: None }
    }
}

/// A caller's `limit` as it is carried out: at least 1, else an error, and at most [`CAP`].
pub fn clamp_limit(wanted: usize) -> Result<usize> {
    match wanted {
        0 => Err(Error::new("limit is 0", format!("Ask for 1 to {CAP} rows."))),
        _ => Ok(wanted.min(CAP)),
    }
}
