//! What an answer, a prompt and a resource are made of, in core's own words.
use serde::Serialize;

use crate::{
    Error, Result,
    call::AnswerExtras,
    render::{self, Document},
    units::Units,
};

/// A tool's answer: the same facts twice, once for programs and once for reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Lean JSON that fits the tool's output schema.
    pub structured: serde_json::Value,
    /// The facts as a model reads them.
    pub text: String,
    /// What there is to see or hear beside the text.
    pub blocks: Vec<Block>,
    /// Files that the client may read.
    pub links: Vec<Link>,
}

/// A piece of an answer or of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Plain text.
    Text(String),
    /// Something to look at.
    Image {
        /// Its bytes.
        data: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
    /// Something to listen to.
    Audio {
        /// Its bytes.
        data: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
    /// A text together with the URI that it stands at, so that nobody needs to read it there.
    Resource {
        /// Where it stands.
        uri: String,
        /// Its media type.
        media_type: String,
        /// The text.
        text: String,
    },
}

/// A file behind a URI of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where a client reads it.
    pub uri: String,
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: usize,
}

/// A tool's value, whatever its type: [`Call::answer`](crate::Call::answer) is compiled once and not once per tool.
pub(crate) trait Value: Send {
    fn page(&self, units: Units) -> Result<Document, render::RenderError>;
}

impl<T: Serialize + Send> Value for T {
    fn page(&self, units: Units) -> Result<Document, render::RenderError> {
        Document::of(self, units)
    }
}

impl Answer {
    /// What is left to say of a write that the service accepted, when reading it back failed.
    pub(crate) fn accepted(error: &Error) -> Self {
        let note = format!("the service accepted this, and its answer could not be read back: {}", error.problem);
        let text = format!("note: {note}\nnote: do not repeat it; read the record instead\n");
        let structured = serde_json::json!({"notes": [note, "do not repeat it; read the record instead"]});
        Self { structured, text, blocks: vec![], links: vec![] }
    }

    pub(crate) fn of(value: &dyn Value, units: Units, json_text: bool, extras: AnswerExtras) -> Result<Self> {
        let unfit = |e: &str| Error::new(format!("the answer could not be written: {e}"), "Report this defect.");
        let page = value.page(units).map_err(|e| unfit(&e.to_string()))?;
        let mut text = if json_text { String::new() } else { page.text() };
        let serde_json::Value::Object(mut object) = page.into_json() else {
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

/// Something that can be read at a URI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Where it is.
    pub uri: String,
    /// A short name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Its media type.
    pub media_type: String,
    /// The tool that it goes with: hidden together, and its text is what is read, unless the pack's `read` knows better.
    pub tool: Option<&'static str>,
}

/// A family of resources: a URI with `{variables}` (RFC 6570, level 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The URI with its variables.
    pub uri: String,
    /// A short name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// The media type, where all have the same.
    pub media_type: Option<String>,
    /// The tool that it goes with: hidden together, and its text, called with the URI's variables as arguments, is what is read,
    /// unless the pack's `read` knows better.
    pub tool: Option<&'static str>,
}

/// What stands at a URI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Plain text.
    Text(String),
    /// A file.
    Bytes {
        /// The file's bytes.
        data: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
}

/// A message of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptMessage {
    /// Who says it.
    pub role: Role,
    /// What is said.
    pub content: Block,
}

/// Who says a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}
