//! The issuer's keys. They are fetched with the first token, again if a token names an unknown key, and every hour.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::{Mutex, OwnedMutexGuard, watch},
    task::JoinHandle,
};

use super::{issuer::Issuer, jwk::Key, refusal::Problem};

/// When keys are fetched and when they expire.
pub(super) struct Times {
    /// The age from which keys are fetched again.
    pub refresh_after: Duration,
    /// The age from which keys are not used.
    pub expire_after: Duration,
    /// The shortest time between two fetches while there are keys.
    pub pause: Duration,
    /// The shortest time between two fetches while there are none.
    pub pause_without_keys: Duration,
}

const TIMES: Times = Times {
    refresh_after: Duration::from_hours(1),
    expire_after: Duration::from_hours(24),
    pause: Duration::from_mins(1),
    pause_without_keys: Duration::from_secs(5),
};

/// The keys of an issuer.
pub(super) struct Keys {
    issuer: Issuer,
    times: Times,
    known: watch::Sender<FetchedKeys>,
    /// Locked during a fetch.
    fetching: Arc<Mutex<()>>,
}

#[derive(Clone, Default)]
struct FetchedKeys {
    keys: Option<(Arc<[Key]>, Instant)>,
    /// When the last fetch ended, successful or not.
    tried: Option<Instant>,
}

impl Keys {
    /// Fetches nothing yet.
    pub fn new(issuer: Issuer) -> Arc<Self> {
        Self::with_times(issuer, TIMES)
    }

    pub(super) fn with_times(issuer: Issuer, times: Times) -> Arc<Self> {
        Arc::new(Self { issuer, times, known: watch::Sender::default(), fetching: Arc::default() })
    }

    /// The keys. Waits for a fetch only if there are none; old keys are refreshed in the background.
    pub async fn current(self: &Arc<Self>) -> Result<Arc<[Key]>, Problem> {
        let Some((keys, age)) = self.usable() else { return self.renewed().await };
        if age >= self.times.refresh_after
            && let Ok(fetching) = self.fetching.clone().try_lock_owned()
        {
            self.fetch(fetching);
        }
        Ok(keys)
    }

    /// The keys after another fetch, or without one if the last was a moment ago. Concurrent calls share a fetch.
    pub async fn renewed(self: &Arc<Self>) -> Result<Arc<[Key]>, Problem> {
        let fetching = self.fetching.clone().lock_owned().await;
        if let Some(fetch) = self.fetch(fetching) {
            // Fails only if the process ends.
            let _ = fetch.await;
        }
        self.usable().map(|(keys, _)| keys).ok_or(Problem::NoKeys(self.times.pause_without_keys))
    }

    /// The keys and their age, if they have not expired.
    fn usable(&self) -> Option<(Arc<[Key]>, Duration)> {
        let known = self.known.borrow();
        let (keys, at) = known.keys.as_ref()?;
        Some((keys.clone(), at.elapsed())).filter(|(_, age)| *age < self.times.expire_after)
    }

    /// Starts a fetch if the last one is long enough ago. It runs in a task of its own, so that a caller who disconnects does not stop
    /// it.
    fn fetch(self: &Arc<Self>, fetching: OwnedMutexGuard<()>) -> Option<JoinHandle<()>> {
        let pause = if self.usable().is_some() { self.times.pause } else { self.times.pause_without_keys };
        if self.known.borrow().tried.is_some_and(|tried| tried.elapsed() < pause) {
            return None;
        }
        let this = self.clone();
        Some(tokio::spawn(async move {
            let fetched = this.issuer.keys().await;
            this.known.send_modify(|known| {
                known.tried = Some(Instant::now());
                match fetched {
                    Ok(keys) => known.keys = Some((keys.into(), Instant::now())),
                    Err(problem) => tracing::warn!("the keys of the token issuer cannot be fetched: {problem}"),
                }
            });
            drop(fetching);
        }))
    }
}

#[cfg(test)]
mod tests;
