//! Log of the latest requests.
use std::{collections::VecDeque, fmt, sync::Arc};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Query, Shared};
use crate::failure::Failure;

/// Number of requests that are kept.
const KEPT: usize = 10_000;
/// Bytes that are kept of a body.
const KEPT_BODY: usize = 1 << 20;
/// Bytes that are kept of all bodies together. The oldest bodies are dropped first.
const KEPT_BODIES: usize = 64 << 20;
/// Maximum size of a request body in bytes.
pub const MAX_BODY: usize = 64 << 20;

/// A request that was received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// HTTP method.
    pub method: String,
    /// Path as sent, with `/api/v1` and without the query.
    pub path: String,
    /// Decoded parameters in the order they were sent.
    pub query: Vec<(String, String)>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The first mebibyte of the body.
    pub body: Vec<u8>,
    /// HTTP status of the response; 0 until there is one.
    pub status: u16,
}

impl fmt::Display for Recorded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.method, self.path)?;
        for (place, (key, value)) in self.query.iter().enumerate() {
            write!(formatter, "{}{key}={value}", if place == 0 { '?' } else { '&' })?;
        }
        Ok(())
    }
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub struct Log {
    kept: VecDeque<Recorded>,
    forgotten: usize,
    bytes: usize,
}

impl Log {
    /// Requests that are kept, oldest first.
    pub fn all(&self) -> Vec<Recorded> {
        self.kept.iter().cloned().collect()
    }

    fn add(&mut self, recorded: Recorded) -> usize {
        if self.kept.len() == KEPT {
            self.bytes -= self.kept.pop_front().map_or(0, |oldest| oldest.body.len());
            self.forgotten += 1;
        }
        self.bytes += recorded.body.len();
        for older in &mut self.kept {
            if self.bytes <= KEPT_BODIES {
                break;
            }
            self.bytes -= std::mem::take(&mut older.body).len();
        }
        self.kept.push_back(recorded);
        self.forgotten + self.kept.len() - 1
    }

    fn answered(&mut self, number: usize, status: StatusCode) {
        if let Some(recorded) = number.checked_sub(self.forgotten).and_then(|place| self.kept.get_mut(place)) {
            recorded.status = status.as_u16();
        }
    }
}

/// Middleware that logs a request and its status.
pub async fn record(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut recorded = Recorded {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        content_type: content_type.map(str::to_owned),
        ..Recorded::default()
    };
    let bytes = to_bytes(body, MAX_BODY).await;
    if let Ok(bytes) = &bytes {
        recorded.body = bytes.get(..KEPT_BODY).unwrap_or(bytes).to_vec();
    }
    let service = Arc::clone(&service);
    let number = service.log().add(recorded);
    let response = match bytes {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(_) => Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "Maximum upload size exceeded").into_response(),
    };
    service.log().answered(number, response.status());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_latest_requests_are_kept() {
        let mut log = Log::default();
        let first = log.add(Recorded { path: "first".to_owned(), ..Recorded::default() });
        for _ in 0..KEPT {
            log.add(Recorded::default());
        }
        let last = log.add(Recorded::default());
        log.answered(first, StatusCode::OK);
        log.answered(last, StatusCode::NOT_FOUND);
        let all = log.all();
        assert_eq!(all.len(), KEPT);
        assert!(all.iter().all(|recorded| recorded.path.is_empty()));
        assert_eq!(all.last().unwrap().status, 404);
    }

    #[test]
    fn the_bodies_of_the_latest_requests_are_kept() {
        let mut log = Log::default();
        for _ in 0..70 {
            log.add(Recorded { body: vec![0; KEPT_BODY], ..Recorded::default() });
        }
        let lengths: Vec<usize> = log.all().iter().map(|recorded| recorded.body.len()).collect();
        assert_eq!((lengths[5], lengths[6], lengths[69]), (0, KEPT_BODY, KEPT_BODY));
    }

    #[test]
    fn a_request_reads_like_a_line() {
        let query = vec![("x".to_owned(), "y".to_owned()), ("z".to_owned(), String::new())];
        let recorded =
            Recorded { method: "GET".to_owned(), path: "/api/v1/athletes".to_owned(), query, ..Recorded::default() };
        assert_eq!(recorded.to_string(), "GET /api/v1/athletes?x=y&z=");
    }
}
