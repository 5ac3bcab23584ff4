//! MCP over HTTP: streamable HTTP and the older HTTP+SSE, with authentication, callers' accounts, limits and metrics.
mod access;
mod accounts;
mod address;
mod admission;
mod auth;
mod body;
mod connections;
mod health;
mod hex;
mod hosts;
mod metrics;
mod observed;
mod options;
mod page;
mod paths;
mod peer;
mod quota;
#[cfg(feature = "redis-sessions")]
mod redis;
mod refused;
mod serve;
mod sessions;
mod sse;
mod urls;

pub use access::{Access, access};
pub use address::address;
pub use auth::{Authenticator, Refusal};
pub use metrics::{Entered, Level, PrometheusMetrics};
pub use options::Options;
pub use paths::Endpoints;
pub use serve::serve;
