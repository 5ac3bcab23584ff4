//! `/athlete/{id}/events` and what belongs to the calendar.
use axum::Router;

use crate::http::Shared;

/// None yet.
pub fn routes() -> Router<Shared> {
    Router::new()
}
