//! What prompts, resources and answers are made of, in core's own words.

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
#[non_exhaustive]
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

/// Something that can be read at a URI.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
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
#[non_exhaustive]
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

impl Resource {
    /// A resource that goes with no tool. Its description is one sentence.
    pub fn new(
        uri: impl Into<String>,
        name: impl Into<String>,
        description: impl Into<String>,
        media_type: impl Into<String>,
    ) -> Self {
        let (uri, name, description, media_type) = (uri.into(), name.into(), description.into(), media_type.into());
        Self { uri, name, description, media_type, tool: None }
    }

    /// Sets the tool that it goes with.
    pub fn with_tool(self, tool: impl Into<Option<&'static str>>) -> Self {
        Self { tool: tool.into(), ..self }
    }
}

impl Template {
    /// A template of various media types that goes with no tool. Its description is one sentence.
    pub fn new(uri: impl Into<String>, name: impl Into<String>, description: impl Into<String>) -> Self {
        let (uri, name, description) = (uri.into(), name.into(), description.into());
        Self { uri, name, description, media_type: None, tool: None }
    }

    /// Sets the media type that all its resources have.
    pub fn with_media_type<'a>(self, media_type: impl Into<Option<&'a str>>) -> Self {
        Self { media_type: media_type.into().map(Into::into), ..self }
    }

    /// Sets the tool that it goes with.
    pub fn with_tool(self, tool: impl Into<Option<&'static str>>) -> Self {
        Self { tool: tool.into(), ..self }
    }
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
#[non_exhaustive]
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
