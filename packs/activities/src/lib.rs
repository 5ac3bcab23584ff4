//! Activities: what was recorded, found, corrected and downloaded.
mod around;
mod bulk_create;
mod by_date;
mod delete;
mod details;
mod download;
mod recent;
mod row;
mod search;
mod search_full;
mod update;
mod update_streams;

use icu_core::{BoxFuture, Call, Content, Result, Template, ToolPack};

struct Activities;

impl ToolPack for Activities {
    fn templates(&self) -> Vec<Template> {
        vec![download::template()]
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let wanted = download::Wanted::parse(uri)?;
        Some(Box::pin(async move { wanted.content(&call.client).await }))
    }
}

icu_core::pack! { "activities", "Activities: recorded rides, runs, swims and other workouts.", default: true, Activities }
