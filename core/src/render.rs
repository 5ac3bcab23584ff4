//! A typed answer becomes lean JSON, and the text a model reads: a header line and rows for a list, `key: value` for an object.
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
pub(crate) use serializer::{NEXT, ROWS, WHOLE};

/// Who reads an answer.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    /// The units of the text.
    pub units: Units,
    /// The reader's own ids; what others wrote is marked.
    pub ids: Vec<String>,
    /// Whether the answer is about another athlete, who then wrote what does not say who wrote it.
    pub about_others: bool,
    /// Whether somebody else prescribes the keys: then what others wrote is quoted in its place.
    pub prescribed: bool,
}

impl Reader {
    fn is(&self, id: &str) -> bool {
        self.ids.iter().any(|own| own == id)
    }
}

/// An answer that can be written both ways; a value goes through serde once.
pub struct Document(Node);

impl Document {
    /// What stands in `value`, in these units, all of it written by the reader unless it says otherwise.
    pub fn of<T: serde::Serialize + ?Sized>(value: &T, units: Units) -> Result<Self, RenderError> {
        let mut document = Self::unresolved(value, units)?;
        document.resolve(&Reader { units, ..Reader::default() });
        Ok(document)
    }

    /// The same before it is known who reads it.
    pub(crate) fn unresolved<T: serde::Serialize + ?Sized>(value: &T, units: Units) -> Result<Self, RenderError> {
        value.serialize(Tree { units, brief: false }).map(Self)
    }

    /// Whether some record in it says who wrote its texts.
    pub(crate) fn names_an_author(&self) -> bool {
        self.0.names_an_author()
    }

    /// Marks what others than the reader wrote, and reads speeds as their sport does.
    pub(crate) fn resolve(&mut self, reader: &Reader) {
        self.0.resolve(Around { others: reader.about_others, reading: SpeedReading::Speed }, reader);
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
