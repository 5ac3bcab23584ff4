//! Why a client's file cannot be edited.
use std::fmt;

use crate::splice;

/// What is wrong in a text, and where. The text stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct EditError {
    /// Line and column, counted from 1.
    pub at: (usize, usize),
    /// What is wrong.
    pub problem: String,
    /// What it is about.
    pub kind: EditErrorKind,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditErrorKind {
    /// The text does not keep the rules of its format.
    Invalid,
    /// The text is fine, but the entry of that name is something else.
    Conflict,
    /// The text is fine, but the servers stand in an inline table of TOML, which takes none from elsewhere.
    InlineTable,
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.at;
        write!(f, "line {line}, column {column}: {}", self.problem)
    }
}

impl EditError {
    fn of(kind: EditErrorKind, text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self { at: splice::position(text, at), problem: problem.into(), kind }
    }

    /// The text does not keep the rules of its format.
    pub(crate) fn invalid(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::of(EditErrorKind::Invalid, text, at, problem)
    }

    /// What must hold other things holds none.
    pub(crate) fn not_a_table(text: &str, at: usize, what: &str) -> Self {
        Self::invalid(text, at, format!("{what} is not a table of names and values"))
    }

    /// The entry of that name is something else.
    pub(crate) fn conflict(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::of(EditErrorKind::Conflict, text, at, problem)
    }

    /// The servers stand in an inline table.
    pub(crate) fn inline_table(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::of(EditErrorKind::InlineTable, text, at, problem)
    }
}
