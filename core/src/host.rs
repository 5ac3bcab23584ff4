//! The program that runs a call, as the call sees it: an MCP session, the command line or a test.
use std::{any::Any, future::ready};

use futures::future::BoxFuture;

/// Receives progress and asks the person while a tool runs.
///
/// By default a host can do none of this. A program gets its own host type by a downcast through [`Any`].
pub trait Host: Any + Send + Sync {
    /// Reports the progress of the call. By default it is dropped.
    fn progress(&self, _step: Step) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }

    /// Asks the person to confirm something, and waits for the reply.
    fn ask(&self, _question: Question) -> BoxFuture<'_, Reply> {
        Box::pin(ready(Reply::CannotAsk))
    }

    /// Whether the host shows user interfaces that come with an answer.
    fn shows_ui(&self) -> bool {
        false
    }
}

/// A host without progress, questions and user interfaces.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHost;

impl Host for NoHost {}

/// The progress of a call.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Steps done.
    pub done: f64,
    /// The number of all steps, when known.
    pub total: Option<f64>,
    /// The step that runs now.
    pub message: String,
}

impl Step {
    /// Progress of `done` out of `total` steps; `message` describes the next one.
    pub fn new(done: f64, total: Option<f64>, message: impl Into<String>) -> Self {
        Self { done, total, message: message.into() }
    }
}

/// A question to the person that can be answered with yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// The text of the question.
    pub message: String,
}

impl Question {
    /// A question. `message` says what a yes will do.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// The person's reply to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reply {
    /// Do it.
    Yes,
    /// Do not do it.
    No,
    /// The host cannot ask, or nobody replied.
    CannotAsk,
}

#[cfg(test)]
mod tests;
