//! What a pack needs and nothing above it: tools, calls, the client, answers. It knows no MCP library and no configuration.
extern crate self as intervals_core;

mod answer;
mod answer_extras;
pub mod arguments;
mod call;
mod columns;
pub mod completion;
mod configuration;
mod content;
mod day;
mod deletions;
mod error;
mod extract;
mod host;
mod list;
mod others;
mod pack;
mod pack_config;
mod prompt;
mod raw_json;
pub mod render;
mod rendered;
pub mod schema;
pub mod series;
mod settings;
mod static_or_shared;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod text;
pub mod tokens;
mod tool;
pub mod uri;
mod workout_file;
mod workout_syntax;

pub use answer::Answer;
pub use call::{Call, FromCall};
pub use columns::Columns;
pub use configuration::Configuration;
pub use content::{Block, Content, Link, PromptMessage, Resource, Role, Template};
pub use day::Day;
pub use deletions::{Deletions, Skipped};
pub use error::{Error, Result};
pub use extract::{Attachments, Cancellation, File, Files, Icu, Notes, Progress, Today};
pub use futures::future::BoxFuture;
pub use host::{Host, NoHost, Question, Reply, Step};
pub use intervals_client::{
    self as client, Athlete, ClientError, Effect, Intervals, JsonMap, TraceContext, sports, units,
};
pub use intervals_macros::tool;
pub use intervals_records::{self as records, fitness, structure};
pub use list::{CAP, List, clamp_limit};
pub use others::ByOthers;
pub use pack::{Pack, ResourceBody, ToolPack, complete, packs, read};
pub use pack_config::{ConfigError, ConfigTable, FromConfig, PackConfig};
pub use prompt::{Callable, Prompt, PromptArgument, PromptCall};
pub use raw_json::RawJson;
pub use rendered::Rendered;
pub use settings::{DeleteMode, Settings};
pub use static_or_shared::StaticOrShared;
pub use text::{lost_tags, tags, truncate};
pub use tool::{Delete, TOOLS, Tier, ToolDef};
pub use workout_file::{FILE_CAP, workout_format, workout_formats};
pub use workout_syntax::{WORKOUT_SYNTAX, WORKOUT_SYNTAX_URI, workout_doubts, workout_prose, workout_syntax};

#[doc(hidden)]
pub use {inventory as __inventory, linkme as __linkme};
