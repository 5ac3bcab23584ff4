//! Reads the whole body of a request, with a limit of size and time.
use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{StatusCode, header},
};

/// Reads the body into memory. Fails if it has more than `max_bytes`, or takes longer than `timeout`.
pub async fn read_body(request: Request, max_bytes: usize, timeout: Duration) -> Result<Request, (StatusCode, String)> {
    let too_large = || (StatusCode::PAYLOAD_TOO_LARGE, format!("The body is over {max_bytes} bytes: send less."));
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > max_bytes as u64) {
        return Err(too_large());
    }
    match tokio::time::timeout(timeout, to_bytes(body, max_bytes)).await {
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "The body came too slowly.".into())),
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(error)) if is_limit(&error) => Err(too_large()),
        Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "The body ended early.".into())),
    }
}

/// Whether the body was over the limit.
fn is_limit(error: &axum::Error) -> bool {
    let mut cause = Some(error as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
