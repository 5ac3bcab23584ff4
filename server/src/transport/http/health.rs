//! Whether the process lives, and whether it can work: for whoever watches over it.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::{hub::Live, metrics};

/// How long it is believed that the service can be reached, or cannot.
const BELIEVED: Duration = Duration::from_secs(15);

/// Whether it could be reached, and when that was found out.
type Found = Option<(Instant, bool)>;

#[derive(Clone)]
struct Readiness {
    live: Arc<Live>,
    stop: CancellationToken,
    /// Locked while somebody asks: the others wait for the same answer.
    found: Arc<Mutex<Found>>,
}

/// `/healthz`, its old name `/health`, and `/readyz`.
pub fn router(live: Arc<Live>, stop: CancellationToken) -> Router {
    let alive = get(async || "ok");
    let readiness = Readiness { live, stop, found: Arc::default() };
    let ready = get(ready).with_state(readiness);
    Router::new().route("/healthz", alive.clone()).route("/health", alive).route("/readyz", ready)
}

/// Whether calls would reach the service, and new ones are taken.
async fn ready(State(readiness): State<Readiness>) -> Response {
    if readiness.stop.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "ending").into_response();
    }
    match readiness.reachable().await {
        true => "ok".into_response(),
        // How it failed is for the log.
        false => (StatusCode::SERVICE_UNAVAILABLE, "Intervals.icu cannot be reached").into_response(),
    }
}

impl Readiness {
    async fn reachable(&self) -> bool {
        let mut found = self.found.lock().await;
        if let Some((when, reachable)) = *found
            && when.elapsed() < BELIEVED
        {
            return reachable;
        }
        let asked = self.live.hub().service().reachable().await;
        if let Err(error) = &asked {
            tracing::warn!(%error, "not ready");
        }
        *found = Some((Instant::now(), asked.is_ok()));
        asked.is_ok()
    }
}

/// What is counted, in the form that Prometheus fetches.
pub fn metrics(live: Arc<Live>) -> Router {
    let render = get(async move || ([(header::CONTENT_TYPE, metrics::CONTENT_TYPE)], live.hub().metrics().render()));
    Router::new().route("/metrics", render)
}
