//! The scopes of access tokens.

/// The scope of the tools that read.
pub(super) const READ: &str = "intervals:read";
/// The scope of all tools that the operator allows.
pub(super) const WRITE: &str = "intervals:write";
/// Both scopes, as a challenge lists them.
pub(super) const READ_AND_WRITE: &str = "intervals:read intervals:write";
