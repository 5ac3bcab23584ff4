//! Error responses, of the application and of the framework below it.
use std::fmt;

use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// An error of the application; the body is `{"status":…,"error":…}`.
#[derive(Debug)]
pub struct Failure {
    /// HTTP status.
    pub status: StatusCode,
    /// Message in the body.
    pub message: String,
}

impl Failure {
    /// An error with any status.
    pub fn new(status: StatusCode, message: impl fmt::Display) -> Self {
        Self { status, message: message.to_string() }
    }

    /// 422 Unprocessable Entity.
    pub fn rejected(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// 404 Not Found.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not found")
    }

    /// 403 Forbidden.
    pub fn denied() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Access denied")
    }

    /// 401 Unauthorized.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "status": self.status.as_u16(), "error": self.message }))).into_response()
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

/// An error of the framework below the application, with its own body.
pub fn framework_error(status: StatusCode, uri: &Uri) -> Response {
    let error = status.canonical_reason().unwrap_or_default();
    let timestamp = "2026-01-01T00:00:00.000+00:00";
    let body = json!({ "timestamp": timestamp, "status": status.as_u16(), "error": error, "path": uri.path() });
    (status, Json(body)).into_response()
}
