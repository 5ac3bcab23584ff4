//! Library: folders, training plans and their workouts.
mod apply_plan_changes;
mod bulk_create;
mod create;
mod create_folder;
mod delete;
mod delete_folder;
mod export;
mod fields;
mod folder;
mod folders;
mod row;
mod update;
mod update_folder;
mod workout;

use icu_core::{BoxFuture, Call, Content, Result, Template, ToolPack};

struct Library;

impl ToolPack for Library {
    fn templates(&self) -> Vec<Template> {
        vec![export::template()]
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let wanted = export::Wanted::parse(uri)?;
        Some(Box::pin(wanted.content(call)))
    }
}

icu_core::pack! { "library", "Library: folders, training plans and their workouts.", default: true, Library }
