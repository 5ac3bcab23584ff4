//! Events: the calendar of planned workouts, races and notes.
mod access;
mod annual_plan;
mod apply_plan;
mod bulk_create;
mod bulk_delete;
mod calendar;
mod compare;
mod create;
mod delete;
mod download;
mod duplicate;
mod ends;
mod event;
mod ids;
mod mark_done;
#[cfg(test)]
mod marked;
mod new_event;
mod one_by_one;
mod pairing;
mod profile;
mod prompts;
mod resources;
mod upcoming;
mod update;
mod written;

use intervals_core::{
    BoxFuture, Call, Result, ToolPack, completion,
    content::{Content, Resource, Template},
    prompt::Prompt,
    workout::workout_formats,
};

struct Events;

impl ToolPack for Events {
    fn prompts(&self) -> Vec<Prompt> {
        vec![prompts::GENERATE_WORKOUT, prompts::PLAN_TRAINING_WEEK, prompts::TRAINING_PLAN_REVIEW]
    }

    fn resources(&self) -> Vec<Resource> {
        resources::resources()
    }

    fn templates(&self) -> Vec<Template> {
        resources::templates()
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        if let Some(text) = resources::text(uri) {
            return Some(Box::pin(async move { Ok(Content::Text(text.into())) }));
        }
        let file = download::EventFile::parse(uri)?;
        Some(Box::pin(file.content(intervals_core::uri::query(uri), call)))
    }

    fn complete(&self, argument: &str, call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        match argument {
            "event_id" => Some(Box::pin(resources::event_ids(call))),
            "oldest" => Some(Box::pin(completion::mondays(call))),
            "kind" => Some(Box::pin(async { Ok(workout_formats()) })),
            _ => None,
        }
    }
}

intervals_core::pack! { "events", "Events: the calendar of planned workouts, races and notes.", default: true, Events }
