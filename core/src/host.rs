//! What a running call can reach of the program that runs it: an MCP session, the command line, a test.
use std::{any::Any, future::ready};

use futures::future::BoxFuture;

/// Receives progress and asks the person while a tool runs.
///
/// Every method has a default that says that the host cannot do it. A program finds its own host by a downcast through [`Any`].
pub trait Host: Any + Send + Sync {
    /// Reports how far the call is. By default nobody hears of it.
    fn progress(&self, _step: Step) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }

    /// Asks the person to confirm something, and waits for the reply.
    fn ask(&self, _question: Question) -> BoxFuture<'_, Reply> {
        Box::pin(ready(Reply::CannotAsk))
    }

    /// Whether the person sees user interfaces that an answer brings.
    fn shows_ui(&self) -> bool {
        false
    }
}

/// A host that can do nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHost;

impl Host for NoHost {}

/// How far a call is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Steps done.
    pub done: f64,
    /// Steps in all, when known.
    pub total: Option<f64>,
    /// What is being done.
    pub message: String,
}

impl Step {
    /// `done` of `total` steps are done, and this is done next.
    pub fn new(done: f64, total: Option<f64>, message: impl Into<String>) -> Self {
        Self { done, total, message: message.into() }
    }
}

/// A question to the person that can be answered with yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Question {
    /// What the person reads.
    pub message: String,
}

impl Question {
    /// Asks this; say what a yes will do.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

/// What the person replied to a [`Question`].
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
