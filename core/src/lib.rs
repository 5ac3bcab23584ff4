//! The library that packs are written with: tools, calls, the client and answers. It depends on no MCP library.
//!
//! The root holds what nearly every pack uses. Modules hold the rest: answer types in [`answer`] and [`content`], prompts in
//! [`prompt`], configuration keys in [`config`], the program that runs a call in [`host`], and the tools of a binary in
//! [`registry`].
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
pub use reference::{ActivityRef, EventRef, FolderRef, GearRef, ItemRef, ReminderRef, WorkoutRef};
pub use settings::{DeleteMode, Settings};

/// Configuration of packs by the operator.
pub mod config {
    pub use crate::{
        configuration::Configuration,
        pack_config::{ConfigError, ConfigTable, FromConfig, PackConfig},
    };
}

/// The tools and packs that the linker gathers into a binary, and how they run.
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
