//! `/healthz`, `/readyz` and `/metrics`, for monitoring.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use tokio::sync::Mutex;

use intervals_mcp::CurrentHub;

use crate::metrics::{CONTENT_TYPE, PrometheusMetrics};

/// How long the result of a check is reused.
const REUSED: Duration = Duration::from_secs(15);

/// The time limit of a check, including the wait for the limiter.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The time and result of the last check. It is locked during a check, so that concurrent requests share one.
type LastCheck = Arc<Mutex<Option<(Instant, bool)>>>;

/// The routes `/healthz`, its old name `/health`, and `/readyz`.
pub fn router(current: Arc<CurrentHub>) -> Router {
    let alive = get(async || "ok");
    let last = LastCheck::default();
    let ready = get(async move || {
        // In a task of its own, so that the result is kept even if the client disconnects.
        let check = tokio::spawn(reachable(current, last));
        match check.await.unwrap_or(false) {
            true => "ok".into_response(),
            // The cause is only logged.
            false => (StatusCode::SERVICE_UNAVAILABLE, "Intervals.icu cannot be reached").into_response(),
        }
    });
    Router::new().route("/healthz", alive.clone()).route("/health", alive).route("/readyz", ready)
}

/// Whether the service can be reached.
async fn reachable(current: Arc<CurrentHub>, last: LastCheck) -> bool {
    let mut last = last.lock().await;
    if let Some((when, reachable)) = *last
        && when.elapsed() < REUSED
    {
        return reachable;
    }
    let hub = current.hub();
    let checked = tokio::time::timeout(TIMEOUT, hub.service().reachable()).await;
    let reachable = matches!(checked, Ok(Ok(())));
    match checked {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "not ready"),
        Err(_) => tracing::warn!("not ready: the service did not answer in time"),
    }
    *last = Some((Instant::now(), reachable));
    reachable
}

/// The route `/metrics`, which Prometheus fetches.
pub fn metrics(metrics: Arc<PrometheusMetrics>) -> Router {
    let render = get(async move || ([(header::CONTENT_TYPE, CONTENT_TYPE)], metrics.render()));
    Router::new().route("/metrics", render)
}
