//! Records the requests of a client, for tests.
use std::sync::{Arc, Mutex, PoisonError};

use crate::Effect;

/// A request, whether it was sent or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedRequest {
    /// `METHOD path`.
    pub operation: String,
    /// The effect that a client needs for it.
    pub needs: Effect,
}

/// A log of requests in order. Cheap to clone: all clones share it.
#[derive(Clone, Default)]
pub struct RequestLog(Arc<Mutex<Vec<RecordedRequest>>>);

impl RequestLog {
    pub(crate) fn record(&self, operation: String, needs: Effect) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(RecordedRequest { operation, needs });
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
