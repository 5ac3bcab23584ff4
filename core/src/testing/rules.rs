//! What every pack is held to. A rule gives everything in which a subject breaks it, a line each: whose fault, and what.
mod answers;
mod budget;
mod effects;
mod exceptions;
mod names;
mod prompts;
mod resources;
mod schemas;
mod sentences;

pub use answers::answers;
pub use budget::budget;
pub use effects::{deletes, effects, read_only};
pub use exceptions::exceptions;
pub use names::names;
pub use prompts::prompts;
pub use resources::resources;
pub use schemas::{additions, arguments, schemas};
pub use sentences::{cards, descriptions};

/// Ends a test that found faults.
///
/// Panics with all of them.
#[track_caller]
pub fn hold(faults: &[String]) {
    assert!(faults.is_empty(), "{faults:#?}");
}
