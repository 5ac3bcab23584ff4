//! The issuer's keys: fetched with the first token, fetched anew when a token names an unknown one, and every hour.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    sync::{Mutex, OwnedMutexGuard, watch},
    task::JoinHandle,
};

use super::{issuer::Issuer, jwk::Key, refusal::Problem};

/// How long keys are used.
pub(super) struct Times {
    /// Older ones are fetched anew.
    pub fresh: Duration,
    /// Older ones are not used any more.
    pub good: Duration,
    /// So long is waited after a fetch, while there are keys.
    pub pause: Duration,
    /// And while there are none.
    pub pause_without: Duration,
}

const TIMES: Times = Times {
    fresh: Duration::from_hours(1),
    good: Duration::from_hours(24),
    pause: Duration::from_mins(1),
    pause_without: Duration::from_secs(5),
};

/// The keys as they are known now.
pub(super) struct Keys {
    issuer: Issuer,
    times: Times,
    known: watch::Sender<Known>,
    /// StaticOrShared by who fetches.
    turn: Arc<Mutex<()>>,
}

#[derive(Clone, Default)]
struct Known {
    keys: Option<(Arc<[Key]>, Instant)>,
    /// When the last fetch ended, well or not.
    tried: Option<Instant>,
}

impl Keys {
    /// None are fetched yet.
    pub fn new(issuer: Issuer) -> Arc<Self> {
        Self::with_times(issuer, TIMES)
    }

    pub(super) fn with_times(issuer: Issuer, times: Times) -> Arc<Self> {
        Arc::new(Self { issuer, times, known: watch::Sender::default(), turn: Arc::default() })
    }

    /// The keys. Waits for them only when there are none: older ones are renewed behind the back of this call.
    pub async fn current(self: &Arc<Self>) -> Result<Arc<[Key]>, Problem> {
        let Some((keys, age)) = self.usable() else { return self.renewed().await };
        if age >= self.times.fresh
            && let Ok(turn) = self.turn.clone().try_lock_owned()
        {
            self.fetch(turn);
        }
        Ok(keys)
    }

    /// The keys after another fetch, unless one was a moment ago. All who wait here wait for the same one.
    pub async fn renewed(self: &Arc<Self>) -> Result<Arc<[Key]>, Problem> {
        let turn = self.turn.clone().lock_owned().await;
        if let Some(fetch) = self.fetch(turn) {
            // It only fails when the process ends.
            let _ = fetch.await;
        }
        self.usable().map(|(keys, _)| keys).ok_or(Problem::NoKeys(self.times.pause_without))
    }

    fn usable(&self) -> Option<(Arc<[Key]>, Duration)> {
        let known = self.known.borrow();
        let (keys, at) = known.keys.as_ref()?;
        Some((keys.clone(), at.elapsed())).filter(|(_, age)| *age < self.times.good)
    }

    /// Fetches, when it is time to. In a task of its own: a caller who hangs up must not stop it.
    fn fetch(self: &Arc<Self>, turn: OwnedMutexGuard<()>) -> Option<JoinHandle<()>> {
        let pause = if self.usable().is_some() { self.times.pause } else { self.times.pause_without };
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
                    Err(problem) => tracing::warn!("the keys of the token issuer cannot be had: {problem}"),
                }
            });
            drop(turn);
        }))
    }
}

#[cfg(test)]
mod tests;
