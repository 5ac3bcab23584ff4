//! The answer of every guarded or bulk deletion.
use schemars::JsonSchema;
use serde::Serialize;

/// What was deleted and what was spared, by id.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Deletions<Id> {
    /// What is gone.
    pub deleted: Vec<Id>,
    /// What is still there, each with the reason.
    pub skipped: Vec<Skipped<Id>>,
}

/// Something that was not deleted.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Skipped<Id> {
    /// Which.
    pub id: Id,
    /// Why, and what would delete it.
    pub reason: String,
}

impl<Id> Default for Deletions<Id> {
    fn default() -> Self {
        Self { deleted: vec![], skipped: vec![] }
    }
}

impl<Id> Deletions<Id> {
    /// The deletion of one record, with nothing skipped.
    pub fn of(id: Id) -> Self {
        Self { deleted: vec![id], ..Self::default() }
    }

    /// Adds a record that was not deleted.
    pub fn skip(&mut self, id: Id, reason: impl Into<String>) {
        self.skipped.push(Skipped { id, reason: reason.into() });
    }
}
