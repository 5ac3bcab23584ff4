//! A fair rate limiter with a burst: first come, first served.
use std::{num::NonZeroU32, ops::Add, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, Reference},
    middleware::NoOpMiddleware,
    nanos::Nanos,
    state::{InMemoryState, NotKeyed},
};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep},
};

/// Limits requests to a steady rate.
pub(crate) struct Pace {
    limiter: RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Moment>>,
    /// Queues the waiters: tokio's mutex wakes them in order.
    queue: Mutex<()>,
}

impl Pace {
    /// A limiter of `rate` requests per second after the first `burst`. Returns `None` for a rate that is not positive.
    pub fn new(rate: f64, burst: NonZeroU32) -> Option<Self> {
        let period = Duration::try_from_secs_f64(1.0 / rate).ok()?;
        let quota = Quota::with_period(period)?.allow_burst(burst);
        Some(Self { limiter: RateLimiter::direct_with_clock(quota, TokioClock), queue: Mutex::new(()) })
    }

    /// Waits for this request's turn.
    pub async fn turn(&self) {
        let _place = self.queue.lock().await;
        while let Err(early) = self.limiter.check() {
            sleep(early.wait_time_from(TokioClock.now())).await;
        }
    }
}

/// The clock of the runtime, which tests can stop.
#[derive(Debug, Clone, Copy)]
struct TokioClock;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment(Instant);

impl Clock for TokioClock {
    type Instant = Moment;

    fn now(&self) -> Moment {
        Moment(Instant::now())
    }
}

impl Add<Nanos> for Moment {
    type Output = Self;

    fn add(self, nanos: Nanos) -> Self {
        Self(self.0 + Duration::from(nanos))
    }
}

impl Reference for Moment {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_duration_since(earlier.0).into()
    }

    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(self.0.checked_sub(duration.into()).unwrap_or(self.0))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn after_the_burst_requests_keep_the_pace_and_their_order() {
        let pace = Arc::new(Pace::new(10.0, NonZeroU32::new(10).unwrap()).unwrap());
        let start = Instant::now();
        let order = Arc::new(std::sync::Mutex::new(vec![]));
        let tasks: Vec<_> = (0..25)
            .map(|n| {
                let (pace, order) = (pace.clone(), order.clone());
                tokio::spawn(async move {
                    pace.turn().await;
                    order.lock().unwrap().push((n, start.elapsed().as_millis() / 100));
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let expected: Vec<(u32, u128)> = (0..25_u32).map(|n| (n, u128::from(n.saturating_sub(9)))).collect();
        assert_eq!(*order.lock().unwrap(), expected);
    }

    #[test]
    fn a_rate_of_zero_is_no_limiter() {
        for rate in [0.0, -1.0, f64::NAN] {
            assert!(Pace::new(rate, NonZeroU32::MIN).is_none());
        }
    }
}
