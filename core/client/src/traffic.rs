//! Counts of requests to the service and their outcomes, for monitoring.
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use reqwest::StatusCode;
use tokio::time::Instant;

/// Counts of the requests to one service since its creation, over all its accounts. Every request that was sent counts once in
/// `answered` or once in `lost`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Traffic {
    /// Requests by the HTTP status of their response.
    pub answered: BTreeMap<u16, u64>,
    /// Requests without a complete response, by kind. Every kind is listed.
    pub lost: BTreeMap<Lost, u64>,
    /// Requests that repeated an earlier one; they also count above.
    pub retries: u64,
    /// Requests that waited a millisecond or more for the rate limit.
    pub waits: u64,
    /// The total of these waits.
    pub waited: Duration,
    /// A histogram of durations: an upper bound in seconds, and the requests above the bound before. The last bound is infinite.
    pub took: Vec<(f64, u64)>,
    /// The total duration of requests, to the end of the response or of the attempt.
    pub took_in_all: Duration,
}

/// The reason why a request has no complete response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Lost {
    /// No connection could be made.
    Connect,
    /// A timeout of the client passed.
    Timeout,
    /// The connection ended early, or the response was invalid.
    Broken,
    /// The body was over the limit.
    TooLarge,
    /// The call ended first: it was cancelled, or its deadline passed.
    Abandoned,
}

impl Lost {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Connect, Self::Timeout, Self::Broken, Self::TooLarge, Self::Abandoned];

    /// The kind as one word, for a label.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::TooLarge => "too_large",
            Self::Abandoned => "abandoned",
        }
    }

    pub(crate) fn of(error: &reqwest::Error) -> Self {
        // A connection timeout is both.
        match (error.is_timeout(), error.is_connect()) {
            (true, _) => Self::Timeout,
            (false, true) => Self::Connect,
            (false, false) => Self::Broken,
        }
    }
}

/// Upper bounds of the durations of requests, in seconds.
const BOUNDS: [f64; 11] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, f64::INFINITY];

/// The statuses of HTTP (RFC 9110 §15), and those beyond that hyper accepts.
const STATUSES: std::ops::Range<u16> = 100..1000;

/// The running counts, without locks.
pub(crate) struct Counts {
    answered: [AtomicU64; (STATUSES.end - STATUSES.start) as usize],
    lost: [AtomicU64; Lost::ALL.len()],
    retries: AtomicU64,
    waits: AtomicU64,
    waited: AtomicU64,
    took: [AtomicU64; BOUNDS.len()],
    took_in_all: AtomicU64,
}

impl Counts {
    pub fn new() -> Self {
        let zero = || AtomicU64::new(0);
        Self {
            answered: [const { AtomicU64::new(0) }; (STATUSES.end - STATUSES.start) as usize],
            lost: [const { AtomicU64::new(0) }; Lost::ALL.len()],
            retries: zero(),
            waits: zero(),
            waited: zero(),
            took: [const { AtomicU64::new(0) }; BOUNDS.len()],
            took_in_all: zero(),
        }
    }

    /// The current counts.
    pub fn traffic(&self) -> Traffic {
        let read = |count: &AtomicU64| count.load(Relaxed);
        let answered = STATUSES.zip(&self.answered).map(|(status, count)| (status, read(count)));
        Traffic {
            answered: answered.filter(|(_, count)| *count > 0).collect(),
            lost: Lost::ALL.into_iter().zip(self.lost.iter().map(read)).collect(),
            retries: read(&self.retries),
            waits: read(&self.waits),
            waited: Duration::from_micros(read(&self.waited)),
            took: BOUNDS.into_iter().zip(self.took.iter().map(read)).collect(),
            took_in_all: Duration::from_micros(read(&self.took_in_all)),
        }
    }

    pub fn retry(&self) {
        add(Some(&self.retries), 1);
    }

    /// Counts a wait when it is dropped, also one that was given up.
    pub fn waiting(&self) -> Waiting<'_> {
        Waiting { counts: self, since: Instant::now() }
    }

    /// Counts a request when it is dropped, as abandoned unless it has another outcome.
    pub fn sending(&self) -> Sending<'_> {
        Sending { counts: self, since: Instant::now(), end: Err(Lost::Abandoned) }
    }
}

/// A request that waits for the rate limit.
pub(crate) struct Waiting<'a> {
    counts: &'a Counts,
    since: Instant,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let waited = self.since.elapsed();
        if waited >= Duration::from_millis(1) {
            add(Some(&self.counts.waits), 1);
            add(Some(&self.counts.waited), micros(waited));
        }
    }
}

/// A request in progress.
pub(crate) struct Sending<'a> {
    counts: &'a Counts,
    since: Instant,
    end: Result<StatusCode, Lost>,
}

impl Sending<'_> {
    pub fn answered(&mut self, status: StatusCode) {
        self.end = Ok(status);
    }

    pub fn lost(&mut self, how: Lost) {
        self.end = Err(how);
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let counts = self.counts;
        match self.end {
            Ok(status) => add(counts.answered.get(usize::from(status.as_u16() - STATUSES.start)), 1),
            Err(how) => add(counts.lost.get(how as usize), 1),
        }
        let took = self.since.elapsed();
        add(counts.took.get(BOUNDS.partition_point(|bound| *bound < took.as_secs_f64())), 1);
        add(Some(&counts.took_in_all), micros(took));
    }
}

fn add(count: Option<&AtomicU64>, n: u64) {
    if let Some(count) = count {
        count.fetch_add(n, Relaxed);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_request_is_counted_once_by_its_end_and_its_time() {
        let counts = Counts::new();
        for (status, ms) in [(200, 10), (200, 11), (599, 90_000), (999, 0)] {
            let mut sending = counts.sending();
            advance(Duration::from_millis(ms)).await;
            sending.answered(StatusCode::from_u16(status).unwrap());
        }
        for how in Lost::ALL {
            counts.sending().lost(how);
        }
        drop(counts.sending());
        let traffic = counts.traffic();
        assert_eq!(traffic.answered, BTreeMap::from([(200, 2), (599, 1), (999, 1)]));
        let lost: Vec<_> = traffic.lost.iter().map(|(how, n)| (how.word(), *n)).collect();
        assert_eq!(lost, [("connect", 1), ("timeout", 1), ("broken", 1), ("too_large", 1), ("abandoned", 2)]);
        let took: Vec<_> = traffic.took.iter().filter(|(_, n)| *n > 0).copied().collect();
        assert_eq!(took, [(0.01, 8), (0.025, 1), (f64::INFINITY, 1)]);
        assert_eq!(traffic.took_in_all, Duration::from_millis(90_021));
    }

    #[tokio::test(start_paused = true)]
    async fn only_what_waited_is_a_wait() {
        let counts = Counts::new();
        drop(counts.waiting());
        for ms in [1, 250] {
            let _waiting = counts.waiting();
            advance(Duration::from_millis(ms)).await;
        }
        let traffic = counts.traffic();
        assert_eq!((traffic.waits, traffic.waited), (2, Duration::from_millis(251)));
    }
}
