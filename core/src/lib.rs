//! What a pack needs and nothing above it: tools, calls, the client, answers. It knows no MCP library and no configuration.
//!
//! The root has what nearly every pack names; the rest stands in modules: what answers are made of in [`answer`] and [`content`],
//! prompts in [`prompt`], the operator's keys in [`config`], the program that runs the call in [`host`], and what gathers and runs
//! the tools of a binary in [`registry`].
extern crate self as intervals_core;

pub mod answer;
mod answer_extras;
pub mod arguments;
mod call;
mod columns;
pub mod completion;
mod configuration;
pub mod content;
mod deletions;
mod error;
pub mod extract;
pub mod host;
pub mod list;
mod others;
mod pack;
mod pack_config;
pub mod prompt;
mod raw_json;
pub mod reference;
pub mod render;
mod rendered;
pub mod schema;
pub mod series;
mod settings;
mod static_or_shared;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
pub mod tokens;
mod tool;
pub mod uri;
mod workout_file;
mod workout_syntax;

pub use call::{Call, FromCall};
pub use error::{Error, Result};
pub use extract::{Attachments, Files, Icu, Notes, Progress, SharedArgs, Today};
pub use futures::future::BoxFuture;
pub use host::Host;
pub use intervals_client::{self as client, Athlete, ClientError, Effect, Intervals, JsonMap, units};
pub use intervals_macros::tool;
pub use intervals_records::{self as records, Day, LocalTime, likeness, nearest};
pub use list::List;
pub use pack::{Pack, ToolPack};
pub use reference::{ActivityRef, EventRef, FolderRef, GearRef, WorkoutRef};
pub use settings::{DeleteMode, Settings};

/// What an operator can set for a pack.
pub mod config {
    pub use crate::{
        configuration::Configuration,
        pack_config::{ConfigError, ConfigTable, FromConfig, PackConfig},
    };
}

/// The tools and packs of a binary, gathered by the linker, and how they are run.
pub mod registry {
    pub use crate::{
        pack::{ResourceBody, complete, packs, read},
        static_or_shared::StaticOrShared,
        tool::{Delete, TOOLS, Tier, ToolDef},
    };
}

/// Planned workouts as text and as files.
pub mod workout {
    pub use crate::{
        workout_file::{FILE_CAP, workout_format, workout_formats},
        workout_syntax::{WORKOUT_SYNTAX, WORKOUT_SYNTAX_URI, workout_doubts, workout_prose, workout_syntax},
    };
}

#[doc(hidden)]
pub use {inventory as __inventory, linkme as __linkme};
