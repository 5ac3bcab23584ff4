//! The scopes of access tokens.

/// The scope that shows what reads.
pub(super) const READ: &str = "intervals:read";
/// The scope that shows everything that the operator allows, what reads included.
pub(super) const WRITE: &str = "intervals:write";
/// Both, as a challenge names them.
pub(super) const READ_AND_WRITE: &str = "intervals:read intervals:write";
