//! Whether the process lives, and whether it can work: for whoever watches over it.
use std::sync::Arc;

use axum::{Router, http::StatusCode, routing::get};
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;

/// `/healthz`, its old name `/health`, and `/readyz`.
pub fn router(_hub: Arc<Hub>, stop: CancellationToken) -> Router {
    let live = get(async || "ok");
    let ready =
        get(
            async move || {
                if stop.is_cancelled() { (StatusCode::SERVICE_UNAVAILABLE, "ending") } else { (StatusCode::OK, "ok") }
            },
        );
    Router::new().route("/healthz", live.clone()).route("/health", live).route("/readyz", ready)
}
