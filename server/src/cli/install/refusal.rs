//! Why a client's file cannot be edited.
use super::splice;

/// What is wrong in a text, and where. The text stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Line and column, counted from 1.
    pub at: (usize, usize),
    /// What is wrong.
    pub problem: String,
    /// The text is fine, but the entry of that name is something else.
    pub is_taken: bool,
}

impl Refusal {
    /// The text does not keep the rules of its format.
    pub(super) fn broken(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self { at: splice::position(text, at), problem: problem.into(), is_taken: false }
    }

    /// What must hold other things holds none.
    pub(super) fn not_a_table(text: &str, at: usize, what: &str) -> Self {
        Self::broken(text, at, format!("{what} is not a table of names and values"))
    }

    /// The entry of that name is something else.
    pub(super) fn taken(text: &str, at: usize, problem: impl Into<String>) -> Self {
        Self { at: splice::position(text, at), problem: problem.into(), is_taken: true }
    }
}
