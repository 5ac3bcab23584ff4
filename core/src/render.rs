//! A typed answer becomes lean JSON, and the text a model reads: a header line and rows for a list, `key: value` for an object.
mod layout;
mod node;
mod serializer;

use serde_json::Value;

use crate::units::Units;
use node::Node;
use serializer::Tree;

/// An answer that can be written both ways; a value goes through serde once.
pub struct Document(Node);

impl Document {
    /// What stands in `value`, in these units.
    pub fn of<T: serde::Serialize + ?Sized>(value: &T, units: Units) -> Result<Self, RenderError> {
        value.serialize(Tree(units)).map(Self)
    }

    /// JSON in SI units, without null members.
    pub fn into_json(self) -> Value {
        self.0.into_json()
    }

    /// Text in the page's units, without what is empty.
    pub fn text(&self) -> String {
        layout::text(&self.0)
    }
}

/// A value that cannot be written, with its reason.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct RenderError(String);

impl serde::ser::Error for RenderError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

#[cfg(test)]
mod tests;
