//! A typed answer becomes the text a model reads: a header line and rows for a list, `key: value` for an object.
mod layout;
mod node;
mod serializer;

use crate::units::Units;
use serializer::Tree;

/// The text of an answer, in the athlete's own units; nulls are left out.
pub fn text<T: serde::Serialize>(value: &T, units: Units) -> Result<String, Unfit> {
    Ok(layout::text(&value.serialize(Tree(units))?))
}

/// A value that cannot be written, with its reason.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unfit(String);

impl serde::ser::Error for Unfit {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

#[cfg(test)]
mod tests;
