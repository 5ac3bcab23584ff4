//! The older transport HTTP+SSE (MCP 2024-11-05): a GET opens a stream of answers, POSTs carry the messages.
mod pending;

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Extension, Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures::{StreamExt, channel::mpsc, stream};
use intervals_mcp::{CurrentHub, Opening, Session};
use ring::rand::{SecureRandom, SystemRandom};
use rmcp::{
    ServiceExt,
    model::{ClientJsonRpcMessage, ClientNotification, GetExtensions, ServerJsonRpcMessage},
};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::{
    hex::hex,
    metrics::{Entered, PrometheusMetrics},
    paths::MESSAGES,
    quota::{Permit, Quota},
    refused::busy,
    sessions::Requester,
};
use pending::PendingRequests;

/// The length of the queues of messages to and from a session.
const QUEUE_LEN: usize = 16;

/// The open streams, each with a session.
#[derive(Clone)]
pub struct Streams {
    current: Arc<CurrentHub>,
    metrics: Arc<PrometheusMetrics>,
    open: Arc<Mutex<HashMap<String, OpenSession>>>,
    quota: Arc<Quota>,
    stop: CancellationToken,
    /// The path that a proxy puts before the paths of this server.
    prefix: Arc<str>,
}

struct OpenSession {
    owner: Arc<str>,
    opening: Opening,
    to_session: mpsc::Sender<ClientJsonRpcMessage>,
    pending: PendingRequests,
    _permit: (Permit, Entered),
}

impl Streams {
    /// No streams yet. All end when `stop` fires.
    pub fn new(
        current: Arc<CurrentHub>,
        metrics: Arc<PrometheusMetrics>,
        quota: Arc<Quota>,
        stop: CancellationToken,
        prefix: Arc<str>,
    ) -> Self {
        Self { current, metrics, open: Arc::default(), quota, stop, prefix }
    }

    /// The routes of streams and messages.
    pub fn router(self, path: &str) -> Router {
        Router::new().route(path, get(open_stream)).route(MESSAGES, post(post_message)).with_state(self)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, OpenSession>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the session when the client disconnects.
struct CloseOnDrop {
    id: String,
    streams: Streams,
    ended: CancellationToken,
}

impl Drop for CloseOnDrop {
    fn drop(&mut self) {
        self.streams.all().remove(&self.id);
        self.ended.cancel();
    }
}

/// Opens a session, and responds with the stream of its answers.
async fn open_stream(
    State(streams): State<Streams>,
    Extension(requester): Extension<Requester>,
    parts: Parts,
) -> Response {
    let permit = match streams.quota.take(&requester.quota_key) {
        Ok(permit) => (permit, streams.metrics.sessions("sse").enter()),
        Err(full) => return busy(full),
    };
    let Some(id) = random_id() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "no random numbers are available").into_response();
    };
    let (to_session, from_client) = mpsc::channel::<ClientJsonRpcMessage>(QUEUE_LEN);
    let (to_client, from_session) = mpsc::channel::<ServerJsonRpcMessage>(QUEUE_LEN);
    let opening = Opening { headers: parts.headers, uri: parts.uri };
    let pending = PendingRequests::default();
    let session =
        OpenSession { owner: requester.owner, opening, to_session, pending: pending.clone(), _permit: permit };
    streams.all().insert(id.clone(), session);
    let ended = streams.stop.child_token();
    let (session, running) = (Session::new(streams.current.clone()), ended.clone());
    tokio::spawn(async move {
        match session.serve_with_ct((to_client, from_client), running).await {
            Ok(session) => _ = session.waiting().await,
            Err(error) => tracing::debug!(%error, "a session did not begin"),
        }
    });
    let endpoint = Event::default().event("endpoint").data(format!("{}{MESSAGES}?session_id={id}", streams.prefix));
    let close_on_drop = CloseOnDrop { id, streams, ended: ended.clone() };
    let answers = from_session.map(move |answer| {
        let _until_disconnect = &close_on_drop;
        match &answer {
            ServerJsonRpcMessage::Response(answer) => pending.remove(&answer.id),
            ServerJsonRpcMessage::Error(error) => error.id.iter().for_each(|id| pending.remove(id)),
            _ => {}
        }
        Event::default().event("message").json_data(answer)
    });
    let events = stream::once(async move { Ok(endpoint) }).chain(answers);
    // An answer that cannot be serialised is left out: the stream has no place for the error.
    let events = events.filter_map(async |event: Result<Event, axum::Error>| event.ok().map(Ok::<_, Infallible>));
    let events = events.take_until(ended.cancelled_owned());
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Keeps nginx from buffering the events.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

#[derive(Deserialize)]
struct MessageQuery {
    session_id: String,
}

/// Forwards a message to its session.
async fn post_message(
    State(streams): State<Streams>,
    Query(MessageQuery { session_id }): Query<MessageQuery>,
    Extension(requester): Extension<Requester>,
    mut parts: Parts,
    body: Bytes,
) -> Response {
    let mut message: ClientJsonRpcMessage = match serde_json::from_slice(&body) {
        Ok(message) => message,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("not an MCP message: {error}")).into_response(),
    };
    let mut open = streams.all();
    // A session of another caller is reported like one that does not exist.
    let Some(session) = open.get_mut(&session_id).filter(|session| session.owner == requester.owner) else {
        return (StatusCode::NOT_FOUND, "there is no such session: open a new one").into_response();
    };
    parts.extensions.insert(session.opening.clone());
    match &mut message {
        ClientJsonRpcMessage::Request(request) => _ = request.request.extensions_mut().insert(parts),
        ClientJsonRpcMessage::Notification(sent) => {
            // A cancelled request gets no answer.
            if let ClientNotification::CancelledNotification(cancelled) = &sent.notification
                && let Some(id) = &cancelled.params.request_id
            {
                session.pending.remove(id);
            }
            sent.notification.extensions_mut().insert(parts);
        }
        _ => {}
    }
    session.pending.forward(message, &mut session.to_session)
}

/// A session id of 128 random bits, which nobody can guess.
fn random_id() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}
