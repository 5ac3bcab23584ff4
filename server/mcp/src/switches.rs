//! The packs that one session has switched.
use std::collections::BTreeSet;

use intervals_catalog::Name;
use tokio::sync::watch;

/// The packs that are on in one session; `None` until it switches one.
pub struct Switches(watch::Sender<Option<BTreeSet<Name>>>);

impl Default for Switches {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Switches {
    /// Receives every switch.
    pub fn watch(&self) -> watch::Receiver<Option<BTreeSet<Name>>> {
        self.0.subscribe()
    }

    /// The packs that are on, once the session has switched any.
    pub fn on(&self) -> Option<BTreeSet<Name>> {
        self.0.borrow().clone()
    }

    /// Switches packs atomically. `change` gets the packs that are on: `start` for a session that has switched none.
    pub fn update(&self, start: &BTreeSet<Name>, change: impl FnOnce(&mut BTreeSet<Name>)) {
        self.0.send_modify(|on| change(on.get_or_insert_with(|| start.clone())));
    }
}
