//! A number that goes up and down: sessions, connections, requests.
use prometheus_client::metrics::gauge::Gauge;

/// How many there are now.
#[derive(Debug, Clone, Default)]
pub struct Level(pub(super) Gauge);

impl Level {
    /// One more, until the value is dropped.
    #[must_use]
    pub fn enter(&self) -> Entered {
        self.0.inc();
        Entered(self.0.clone())
    }

    /// That many, for one who counts them anyway. Not to be mixed with [`Self::enter`].
    pub fn set(&self, n: usize) {
        self.0.set(i64::try_from(n).unwrap_or(i64::MAX));
    }
}

/// One that is there; dropped, it has left.
#[derive(Debug)]
pub struct Entered(Gauge);

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.dec();
    }
}
