//! Whether the process lives, and whether it can work: for whoever watches over it.
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

/// How long it is believed that the service can be reached, or cannot.
const BELIEVED: Duration = Duration::from_secs(15);

/// How long finding out may take, its turn at the limiter included.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether the service could be reached, and when that was found out. Locked while somebody asks: the others wait for the same
/// answer.
type Reachability = Arc<Mutex<Option<(Instant, bool)>>>;

/// `/healthz`, its old name `/health`, and `/readyz`.
pub fn router(current: Arc<CurrentHub>) -> Router {
    let alive = get(async || "ok");
    let found = Reachability::default();
    let ready = get(async move || {
        // On its own, so that the answer is kept although who asked hangs up.
        let asking = tokio::spawn(reachable(current, found));
        match asking.await.unwrap_or(false) {
            true => "ok".into_response(),
            // How it failed is for the log.
            false => (StatusCode::SERVICE_UNAVAILABLE, "Intervals.icu cannot be reached").into_response(),
        }
    });
    Router::new().route("/healthz", alive.clone()).route("/health", alive).route("/readyz", ready)
}

async fn reachable(current: Arc<CurrentHub>, found: Reachability) -> bool {
    let mut found = found.lock().await;
    if let Some((when, reachable)) = *found
        && when.elapsed() < BELIEVED
    {
        return reachable;
    }
    let hub = current.hub();
    let asked = tokio::time::timeout(PATIENCE, hub.service().reachable()).await;
    let reachable = matches!(asked, Ok(Ok(())));
    match asked {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "not ready"),
        Err(_) => tracing::warn!("not ready: the service did not answer in time"),
    }
    *found = Some((Instant::now(), reachable));
    reachable
}

/// What is counted, in the form that Prometheus fetches.
pub fn metrics(metrics: Arc<PrometheusMetrics>) -> Router {
    let render = get(async move || ([(header::CONTENT_TYPE, CONTENT_TYPE)], metrics.render()));
    Router::new().route("/metrics", render)
}
