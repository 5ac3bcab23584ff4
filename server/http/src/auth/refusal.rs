//! The response to a caller who is not authenticated: 401 and 403 as in RFC 6750 §3, 503 while tokens cannot be checked.
use std::time::Duration;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::scopes::{READ, READ_AND_WRITE};

/// A refusal: 401, 403 or 503, with its headers and one sentence. It holds no secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    status: StatusCode,
    challenge: Option<String>,
    retry_after: Option<Duration>,
    message: &'static str,
}

/// The reason of a refusal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Problem {
    /// No bearer token was sent.
    Missing,
    /// The header is not one bearer token.
    Malformed,
    /// The token has expired.
    Expired,
    /// The token has another audience.
    NotForUs,
    /// The token is invalid for any other reason.
    NotValid,
    /// The token has no scope of this server.
    NoScope,
    /// The token's scope does not allow the call.
    NoWriteScope,
    /// The issuer's keys cannot be fetched. Holds the time until the next try.
    NoKeys(Duration),
}

/// How a client gets a token, for the header `WWW-Authenticate`.
pub(super) enum Challenge<'a> {
    /// From the operator.
    Tokens,
    /// From an issuer.
    OAuth {
        /// The URL of the protected resource metadata (RFC 9728).
        metadata_url: &'a str,
        /// The scopes to request.
        scopes: &'static str,
    },
}

impl Refusal {
    pub(super) fn new(problem: Problem, challenge: Challenge<'_>) -> Self {
        let message = message(problem);
        let (status, error, scope, retry_after) = match problem {
            Problem::Missing => (StatusCode::UNAUTHORIZED, None, None, None),
            Problem::Malformed | Problem::Expired | Problem::NotForUs | Problem::NotValid => {
                (StatusCode::UNAUTHORIZED, Some("invalid_token"), None, None)
            }
            Problem::NoScope => (StatusCode::FORBIDDEN, Some("insufficient_scope"), Some(READ), None),
            Problem::NoWriteScope => (StatusCode::FORBIDDEN, Some("insufficient_scope"), Some(READ_AND_WRITE), None),
            Problem::NoKeys(wait) => {
                let status = StatusCode::SERVICE_UNAVAILABLE;
                return Self { status, challenge: None, retry_after: Some(wait), message };
            }
        };
        let mut parts = match challenge {
            Challenge::Tokens => vec![("realm", "intervals-icu-mcp".to_owned())],
            Challenge::OAuth { metadata_url, scopes } => {
                vec![("resource_metadata", quotable(metadata_url)), ("scope", scope.unwrap_or(scopes).into())]
            }
        };
        if let Some(error) = error {
            parts.extend([("error", error.into()), ("error_description", message.into())]);
        }
        let parts: Vec<_> = parts.into_iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        Self { status, challenge: Some(format!("Bearer {}", parts.join(", "))), retry_after, message }
    }

    /// The status: 401, 403 or 503.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

/// The sentence for a problem. It has no quotes, since it also goes into a quoted string.
fn message(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "This server needs a token: send Authorization: Bearer with it.",
        Problem::Malformed => "The credentials are not valid: send one Authorization header with one bearer token.",
        Problem::Expired => "The token has expired.",
        Problem::NotForUs => "The token is not for this server.",
        Problem::NotValid => "The token is not valid.",
        Problem::NoScope => "The token has no scope of this server.",
        Problem::NoWriteScope => "The token may only read; changing something needs intervals:write.",
        Problem::NoKeys(_) => {
            "The keys of the token issuer cannot be fetched now, so no token can be checked. Try again later."
        }
    }
}

/// Removes characters that would end a quoted string. A valid URL has none (RFC 3986 §2), but a Host header may.
fn quotable(url: &str) -> String {
    url.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\')).collect()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.message).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = self.challenge.and_then(|challenge| HeaderValue::from_str(&challenge).ok()) {
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(wait) = self.retry_after {
            headers.insert(header::RETRY_AFTER, wait.as_secs().max(1).into());
        }
        response
    }
}
