//! The paths of this server beside its endpoints.

/// Where messages of HTTP+SSE are posted to.
pub const MESSAGES: &str = "/messages";

/// The metadata of a protected resource (RFC 9728).
pub const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The paths that no endpoint may have.
pub const TAKEN: &[&str] = &["/", "/health", "/healthz", "/readyz", "/metrics", MESSAGES];
