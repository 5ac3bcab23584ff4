//! A cache of athlete profiles: every call needs the reader's units, and many the athlete's time zone.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{sync::OnceCell, time::Instant};

use crate::{AthleteProfile, Result};

/// The cached profiles of one account. Concurrent requests for the same profile share one request.
pub(crate) struct Profiles {
    keep: Duration,
    slots: Mutex<HashMap<String, Slot>>,
}

#[derive(Clone)]
struct Slot {
    since: Instant,
    profile: Arc<OnceCell<Arc<AthleteProfile>>>,
}

impl Profiles {
    pub fn new(keep: Duration) -> Self {
        Self { keep, slots: Mutex::default() }
    }

    /// The profile of `id`, fetched when there is none or it is too old. A failure is not cached.
    pub async fn get(
        &self,
        id: &str,
        fetch: impl Future<Output = Result<AthleteProfile>>,
    ) -> Result<Arc<AthleteProfile>> {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            // Slots that nobody fills (a failed request, an invalid id) are dropped with the old ones.
            slots.retain(|_, slot| {
                let in_use = slot.profile.initialized() || Arc::strong_count(&slot.profile) > 1;
                in_use && slot.since.elapsed() < self.keep
            });
            let new = || Slot { since: Instant::now(), profile: Arc::default() };
            slots.entry(id.to_owned()).or_insert_with(new).clone()
        };
        slot.profile.get_or_try_init(|| async { fetch.await.map(Arc::new) }).await.cloned()
    }

    /// Drops all profiles, because a write may have changed them.
    pub fn forget(&self) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
