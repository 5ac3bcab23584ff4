//! The answer of a tool as JSON and as text, and the types that answers are made of.
use serde::Serialize;

use crate::{
    Error, Result,
    answer_extras::AnswerExtras,
    content::{Block, Link},
    render::{Document, RenderError},
    units::Units,
};
pub use crate::{
    columns::Columns,
    deletions::{Deletions, Skipped},
    others::ByOthers,
    rendered::Rendered,
};

/// The answer of a tool: the same facts as JSON and as text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// JSON that fits the tool's output schema, without null members.
    pub structured: serde_json::Value,
    /// Text for the model.
    pub text: String,
    /// Images, sounds and resource texts beside the text.
    pub blocks: Vec<Block>,
    /// Links to files that the client can read.
    pub links: Vec<Link>,
}

/// The value of a tool as a trait object, so that [`Call::answer`](crate::Call::answer) is compiled once, not once per tool.
pub(crate) trait Value: Send {
    fn document(&self, units: Units) -> Result<Document, RenderError>;
}

impl<T: Serialize + Send> Value for T {
    fn document(&self, units: Units) -> Result<Document, RenderError> {
        Document::unresolved(self, units)
    }
}

impl Answer {
    /// The answer for a write that the service accepted when a later step failed.
    pub(crate) fn accepted(error: &Error) -> Self {
        let notes = [
            format!("the service accepted the change; what came after it failed: {}", error.problem),
            "read the record before you repeat anything".to_owned(),
        ];
        let text = notes.iter().map(|note| format!("note: {note}\n")).collect();
        Self { structured: serde_json::json!({"notes": notes}), text, blocks: vec![], links: vec![] }
    }

    pub(crate) fn of(document: Document, json_text: bool, extras: AnswerExtras) -> Result<Self> {
        let mut text = if json_text { String::new() } else { document.text() };
        let serde_json::Value::Object(mut object) = document.into_json() else {
            return Err(unfit("it is not an object"));
        };
        if let Some(athlete) = &extras.athlete {
            text.insert_str(0, &format!("athlete: {athlete}\n"));
            object.insert("athlete".into(), athlete.as_str().into());
        }
        if !extras.notes.is_empty() {
            object.insert("notes".into(), extras.notes.clone().into());
        }
        for note in &extras.notes {
            text.push_str(&format!("note: {note}\n"));
        }
        let structured = serde_json::Value::Object(object);
        if json_text {
            text = structured.to_string();
        }
        Ok(Self { structured, text, blocks: extras.blocks, links: extras.links })
    }
}

/// The error for an answer that cannot be rendered.
pub(crate) fn unfit(reason: impl std::fmt::Display) -> Error {
    Error::new(format!("the answer could not be written: {reason}"), "Report this defect.")
}
