//! Custom items: own fields, charts and zones.
mod content;
mod create;
mod delete;
mod list;
mod one;
mod update;

use intervals_core::{
    BoxFuture, Call, Result, ToolPack,
    content::{Content, Resource},
};

struct CustomItems;

impl ToolPack for CustomItems {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::new(
            "intervals-icu://custom-item-schemas",
            "Custom item schemas",
            "What the content of each type of custom item holds.",
            "text/markdown",
        )]
    }

    fn read(&self, _: &str, _: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        Some(Box::pin(async { Ok(Content::Text(include_str!("schemas.md").into())) }))
    }
}

intervals_core::pack! { "custom-items", "Custom items: own fields, charts and zones.", default: true, CustomItems }
