//! The memory of a client during one call.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde::Deserialize;
use tokio::sync::OnceCell;

use crate::{Reply, Result, lenient};

/// The outcomes of the writes of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteCounts {
    /// Accepted by the service.
    pub accepted: usize,
    /// Refused, failed or abandoned.
    pub failed: usize,
}

/// The activities and events that a call has fetched, the activities' owners, and the outcomes of its writes. A write drops the records,
/// but not the owners.
#[derive(Default)]
pub(crate) struct CallMemory {
    records: Mutex<HashMap<String, Arc<OnceCell<Reply>>>>,
    owners: Mutex<HashMap<String, String>>,
    writes: Mutex<WriteCounts>,
}

/// The owner of an activity.
#[derive(Deserialize)]
struct Owned {
    #[serde(default, deserialize_with = "lenient::optional_id")]
    icu_athlete_id: Option<String>,
}

/// The owner that an activity's body names.
pub(crate) fn owner_in(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<Owned>(body).ok()?.icu_athlete_id
}

impl CallMemory {
    /// Whether the record at this path is remembered: an activity or an event.
    pub fn remembers(path: &[&str]) -> bool {
        matches!(path, ["activity", _] | ["athlete", _, "events", _])
    }

    /// The record at this path, fetched unless it is remembered. A failure is not remembered.
    pub async fn record(&self, path: &[&str], fetch: impl Future<Output = Result<Reply>>) -> Result<Reply> {
        let slot = lock(&self.records).entry(path.join("/")).or_default().clone();
        let reply = slot.get_or_try_init(|| fetch).await?;
        if let ["activity", id] = path
            && !lock(&self.owners).contains_key(*id)
            && let Some(owner) = owner_in(&reply.data)
        {
            lock(&self.owners).insert((*id).to_owned(), owner);
        }
        Ok(reply.clone())
    }

    /// The id of the activity's athlete, if known.
    pub fn owner(&self, id: &str) -> Option<String> {
        lock(&self.owners).get(id).cloned()
    }

    pub fn count(&self, accepted: bool) {
        lock(&self.records).clear();
        let mut writes = lock(&self.writes);
        match accepted {
            true => writes.accepted += 1,
            false => writes.failed += 1,
        }
    }

    pub fn writes(&self) -> WriteCounts {
        *lock(&self.writes)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
