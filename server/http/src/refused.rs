//! Requests that are refused before any tool sees them.
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::quota::Full;

/// Stands in a response that refuses, with one word of why, for the log and the metrics.
#[derive(Clone, Copy)]
pub struct Refused(pub &'static str);

/// The response, marked as a refusal for this reason.
pub fn refused(reason: &'static str, response: impl IntoResponse) -> Response {
    let mut response = response.into_response();
    response.extensions_mut().insert(Refused(reason));
    response
}

/// Too much at once: the caller's own doing, or everybody's.
pub fn busy(full: Full) -> Response {
    let (reason, status) = match full {
        Full::Caller => ("caller_busy", StatusCode::TOO_MANY_REQUESTS),
        Full::All => ("busy", StatusCode::SERVICE_UNAVAILABLE),
    };
    refused(reason, (status, [(header::RETRY_AFTER, HeaderValue::from_static("1"))], reason_text(full)))
}

pub fn reason_text(full: Full) -> &'static str {
    match full {
        Full::Caller => "This caller has too much open at once: wait for answers.",
        Full::All => "Too much is open at once: try again in a moment.",
    }
}
