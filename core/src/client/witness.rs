//! What tests see of the requests that a client is asked for.
use std::sync::{Arc, Mutex, PoisonError};

use super::Intervals;
use crate::Effect;

/// A request that was asked for, whether it was sent or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// `METHOD path`.
    pub operation: String,
    /// What a client must be allowed for it.
    pub needs: Effect,
}

/// Remembers requests in order. Cheap to clone: all clones share them.
#[derive(Clone, Default)]
pub struct Witness(Arc<Mutex<Vec<Asked>>>);

impl Witness {
    pub(super) fn saw(&self, operation: String, needs: Effect) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Asked { operation, needs });
    }

    /// Everything so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Intervals {
    /// The same client, watched.
    pub fn witnessed_by(self, witness: Witness) -> Self {
        Self { witness: Some(witness), ..self }
    }
}
