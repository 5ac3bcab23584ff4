//! Progress of a long call; silent when nobody asked.
use crate::{Call, FromCall, Result, Step, host::ProgressSink};

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
