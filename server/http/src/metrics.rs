//! Metrics for Prometheus. The values of labels come from fixed sets, so callers cannot add any.
mod level;
mod registry;
mod upstream;

pub use level::{Entered, Level};
pub use registry::{CONTENT_TYPE, PrometheusMetrics};
