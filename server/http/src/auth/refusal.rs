//! What is answered to who may not call: 401 and 403 as RFC 6750 §3 has them, 503 while nobody can tell.
use std::time::Duration;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::scopes::{READ, READ_AND_WRITE};

/// 401, 403 or 503 with its headers and one sentence; it holds no secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    status: StatusCode,
    challenge: Option<String>,
    retry_after: Option<Duration>,
    said: &'static str,
}

/// Why somebody may not call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Problem {
    /// No bearer token was sent.
    Missing,
    /// What was sent is not one bearer token.
    Malformed,
    /// It has expired.
    Expired,
    /// Its audience is another.
    NotForUs,
    /// Anything else that is wrong with it.
    NotValid,
    /// It grants nothing here.
    NoScope,
    /// It does not grant what was tried.
    NoWriteScope,
    /// The issuer's keys cannot be had; when to ask again.
    NoKeys(Duration),
}

/// What a client is told of how to get in.
pub(super) enum Challenge<'a> {
    /// The operator hands out tokens.
    Tokens,
    /// An issuer does.
    OAuth {
        /// Where RFC 9728's document is.
        metadata_url: &'a str,
        /// What to ask the issuer for.
        scopes: &'static str,
    },
}

impl Refusal {
    pub(super) fn new(problem: Problem, challenge: Challenge<'_>) -> Self {
        let said = said(problem);
        let (status, error, scope, retry_after) = match problem {
            Problem::Missing => (StatusCode::UNAUTHORIZED, None, None, None),
            Problem::Malformed | Problem::Expired | Problem::NotForUs | Problem::NotValid => {
                (StatusCode::UNAUTHORIZED, Some("invalid_token"), None, None)
            }
            Problem::NoScope => (StatusCode::FORBIDDEN, Some("insufficient_scope"), Some(READ), None),
            Problem::NoWriteScope => (StatusCode::FORBIDDEN, Some("insufficient_scope"), Some(READ_AND_WRITE), None),
            Problem::NoKeys(wait) => {
                let status = StatusCode::SERVICE_UNAVAILABLE;
                return Self { status, challenge: None, retry_after: Some(wait), said };
            }
        };
        let mut parts = match challenge {
            Challenge::Tokens => vec![("realm", "intervals-icu-mcp".to_owned())],
            Challenge::OAuth { metadata_url, scopes } => {
                vec![("resource_metadata", quotable(metadata_url)), ("scope", scope.unwrap_or(scopes).into())]
            }
        };
        if let Some(error) = error {
            parts.extend([("error", error.into()), ("error_description", said.into())]);
        }
        let parts: Vec<_> = parts.into_iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        Self { status, challenge: Some(format!("Bearer {}", parts.join(", "))), retry_after, said }
    }

    /// The status: 401, 403 or 503.
    pub fn status(&self) -> StatusCode {
        self.status
    }
}

/// One sentence, which also stands in a quoted string.
fn said(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "This server needs a token: send Authorization: Bearer with it.",
        Problem::Malformed => "The credentials are not valid: send one Authorization header with one bearer token.",
        Problem::Expired => "The token has expired.",
        Problem::NotForUs => "The token is not for this server.",
        Problem::NotValid => "The token is not valid.",
        Problem::NoScope => "The token has no scope of this server.",
        Problem::NoWriteScope => "The token may only read; changing something needs intervals:write.",
        Problem::NoKeys(_) => {
            "The keys of the token issuer cannot be had now, so no token can be checked. Try again later."
        }
    }
}

/// A URL has neither quotes nor spaces (RFC 3986 §2); what has may come from a request's Host header.
fn quotable(url: &str) -> String {
    url.chars().filter(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\\')).collect()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.said).into_response();
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
