//! Limits of the HTTP server.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Limits of the HTTP server: concurrency, sizes and timeouts.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Requests at once.
    pub requests: usize,
    /// Requests of one caller at once.
    pub requests_per_caller: usize,
    /// Sessions at once.
    pub sessions: usize,
    /// Sessions of one caller at once.
    pub sessions_per_caller: usize,
    /// Bytes of a request's body.
    pub body: usize,
    /// Seconds to receive a request's head, and between two requests of a connection. Set it longer than a proxy keeps idle connections.
    pub idle: u64,
    /// Seconds to receive a request's body.
    pub receive: u64,
    /// Seconds until the connection of a client that reads nothing of its answer is closed (Linux only).
    pub stalled: u64,
    /// Seconds without a message until a session ends.
    pub session_idle: u64,
    /// Seconds that open calls get to finish at shutdown. Then they are cancelled, even if their `deadline` is later.
    pub drain: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            requests: 128,
            requests_per_caller: 64,
            sessions: 512,
            sessions_per_caller: 128,
            body: 4 << 20,
            idle: 120,
            receive: 30,
            stalled: 30,
            session_idle: 1800,
            drain: 10,
        }
    }
}
