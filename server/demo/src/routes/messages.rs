//! `/activity/{id}/messages`.
use axum::Router;

use crate::http::Shared;

/// None yet.
pub fn routes() -> Router<Shared> {
    Router::new()
}
