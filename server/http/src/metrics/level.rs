//! A gauge: sessions, connections, requests.
use prometheus_client::metrics::gauge::Gauge;

/// A gauge of how many there are now.
#[derive(Debug, Clone, Default)]
pub struct Level(pub(super) Gauge);

impl Level {
    /// Adds one until the returned value is dropped.
    #[must_use]
    pub fn enter(&self) -> Entered {
        self.0.inc();
        Entered(self.0.clone())
    }

    /// Sets the gauge. Do not combine with [`Self::enter`].
    pub fn set(&self, n: usize) {
        self.0.set(i64::try_from(n).unwrap_or(i64::MAX));
    }
}

/// Subtracts one from the gauge when it is dropped.
#[derive(Debug)]
pub struct Entered(Gauge);

impl Drop for Entered {
    fn drop(&mut self) {
        self.0.dec();
    }
}
