//! Progress of a long call; silent when nobody asked.
use std::sync::Arc;

use futures::future::BoxFuture;

use crate::{Call, FromCall, Result};

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

/// Reports how far the call is.
pub struct Progress(Option<ProgressSink>);

impl Progress {
    /// Says that `done` of `total` steps are done.
    pub async fn report(&self, done: usize, total: usize, message: impl Into<String>) {
        if let Some(sink) = &self.0 {
            let message = message.into();
            sink(Step { done: done as f64, total: Some(total as f64), message }).await;
        }
    }
}

impl FromCall for Progress {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self(call.progress.clone()))
    }
}
