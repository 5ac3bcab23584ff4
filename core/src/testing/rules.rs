//! The rules of packs. A rule returns all faults of a subject, one line each: the tool or pack, and the fault.
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

/// Fails a test that has faults.
///
/// Panics with all faults.
#[track_caller]
pub fn hold(faults: &[String]) {
    assert!(faults.is_empty(), "{faults:#?}");
}
