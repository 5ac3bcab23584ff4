//! Recorded activities: lists, searches, corrections and downloads.
mod around;
mod bulk_create;
mod by_date;
mod delete;
mod details;
mod download;
mod prompts;
mod recent;
mod resources;
mod search;
mod search_full;
mod tags;
mod update;
mod update_streams;

use intervals_core::{
    BoxFuture, Call, Result, ToolPack, completion,
    content::{Content, Template},
    prompt::Prompt,
};

struct Activities;

impl ToolPack for Activities {
    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::ANALYZE_RECENT_TRAINING]
    }

    fn templates(&self) -> Vec<Template> {
        resources::templates()
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let wanted = download::Wanted::parse(uri)?;
        Some(Box::pin(async move { wanted.content(&call.client).await }))
    }

    fn complete(&self, argument: &str, call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        (argument == "activity_id").then(|| Box::pin(completion::activity_ids(call)) as _)
    }
}

intervals_core::pack! { "activities", "Activities: recorded rides, runs, swims and other workouts.", default: true, Activities }
