//! The bearer token of a request (RFC 6750 §2.1). It is accepted in the header only, not in the URL.
use axum::http::{HeaderMap, header};

use super::refusal::Problem;

/// The longest token that is checked, in bytes.
const MAX_LEN: usize = 8 << 10;

/// The token of a request.
pub(super) fn token(headers: &HeaderMap) -> Result<&str, Problem> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let Some(credentials) = sent.next() else { return Err(Problem::Missing) };
    if sent.next().is_some() {
        return Err(Problem::Malformed);
    }
    let credentials = credentials.to_str().map_err(|_| Problem::Malformed)?;
    let (scheme, token) = credentials.split_once(' ').unwrap_or((credentials, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        // Credentials of another scheme are no token.
        return Err(Problem::Missing);
    }
    let token = token.trim_matches(' ');
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Problem::Malformed);
    }
    if token.len() > MAX_LEN { Err(Problem::NotValid) } else { Ok(token) }
}

/// Whether a token can be sent in a header.
pub(super) fn can_be_sent(token: &str) -> bool {
    token.len() <= MAX_LEN && token.bytes().all(|byte| byte.is_ascii_graphic())
}
