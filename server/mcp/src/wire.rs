//! Core's types in rmcp's words.
use std::sync::Arc;

use base64::{Engine, prelude::BASE64_STANDARD};
use intervals_core::{
    Effect, Result, Settings,
    answer::Answer,
    content::{Block, Content, Link, PromptMessage, Role},
    host::Step,
    prompt::Prompt,
    registry::{ResourceBody, ToolDef},
};
use rmcp::model::{self, CallToolResult, ContentBlock, ProgressNotificationParam, ProgressToken, ResourceContents};
use rmcp::{Peer, RoleServer};

/// A tool as `tools/list` sends it, with all four annotations.
pub fn tool(def: &ToolDef, settings: &Settings, structured: bool) -> model::Tool {
    let read = def.effect == Effect::Read;
    let annotations = model::ToolAnnotations::new()
        .read_only(read)
        .destructive(def.effect == Effect::Destructive)
        .idempotent(read || def.idempotent)
        .open_world(true);
    let mut tool = model::Tool::new(def.name.clone(), def.description.clone(), Arc::new(def.input_schema(settings)));
    if structured {
        tool = tool.with_raw_output_schema(Arc::new(def.output_schema()));
    }
    tool.title = def.title.as_deref().map(Into::into);
    tool.with_annotations(annotations)
}

/// An answer, or the error that a model can act on; both are results.
pub fn result(outcome: Result<Answer>, structured: bool) -> CallToolResult {
    match outcome {
        Ok(answer) => {
            let links = answer.links.iter().map(|link| ContentBlock::resource_link(linked(link)));
            let text = [ContentBlock::text(answer.text)];
            let blocks = answer.blocks.into_iter().map(block);
            let mut result = CallToolResult::success(text.into_iter().chain(blocks).chain(links).collect());
            result.structured_content = structured.then_some(answer.structured);
            result
        }
        Err(error) => CallToolResult::error(vec![ContentBlock::text(error.to_string())]),
    }
}

fn linked(link: &Link) -> model::Resource {
    model::Resource::new(&link.uri, &link.name).with_mime_type(&link.media_type).with_size(link.size as u64)
}

/// A resource as `resources/list` sends it.
pub fn resource(resource: intervals_core::content::Resource) -> model::Resource {
    let intervals_core::content::Resource { uri, name, description, media_type, .. } = resource;
    model::Resource::new(uri, name).with_description(description).with_mime_type(media_type)
}

/// A template as `resources/templates/list` sends it.
pub fn template(template: intervals_core::content::Template) -> model::ResourceTemplate {
    let intervals_core::content::Template { uri, name, description, media_type, .. } = template;
    let sent = model::ResourceTemplate::new(uri, name).with_description(description);
    media_type.into_iter().fold(sent, model::ResourceTemplate::with_mime_type)
}

/// What stands at a URI.
pub fn contents(read: ResourceBody, uri: &str) -> ResourceContents {
    match read.content {
        Content::Text(text) => {
            let media_type = read.media_type.unwrap_or_else(|| "text/plain".into());
            ResourceContents::text(text, uri).with_mime_type(media_type)
        }
        Content::Bytes { data, media_type } => {
            ResourceContents::blob(BASE64_STANDARD.encode(data), uri).with_mime_type(media_type)
        }
    }
}

/// A prompt as `prompts/list` sends it.
pub fn prompt(prompt: &Prompt) -> model::Prompt {
    let arguments = prompt.arguments.iter().map(|argument| {
        let sent = model::PromptArgument::new(argument.name).with_description(argument.description);
        sent.with_required(argument.default.is_none())
    });
    model::Prompt::new(prompt.name, Some(prompt.description), Some(arguments.collect())).with_title(prompt.title)
}

/// A prompt's message.
pub fn message(message: PromptMessage) -> model::PromptMessage {
    let role = match message.role {
        Role::User => model::Role::User,
        Role::Assistant => model::Role::Assistant,
    };
    model::PromptMessage::new(role, block(message.content))
}

fn block(block: Block) -> ContentBlock {
    match block {
        Block::Text(text) => ContentBlock::text(text),
        Block::Image { data, media_type } => ContentBlock::image(BASE64_STANDARD.encode(data), media_type),
        Block::Audio { data, media_type } => ContentBlock::audio(BASE64_STANDARD.encode(data), media_type),
        Block::Resource { uri, media_type, text } => {
            ContentBlock::resource(ResourceContents::text(text, uri).with_mime_type(media_type))
        }
    }
}

/// Tells the client how far a call is.
pub async fn progress(peer: Peer<RoleServer>, token: ProgressToken, step: Step) {
    let mut params = ProgressNotificationParam::new(token, step.done).with_message(step.message);
    params.total = step.total;
    if let Err(error) = peer.notify_progress(params).await {
        tracing::debug!(%error, "the client takes no progress");
    }
}
