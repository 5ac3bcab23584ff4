//! Responses to requests that are refused before any tool sees them.
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::quota::Full;

/// Marks a response as a refusal, with the reason for log and metrics.
#[derive(Clone, Copy)]
pub struct Refused(pub &'static str);

/// Marks a response as a refusal for this reason.
pub fn refused(reason: &'static str, response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    response.extensions_mut().insert(Refused(reason));
    response
}

/// The response if there is no permit left: 429 if the caller has too many, 503 if all are taken.
pub fn busy(full: Full) -> Response {
    let (reason, status) = match full {
        Full::Caller => ("caller_busy", StatusCode::TOO_MANY_REQUESTS),
        Full::All => ("busy", StatusCode::SERVICE_UNAVAILABLE),
    };
    refused(reason, (status, [(header::RETRY_AFTER, HeaderValue::from_static("1"))], reason_text(full)))
}

/// The text of [`busy`].
pub fn reason_text(full: Full) -> &'static str {
    match full {
        Full::Caller => "This caller has too much open at once: wait for answers.",
        Full::All => "Too much is open at once: try again in a moment.",
    }
}
