//! The older HTTP+SSE transport (MCP 2024-11-05): one request opens a stream of answers, others carry the messages.
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
    quota::{Quota, Seat},
    refused::busy,
    sessions::Requester,
};
use pending::PendingRequests;

/// Messages that wait for their turn, each way.
const QUEUE: usize = 16;

/// The open streams.
#[derive(Clone)]
pub struct Streams {
    current: Arc<CurrentHub>,
    metrics: Arc<PrometheusMetrics>,
    open: Arc<Mutex<HashMap<String, OpenSession>>>,
    quota: Arc<Quota>,
    stop: CancellationToken,
    /// What clients see before the paths of this server.
    prefix: Arc<str>,
}

struct OpenSession {
    owner: Arc<str>,
    opening: Opening,
    to_session: mpsc::Sender<ClientJsonRpcMessage>,
    pending: PendingRequests,
    _seat: (Seat, Entered),
}

impl Streams {
    /// None yet; all end with `stop`.
    pub fn new(
        current: Arc<CurrentHub>,
        metrics: Arc<PrometheusMetrics>,
        quota: Arc<Quota>,
        stop: CancellationToken,
        prefix: Arc<str>,
    ) -> Self {
        Self { current, metrics, open: Arc::default(), quota, stop, prefix }
    }

    /// The two routes.
    pub fn router(self, path: &str) -> Router {
        Router::new().route(path, get(open_stream)).route(MESSAGES, post(post_message)).with_state(self)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, OpenSession>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends the session when the client goes away.
struct Closing {
    id: String,
    streams: Streams,
    ended: CancellationToken,
}

impl Drop for Closing {
    fn drop(&mut self) {
        self.streams.all().remove(&self.id);
        self.ended.cancel();
    }
}

async fn open_stream(
    State(streams): State<Streams>,
    Extension(requester): Extension<Requester>,
    parts: Parts,
) -> Response {
    let seat = match streams.quota.take(&requester.who) {
        Ok(seat) => (seat, streams.metrics.sessions("sse").enter()),
        Err(full) => return busy(full),
    };
    let Some(id) = random_id() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "no random numbers are to be had").into_response();
    };
    let (to_session, from_client) = mpsc::channel::<ClientJsonRpcMessage>(QUEUE);
    let (to_client, from_session) = mpsc::channel::<ServerJsonRpcMessage>(QUEUE);
    let opening = Opening { headers: parts.headers, uri: parts.uri };
    let pending = PendingRequests::default();
    let session = OpenSession { owner: requester.owner, opening, to_session, pending: pending.clone(), _seat: seat };
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
    let closing = Closing { id, streams, ended: ended.clone() };
    let answers = from_session.map(move |answer| {
        let _until_gone = &closing;
        match &answer {
            ServerJsonRpcMessage::Response(answer) => pending.remove(&answer.id),
            ServerJsonRpcMessage::Error(error) => error.id.iter().for_each(|id| pending.remove(id)),
            _ => {}
        }
        Event::default().event("message").json_data(answer)
    });
    let events = stream::once(async move { Ok(endpoint) }).chain(answers);
    // An answer that cannot be written has no place to say so.
    let events = events.filter_map(async |event: Result<Event, axum::Error>| event.ok().map(Ok::<_, Infallible>));
    let events = events.take_until(ended.cancelled_owned());
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would collect the events before it passes them on.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

#[derive(Deserialize)]
struct Named {
    session_id: String,
}

async fn post_message(
    State(streams): State<Streams>,
    Query(Named { session_id }): Query<Named>,
    Extension(requester): Extension<Requester>,
    mut parts: Parts,
    body: Bytes,
) -> Response {
    let mut message: ClientJsonRpcMessage = match serde_json::from_slice(&body) {
        Ok(message) => message,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("not a message of MCP: {error}")).into_response(),
    };
    let mut open = streams.all();
    // To anybody but its owner a session does not exist.
    let Some(session) = open.get_mut(&session_id).filter(|session| session.owner == requester.owner) else {
        return (StatusCode::NOT_FOUND, "there is no such session: open a new one").into_response();
    };
    parts.extensions.insert(session.opening.clone());
    match &mut message {
        ClientJsonRpcMessage::Request(request) => _ = request.request.extensions_mut().insert(parts),
        ClientJsonRpcMessage::Notification(sent) => {
            // No answer comes for what was cancelled.
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

/// 128 random bits: whoever knows them could post into the session.
fn random_id() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}
