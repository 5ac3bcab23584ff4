//! What stands before the transport when sessions are shared: a session of another instance is brought here first, and only then its
//! request goes on.
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

use super::Shared;
use crate::sessions::REQUESTER;

/// Clients from this revision on have no sessions.
const WITHOUT_SESSIONS: &str = "2026-07-28";
const SESSION: &str = "mcp-session-id";
const VERSION: &str = "mcp-protocol-version";

/// Says nothing to any server that does not ask for roots.
const KNOCK: &str = r#"{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}"#;

/// How many restores there may be at once: one of each session, and those of a few others may have to wait for it.
const AT_ONCE: usize = 64;

/// Brings sessions here.
struct Restoring {
    shared: Shared,
    turns: Vec<Mutex<()>>,
}

/// `routes` behind that.
pub fn before(shared: Shared, routes: Router) -> Router {
    let turns = (0..AT_ONCE).map(|_| Mutex::default()).collect();
    routes.route_layer(from_fn_with_state(Arc::new(Restoring { shared, turns }), restore))
}

/// The library restores what its store has. But it waits for restores by session alone, whoever began them; lets requests in
/// before they are done; and calls every failure its own (500). So it is asked for a restore by its owner alone, with a message of
/// ours, one at a time.
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
            return later("The store of the sessions cannot be reached: try again in a moment.");
        }
    }
    let Ok(requester) = REQUESTER.try_with(Clone::clone) else { return next.run(request).await };
    let knock = knock(&request);
    let knocking = next.clone();
    // In a task of its own: a client that hangs up meanwhile would leave it half restored.
    let here =
        tokio::spawn(REQUESTER.scope(requester, async move { restoring.bring(&id, knock, knocking).await })).await;
    match here {
        Ok(true) => next.run(request).await,
        // Nothing has been carried out.
        _ => later("The session could not be moved to this instance: try again in a moment."),
    }
}

impl Restoring {
    /// Whether the session is here now.
    async fn bring(&self, id: &SessionId, knock: Request, next: Next) -> bool {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        // The remainder fits.
        let turn = (hasher.finish() % AT_ONCE as u64) as usize;
        let _turn = match self.turns.get(turn) {
            Some(turn) => Some(turn.lock().await),
            None => None,
        };
        let sessions = &self.shared.sessions;
        // Another request may have brought it meanwhile.
        if sessions.has_session(id).await.unwrap_or_default() {
            return true;
        }
        let answer = next.run(knock).await.status();
        if answer != StatusCode::ACCEPTED {
            tracing::warn!(%answer, "a session could not be restored");
            return false;
        }
        sessions.restored(id);
        true
    }
}

/// A message to the same session, of the same caller.
fn knock(request: &Request) -> Request {
    let mut knock = Request::new(Body::from(KNOCK));
    *knock.method_mut() = Method::POST;
    *knock.uri_mut() = request.uri().clone();
    *knock.extensions_mut() = request.extensions().clone();
    let headers = knock.headers_mut();
    for name in [SESSION, VERSION, "host"] {
        if let Some(value) = request.headers().get(name) {
            headers.insert(name, value.clone());
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json, text/event-stream"));
    knock
}

/// The session that a request means, unless it only ends it.
fn session(request: &Request) -> Option<SessionId> {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let sessions = text(VERSION).is_none_or(|version| version < WITHOUT_SESSIONS);
    text(SESSION).filter(|_| sessions && request.method() != Method::DELETE).map(Into::into)
}

fn later(said: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, HeaderValue::from_static("1"))], said).into_response()
}
