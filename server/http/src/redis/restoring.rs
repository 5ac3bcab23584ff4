//! Restores a session of another instance from Redis before its request reaches the transport.
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use rmcp::transport::streamable_http_server::session::{SessionId, SessionManager, store::SessionStore};
use tokio::sync::Mutex;

use super::SharedSessions;
use crate::sessions::REQUESTER;

/// The first protocol version without sessions.
const WITHOUT_SESSIONS: &str = "2026-07-28";
const SESSION: &str = "mcp-session-id";
const VERSION: &str = "mcp-protocol-version";

/// A message without effect on this server, which never asks for roots.
const PROBE: &str = r#"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#;

/// The number of locks, and of restores at once. Sessions that share a lock wait for each other.
const LOCKS: usize = 64;

/// Restores sessions.
struct Restoring {
    shared: SharedSessions,
    locks: Vec<Mutex<()>>,
}

/// Adds the layer that restores sessions to `routes`.
pub fn before(shared: SharedSessions, routes: Router) -> Router {
    let locks = (0..LOCKS).map(|_| Mutex::default()).collect();
    routes.route_layer(from_fn_with_state(Arc::new(Restoring { shared, locks }), restore))
}

/// Middleware: restores the session of a request that is not in memory.
///
/// The library restores sessions from its store itself. But while it does, requests for the session wait without a check of their
/// owner, later ones pass before the session is ready, and every failure is a 500. So this sends the library a message of its own, for
/// the owner only and one at a time, and lets the request pass when the session is ready.
async fn restore(State(restoring): State<Arc<Restoring>>, request: Request, next: Next) -> Response {
    let Some(id) = session(&request) else { return next.run(request).await };
    match restoring.shared.sessions.has_session(&id).await {
        Ok(false) => {}
        Ok(true) | Err(_) => return next.run(request).await,
    }
    match restoring.shared.store.load(&id).await {
        Ok(Some(_)) => {}
        Ok(None) => return (StatusCode::NOT_FOUND, "there is no such session: open a new one").into_response(),
        Err(error) => {
            tracing::debug!(%error, "a session could not be looked for");
            return unavailable("The store of the sessions cannot be reached: try again in a moment.");
        }
    }
    let Ok(requester) = REQUESTER.try_with(Clone::clone) else { return next.run(request).await };
    let (probe, transport) = (probe(&request), next.clone());
    // In a task of its own: a client that disconnects must not leave the session half restored.
    let restored =
        tokio::spawn(REQUESTER.scope(requester, async move { restoring.restore_session(&id, probe, transport).await }));
    match restored.await {
        Ok(true) => next.run(request).await,
        // The request was not carried out, so the client can repeat it.
        _ => unavailable("The session could not be moved to this instance: try again in a moment."),
    }
}

impl Restoring {
    /// Restores a session by sending `probe` to the transport. Returns whether the session is in memory now.
    async fn restore_session(&self, id: &SessionId, probe: Request, transport: Next) -> bool {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        // The remainder fits into usize.
        let lock = (hasher.finish() % LOCKS as u64) as usize;
        let _locked = match self.locks.get(lock) {
            Some(lock) => Some(lock.lock().await),
            None => None,
        };
        let sessions = &self.shared.sessions;
        // Another request may have restored it meanwhile.
        if sessions.has_session(id).await.unwrap_or_default() {
            return true;
        }
        let answer = transport.run(probe).await.status();
        if answer != StatusCode::ACCEPTED {
            tracing::warn!(%answer, "a session could not be restored");
            return false;
        }
        sessions.set_ready(id);
        true
    }
}

/// A message of the same caller to the same session.
fn probe(request: &Request) -> Request {
    let mut probe = Request::new(Body::from(PROBE));
    *probe.method_mut() = Method::POST;
    *probe.uri_mut() = request.uri().clone();
    *probe.extensions_mut() = request.extensions().clone();
    let headers = probe.headers_mut();
    for name in [SESSION, VERSION, "host"] {
        if let Some(value) = request.headers().get(name) {
            headers.insert(name, value.clone());
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json, text/event-stream"));
    probe
}

/// The session that a request needs. A DELETE needs none: it works without the session in memory.
fn session(request: &Request) -> Option<SessionId> {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let sessions = text(VERSION).is_none_or(|version| version < WITHOUT_SESSIONS);
    text(SESSION).filter(|_| sessions && request.method() != Method::DELETE).map(Into::into)
}

/// A 503 response that asks the client to try again.
fn unavailable(message: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, HeaderValue::from_static("1"))], message).into_response()
}
