//! The parts of an answer that extractors and the client add while a call runs.
use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    content::{Block, Link},
    text::one_line,
};

/// The parts of an answer beside the tool's value.
#[derive(Debug, Default, Clone)]
pub(crate) struct AnswerExtras {
    /// The id of the athlete that the answer is about. In the finished answer: name and id, unless it is the key's owner.
    pub athlete: Option<String>,
    /// The id of the activity that the call names. The answer is about the activity's athlete.
    pub activity: Option<String>,
    pub notes: Vec<String>,
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
}

/// The extras of a running call, shared by its extractors and its client.
#[derive(Debug, Default, Clone)]
pub(crate) struct SharedExtras(Arc<Mutex<AnswerExtras>>);

impl SharedExtras {
    pub fn edit<T>(&self, edit: impl FnOnce(&mut AnswerExtras) -> T) -> T {
        edit(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn note(&self, note: impl Into<String>) {
        let note = one_line(&note.into());
        self.edit(|extras| {
            if !extras.notes.contains(&note) {
                extras.notes.push(note);
            }
        });
    }
}
