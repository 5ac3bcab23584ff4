//! Content of prompts, resources and answers, independent of MCP.

/// A content block of an answer or a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Plain text.
    Text(String),
    /// An image.
    Image {
        /// Its bytes.
        data: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
    /// A sound.
    Audio {
        /// Its bytes.
        data: Vec<u8>,
        /// Its media type.
        media_type: String,
    },
    /// The text of a resource, embedded with its URI, so that the client need not read it.
    Resource {
        /// Its URI.
        uri: String,
        /// Its media type.
        media_type: String,
        /// The text.
        text: String,
    },
}

/// A link to a file at a URI of this server.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    /// The URI to read.
    pub uri: String,
    /// The file's name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: usize,
}

/// A resource that can be read at a fixed URI.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resource {
    /// Its URI.
    pub uri: String,
    /// A short name.
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Its media type.
    pub media_type: String,
    /// The tool that it belongs to, and is hidden with. The tool's text is its content, unless the pack's `read` returns another.
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
    /// The media type, when all its resources have the same.
    pub media_type: Option<String>,
    /// The tool that it belongs to, and is hidden with. The tool's text, called with the URI's variables as arguments, is the
    /// content, unless the pack's `read` returns another.
    pub tool: Option<&'static str>,
}

impl Resource {
    /// A resource that belongs to no tool. Its description is one sentence.
    pub fn new(
        uri: impl Into<String>,
        name: impl Into<String>,
        description: impl Into<String>,
        media_type: impl Into<String>,
    ) -> Self {
        let (uri, name, description, media_type) = (uri.into(), name.into(), description.into(), media_type.into());
        Self { uri, name, description, media_type, tool: None }
    }

    /// Sets the tool that it belongs to.
    pub fn with_tool(self, tool: impl Into<Option<&'static str>>) -> Self {
        Self { tool: tool.into(), ..self }
    }
}

impl Template {
    /// A template of various media types that belongs to no tool. Its description is one sentence.
    pub fn new(uri: impl Into<String>, name: impl Into<String>, description: impl Into<String>) -> Self {
        let (uri, name, description) = (uri.into(), name.into(), description.into());
        Self { uri, name, description, media_type: None, tool: None }
    }

    /// Sets the media type that all its resources have.
    pub fn with_media_type<'a>(self, media_type: impl Into<Option<&'a str>>) -> Self {
        Self { media_type: media_type.into().map(Into::into), ..self }
    }

    /// Sets the tool that it belongs to.
    pub fn with_tool(self, tool: impl Into<Option<&'static str>>) -> Self {
        Self { tool: tool.into(), ..self }
    }
}

/// The content of a resource.
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
    /// The speaker.
    pub role: Role,
    /// The content.
    pub content: Block,
}

/// The speaker of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The person.
    User,
    /// The model.
    Assistant,
}
