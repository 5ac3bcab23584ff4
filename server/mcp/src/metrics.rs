//! What is counted of tool calls.
use std::time::Duration;

use intervals_catalog::Name;

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeded.
    Ok,
    /// It failed, and the caller was told why.
    Error,
    /// The caller cancelled or hung up.
    Cancelled,
    /// The tool panicked.
    Panic,
}

impl Outcome {
    /// The word in log lines and metrics.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Cancelled => "cancelled",
            Self::Panic => "panic",
        }
    }
}

/// Counts tool calls.
pub trait Metrics: Send + Sync {
    /// A call begins.
    fn call_begins(&self);

    /// A call of this tool ended.
    fn call_ends(&self, tool: &Name, outcome: Outcome, took: Duration);

    /// A tool was called that does not exist, or is not offered to the caller.
    fn unknown_tool(&self);
}

/// Counts nothing.
pub struct Uncounted;

impl Metrics for Uncounted {
    fn call_begins(&self) {}

    fn call_ends(&self, _: &Name, _: Outcome, _: Duration) {}

    fn unknown_tool(&self) {}
}
