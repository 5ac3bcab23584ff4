//! Fixtures of the MCP conformance suite that a pack can provide, under the names that the suite expects.
mod blocks;
mod headers;
mod pixel;
mod plain;
mod prompts;
mod resources;

use intervals_core::{
    BoxFuture, Call, Result, ToolPack,
    content::{Content, Resource, Template},
    prompt::Prompt,
};

struct Conformance;

impl ToolPack for Conformance {
    fn prompts(&self) -> Vec<Prompt> {
        prompts::ALL.into()
    }

    fn resources(&self) -> Vec<Resource> {
        resources::fixed()
    }

    fn templates(&self) -> Vec<Template> {
        resources::templates()
    }

    fn read(&self, uri: &str, _: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let content = resources::read(uri)?;
        Some(Box::pin(async { Ok(content) }))
    }
}

intervals_core::pack! { "conformance", "Fixtures of the MCP conformance suite.", default: true, Conformance }
