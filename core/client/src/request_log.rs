//! Records the requests that a client is asked for, for tests.
use std::sync::{Arc, Mutex, PoisonError};

use crate::Effect;

/// A request that was asked for, whether it was sent or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedRequest {
    /// `METHOD path`.
    pub operation: String,
    /// What a client must be allowed for it.
    pub needs: Effect,
}

/// Remembers requests in order. Cheap to clone: all clones share them.
#[derive(Clone, Default)]
pub struct RequestLog(Arc<Mutex<Vec<RecordedRequest>>>);

impl RequestLog {
    pub(crate) fn record(&self, operation: String, needs: Effect) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(RecordedRequest { operation, needs });
    }

    /// Everything so far.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
