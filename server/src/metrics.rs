//! What the server counts, for Prometheus to fetch. Labels come from closed sets: no caller can add one.
#[cfg(feature = "http")]
mod level;
#[cfg(feature = "http")]
mod registry;
#[cfg(feature = "http")]
mod upstream;

#[cfg(feature = "http")]
pub use {
    level::{Entered, Level},
    registry::{CONTENT_TYPE, Metrics},
};

/// Counts nothing: without HTTP nobody could fetch it.
#[cfg(not(feature = "http"))]
#[derive(Debug, Default)]
pub struct Metrics;

#[cfg(not(feature = "http"))]
impl Metrics {
    pub(crate) fn new(_: intervals_core::client::Service) -> Self {
        Self
    }

    pub(crate) fn call_begins(&self) {}

    pub(crate) fn call_ends(&self, _: &crate::catalog::Name, _: crate::observe::Outcome, _: std::time::Duration) {}

    pub(crate) fn unknown_tool(&self) {}
}
