//! Library: folders, training plans and their workouts.
mod apply_plan_changes;
mod bulk_create;
mod create;
mod create_folder;
mod delete;
mod delete_folder;
mod export;
mod folder;
mod folders;
mod update;
mod update_folder;
mod workout;
mod written;

use intervals_core::{
    Athlete, BoxFuture, Call, FromCall, Result, ToolPack,
    content::{Content, Resource, Template},
    records::folder::Row,
    workout::{WORKOUT_SYNTAX, WORKOUT_SYNTAX_URI, workout_formats, workout_syntax},
};

struct Library;

impl ToolPack for Library {
    fn resources(&self) -> Vec<Resource> {
        vec![workout_syntax()]
    }

    fn templates(&self) -> Vec<Template> {
        let folder = Template::new(
            "intervals-icu://library/{folder_id}",
            "Library folder",
            "A folder or plan with its workouts.",
        )
        .with_media_type("text/plain")
        .with_tool("icu_get_workouts_in_folder");
        vec![folder, export::template()]
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        if uri == WORKOUT_SYNTAX_URI {
            return Some(Box::pin(async { Ok(Content::Text(WORKOUT_SYNTAX.into())) }));
        }
        let file = export::WorkoutFile::parse(uri)?;
        Some(Box::pin(file.content(call)))
    }

    fn complete(&self, argument: &str, call: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        match argument {
            "folder_id" => Some(Box::pin(complete_ids(call, Item::Folders))),
            "workout_id" => Some(Box::pin(complete_ids(call, Item::Workouts))),
            "kind" => Some(Box::pin(async { Ok(workout_formats()) })),
            _ => None,
        }
    }
}

/// Completes ids of folders or of workouts.
async fn complete_ids(mut call: Call, item: Item) -> Result<Vec<String>> {
    let folders: Vec<Row> = Athlete::from_call(&mut call).await?.library().folders().await?;
    Ok(match item {
        Item::Folders => folders.into_iter().map(|folder| folder.id.to_string()).collect(),
        Item::Workouts => {
            folders.into_iter().flat_map(|folder| folder.children.good).map(|workout| workout.id.to_string()).collect()
        }
    })
}

enum Item {
    Folders,
    Workouts,
}

intervals_core::pack! { "library", "Library: folders, training plans and their workouts.", default: true, Library }
