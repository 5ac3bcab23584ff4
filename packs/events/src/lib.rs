//! Events: the calendar of planned workouts, races and notes.
mod access;
mod annual_plan;
mod apply_plan;
mod arguments;
mod bulk_create;
mod bulk_delete;
mod calendar;
mod category;
mod compare;
mod create;
mod delete;
mod download;
mod draft;
mod duplicate;
mod event;
mod forms;
mod mark_done;
mod outline;
mod pairing;
mod row;
mod upcoming;
mod update;
mod written;

use icu_core::{BoxFuture, Call, Content, Result, Template, ToolPack};

struct Events;

impl ToolPack for Events {
    fn templates(&self) -> Vec<Template> {
        vec![download::template()]
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let wanted = download::Wanted::parse(uri)?;
        Some(Box::pin(wanted.content(call)))
    }
}

icu_core::pack! { "events", "Events: the calendar of planned workouts, races and notes.", default: true, Events }
