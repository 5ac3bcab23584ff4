//! What a pack needs and nothing above it: tools, calls, the client, answers. It knows no MCP library and no configuration.
extern crate self as intervals_core;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod arguments;
mod as_text;
mod call;
pub mod client;
mod columns;
mod content;
mod day;
mod deletions;
mod error;
mod extract;
pub mod fitness;
mod held;
mod lenient;
mod list;
pub mod offer;
mod others;
mod pack;
mod prompt;
pub mod render;
pub mod schema;
mod section;
pub mod series;
mod settings;
pub mod sports;
pub mod structure;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod text;
pub mod tokens;
mod tool;
pub mod units;
pub mod uri;
mod verbatim;
mod workout_file;
mod workout_syntax;

pub use as_text::AsText;
pub use call::{Call, FromCall, JsonMap};
pub use client::{ClientError, Intervals, TraceContext};
pub use columns::Columns;
pub use content::{Answer, Block, Content, Link, PromptMessage, Resource, Role, Template};
pub use day::Day;
pub use deletions::{Deletions, Skipped};
pub use error::{Error, Result};
pub use extract::{Athlete, Cancellation, File, Files, Icu, Notes, Progress, Show, Step, Today};
pub use futures::future::BoxFuture;
pub use held::Held;
pub use intervals_macros::tool;
pub use list::{CAP, List, limit};
pub use others::ByOthers;
pub use pack::{Pack, Read, ToolPack, beginning, complete, packs, read};
pub use prompt::{Callable, Prompt, PromptArgument, PromptCall};
pub use section::{Configuration, Configured, Keys, Section, WrongKey};
pub use settings::{DeleteMode, Settings};
pub use text::{cut, lost_tags, tags};
pub use tool::{Delete, Effect, TOOLS, Tier, ToolDef};
pub use verbatim::Verbatim;
pub use workout_file::{FILE_CAP, workout_format, workout_formats};
pub use workout_syntax::{WORKOUT_SYNTAX, WORKOUT_SYNTAX_URI, workout_doubts, workout_prose, workout_syntax};

#[doc(hidden)]
pub use {inventory as __inventory, linkme as __linkme};
