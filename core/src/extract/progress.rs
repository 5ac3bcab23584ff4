//! Progress of a long call.
use std::sync::Arc;

use crate::{Call, FromCall, Host, Result, host::Step};

/// Reports the progress of a call.
pub struct Progress(Arc<dyn Host>);

impl Progress {
    /// Reports that `done` of `total` steps are done.
    pub async fn report(&self, done: usize, total: usize, message: impl Into<String>) {
        self.0.progress(Step::new(done as f64, Some(total as f64), message)).await;
    }
}

impl FromCall for Progress {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self(call.host.clone()))
    }
}
