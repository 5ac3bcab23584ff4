//! What a running call can reach of the program that runs it.
use std::sync::Arc;

use futures::future::BoxFuture;

/// How far a call is.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Steps done.
    pub done: f64,
    /// Steps in all, when known.
    pub total: Option<f64>,
    /// What is being done.
    pub message: String,
}

/// Where steps go: to an MCP client, to a progress bar, into a test's list.
pub type ProgressSink = Arc<dyn Fn(Step) -> BoxFuture<'static, ()> + Send + Sync>;
