//! Notes that a tool adds to its answer: what was left out, assumed or failed in part.
use crate::{Call, FromCall, Result, answer_extras::SharedExtras};

/// Collects sentences for the answer's `notes`, without duplicates.
#[derive(Clone)]
pub struct Notes(SharedExtras);

impl Notes {
    /// Adds a sentence.
    pub fn add(&self, note: impl Into<String>) {
        self.0.note(note);
    }
}

impl FromCall for Notes {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self(call.extras.clone()))
    }
}
