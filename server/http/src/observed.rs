//! The outermost middleware: gives each request an id, and logs and counts refusals.
use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header::HeaderName},
    middleware::Next,
    response::Response,
};

use intervals_mcp::RequestId;

use crate::{metrics::PrometheusMetrics, peer::Peer, refused::Refused};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Middleware: gives the request an id, which is returned as `x-request-id`. Counts and logs the request if it is refused.
pub async fn observed(State(metrics): State<Arc<PrometheusMetrics>>, mut request: Request, next: Next) -> Response {
    let header = request.headers().get(&REQUEST_ID).and_then(|id| id.to_str().ok());
    let id = RequestId::of_header(header);
    request.extensions_mut().insert(id.clone());
    let from = request.extensions().get::<Peer>().map(|peer| peer.remote);
    // Without the query, which may hold private data.
    let asked = format!("{} {:.64}", request.method(), request.uri().path());
    let mut response = next.run(request).await;
    let status = response.status();
    let reason = match response.extensions().get() {
        Some(Refused(reason)) => Some(*reason),
        // Refused by the transport: an unknown session, method or media type, or an invalid message.
        None if status.is_client_error() => Some("request"),
        None => None,
    };
    if let Some(reason) = reason {
        metrics.refused(reason);
        let from = from.map(|from| from.to_string());
        tracing::info!(target: "call", request = &*id.0, from, asked, reason, status = status.as_u16(), "refused");
    }
    // Always valid: the id has only plain characters.
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
