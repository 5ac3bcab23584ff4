//! Renders a typed answer as JSON and as text for a model: a header line and rows for a list, `key: value` for an object.
mod layout;
mod node;
mod resolve;
mod serializer;

use serde_json::Value;

use crate::units::{SpeedReading, Units};
use node::Node;
use resolve::Around;
pub(crate) use resolve::BY_OTHERS;
use serializer::Tree;
pub(crate) use serializer::{NEXT, ROWS};

/// The reader of an answer.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// The units of the text.
    pub units: Units,
    /// The reader's own ids. Texts of other authors are marked.
    pub ids: Vec<String>,
    /// Whether the answer is about another athlete, who then is the author of texts that name none.
    pub about_others: bool,
    /// Whether the keys are prescribed: texts by others then keep their key and are quoted.
    pub prescribed: bool,
}

impl Reader {
    fn is(&self, id: &str) -> bool {
        self.ids.iter().any(|own| own == id)
    }
}

/// An answer that can be written as JSON and as text. The value goes through serde once.
pub struct Document(Node);

impl Document {
    /// Renders `value` in these units. The reader is the author of texts that name no other.
    pub fn of<T: serde::Serialize + ?Sized>(value: &T, units: Units) -> Result<Self, RenderError> {
        let mut document = Self::unresolved(value, units)?;
        document.resolve(&Reader { units, ..Reader::default() });
        Ok(document)
    }

    /// Renders `value` before the reader is known.
    pub(crate) fn unresolved<T: serde::Serialize + ?Sized>(value: &T, units: Units) -> Result<Self, RenderError> {
        value.serialize(Tree { units, brief: false }).map(Self)
    }

    /// Whether a record in it names the author of its texts.
    pub(crate) fn names_an_author(&self) -> bool {
        self.0.names_an_author()
    }

    /// Marks texts by others than the reader, and writes speeds in the form of their sport.
    pub(crate) fn resolve(&mut self, reader: &Reader) {
        self.0.resolve(Around { others: reader.about_others, reading: SpeedReading::Speed }, reader);
    }

    /// JSON in SI units, without null members.
    pub fn into_json(self) -> Value {
        self.0.into_json()
    }

    /// Text in the reader's units, without empty values.
    pub fn text(&self) -> String {
        layout::text(&self.0)
    }
}

/// The reason why a value cannot be rendered.
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
