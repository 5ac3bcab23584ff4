//! What the server counts, for Prometheus to fetch. Labels come from closed sets: no caller can add one.
mod level;
mod registry;
mod upstream;

pub use level::{Entered, Level};
pub use registry::{CONTENT_TYPE, PrometheusMetrics};
