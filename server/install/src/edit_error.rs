//! Errors of editing the text of a client's file.
use std::fmt;

use crate::splice;

/// Error of editing a text, with its position. The file is not changed. Printed as `line 1, column 2: problem`.
#[derive(Debug, Clone, PartialEq)]
pub struct EditError {
    /// Line and column, counted from 1.
    pub at: (usize, usize),
    /// What is wrong.
    pub problem: String,
    /// Its kind.
    pub kind: EditErrorKind,
}

/// Kind of an error, which decides the remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditErrorKind {
    /// The text is not valid in its format, or has a value where a table is expected.
    Invalid,
    /// An entry of another kind has the name, or cannot be edited without changing other entries.
    Conflict,
    /// The servers are in an inline table of TOML, which cannot be extended by `[table]` headers.
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

    /// The text is not valid.
    pub(crate) fn invalid(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::of(EditErrorKind::Invalid, text, at, problem)
    }

    /// A value that must be a table is not one.
    pub(crate) fn not_a_table(text: &str, at: usize, what: &str) -> Self {
        Self::invalid(text, at, format!("{what} is not a table of names and values"))
    }

    /// The entry cannot be edited.
    pub(crate) fn conflict(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::of(EditErrorKind::Conflict, text, at, problem)
    }

    /// The servers are in an inline table.
    pub(crate) fn inline_table(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self::of(EditErrorKind::InlineTable, text, at, problem)
    }
}
