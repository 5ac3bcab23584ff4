//! The catalogue of a binary's tools, and the tools that are offered: views, token budget, profiles, search.
//!
//! The crate depends on no MCP library and no runtime.
mod absent;
mod broken;
mod budget;
mod catalog;
mod entry;
pub mod known;
pub mod profiles;
mod search;
pub mod spelling;
mod view;

pub use absent::AbsentNames;
pub use broken::BrokenPack;
pub use budget::{Budget, EVERYDAY, ranked};
pub use catalog::Catalog;
pub use entry::{Card, Entry, LinkedPack, Name};
pub use intervals_core::tokens;
pub use search::Index;
pub use view::{Filter, Selection, Unknown, View, Why, not_linked};
