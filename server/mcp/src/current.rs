//! The hub that is in use. Another one may replace it while the server runs; sessions are told.
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;

/// The hub that is in use.
pub struct CurrentHub {
    hub: watch::Sender<Arc<Hub>>,
    /// Whether another one may come.
    changes: bool,
    /// Why a later wish of the operator's does not hold.
    refused: Mutex<Option<Arc<str>>>,
    /// Fires when the server ends and no longer waits for calls.
    ending: CancellationToken,
}

impl CurrentHub {
    /// A hub that is never replaced.
    pub fn fixed(hub: Arc<Hub>) -> Arc<Self> {
        Self::new(hub, false)
    }

    /// A hub that may be replaced.
    pub fn replaceable(hub: Arc<Hub>) -> Arc<Self> {
        Self::new(hub, true)
    }

    fn new(hub: Arc<Hub>, changes: bool) -> Arc<Self> {
        let (hub, ending) = (watch::Sender::new(hub), CancellationToken::new());
        Arc::new(Self { hub, changes, refused: Mutex::default(), ending })
    }

    /// Cancels all calls: they answer that they were, and whether a write may have been carried out.
    pub fn cancel_calls(&self) {
        self.ending.cancel();
    }

    /// Fires with [`Self::cancel_calls`].
    pub(crate) fn ending(&self) -> &CancellationToken {
        &self.ending
    }

    /// The hub that is in use. A request works with one hub from start to end.
    pub fn hub(&self) -> Arc<Hub> {
        self.hub.borrow().clone()
    }

    /// Replaces the hub; sessions are told if `heard`.
    pub fn replace(&self, hub: Arc<Hub>, heard: bool) {
        self.noted(None);
        self.hub.send_if_modified(|current| {
            *current = hub;
            heard
        });
    }

    /// Keeps the hub although the configuration changed, and remembers why.
    pub fn refuse(&self, why: &str) {
        self.noted(Some(why.into()));
    }

    /// Why the last change of the configuration is not in use.
    pub fn refused(&self) -> Option<Arc<str>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn noted(&self, why: Option<Arc<str>>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }

    /// Whether what is offered may change while a session lasts.
    pub fn changes(&self) -> bool {
        self.changes || self.hub().is_dynamic()
    }

    /// Receives every replacement.
    pub(crate) fn watch(&self) -> watch::Receiver<Arc<Hub>> {
        self.hub.subscribe()
    }
}
