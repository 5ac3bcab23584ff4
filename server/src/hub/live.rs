//! The hub that holds now. Another one may take its place while the server runs; sessions hear of it.
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Hub;

/// The current hub.
pub struct Live {
    hub: watch::Sender<Arc<Hub>>,
    /// Whether another one may come.
    changes: bool,
    /// Why a later wish of the operator's does not hold.
    refused: Mutex<Option<Arc<str>>>,
    /// Fires when the server ends and no longer waits for calls.
    ending: CancellationToken,
}

impl Live {
    /// A hub that stays.
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
    #[cfg(feature = "http")]
    pub fn cancel_calls(&self) {
        self.ending.cancel();
    }

    /// Fires with [`Self::cancel_calls`].
    pub(super) fn ending(&self) -> &CancellationToken {
        &self.ending
    }

    /// The one that holds now. A request works with one from its begin to its end.
    pub fn hub(&self) -> Arc<Hub> {
        self.hub.borrow().clone()
    }

    /// From now on it is this one, and if sessions are to hear of it, they do.
    pub fn replace(&self, hub: Arc<Hub>, heard: bool) {
        self.noted(None);
        self.hub.send_if_modified(|current| {
            *current = hub;
            heard
        });
    }

    /// It stays, although the operator wishes another one: `why` that cannot be.
    pub fn refuse(&self, why: &str) {
        self.noted(Some(why.into()));
    }

    /// Why the hub is not the one that the operator last wished.
    pub fn refused(&self) -> Option<Arc<str>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn noted(&self, why: Option<Arc<str>>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }

    /// Whether what is offered may change while a session lasts.
    pub fn changes(&self) -> bool {
        self.changes || self.hub().start.is_some()
    }

    /// Hears of every replacement.
    pub(super) fn watch(&self) -> watch::Receiver<Arc<Hub>> {
        self.hub.subscribe()
    }
}
