//! The older HTTP+SSE transport (MCP 2024-11-05): one request opens a stream of answers, others carry the messages.
use std::{
    collections::{HashMap, HashSet},
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
    model::{ClientJsonRpcMessage, ClientNotification, GetExtensions, RequestId, ServerJsonRpcMessage},
};
use serde::Deserialize;
use tokio_util::sync::CancellationToken;

use crate::{
    hex::hex,
    metrics::{Entered, PrometheusMetrics},
    paths::MESSAGES,
    quota::{Full, Quota, Seat},
    refused::busy,
    sessions::Asking,
};

/// Messages that wait for their turn, each way.
const QUEUE: usize = 16;

/// Requests of one stream whose answers it has not taken. Without a bound a client that reads nothing would fill the memory.
const UNANSWERED: usize = 64;

/// The requests that wait for an answer.
type Waiting = Arc<Mutex<HashSet<RequestId>>>;

/// The open streams.
#[derive(Clone)]
pub struct Streams {
    current: Arc<CurrentHub>,
    metrics: Arc<PrometheusMetrics>,
    open: Arc<Mutex<HashMap<String, Open>>>,
    quota: Arc<Quota>,
    stop: CancellationToken,
    /// What clients see before the paths of this server.
    prefix: Arc<str>,
}

struct Open {
    owner: Arc<str>,
    opening: Opening,
    to_hub: mpsc::Sender<ClientJsonRpcMessage>,
    waiting: Waiting,
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
        Router::new().route(path, get(open)).route(MESSAGES, post(message)).with_state(self)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        locked(&self.open)
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
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

async fn open(State(streams): State<Streams>, Extension(asking): Extension<Asking>, parts: Parts) -> Response {
    let seat = match streams.quota.take(&asking.who) {
        Ok(seat) => (seat, streams.metrics.sessions("sse").enter()),
        Err(full) => return busy(full),
    };
    let Some(id) = unguessable() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "no random numbers are to be had").into_response();
    };
    let (to_hub, from_client) = mpsc::channel::<ClientJsonRpcMessage>(QUEUE);
    let (to_client, from_hub) = mpsc::channel::<ServerJsonRpcMessage>(QUEUE);
    let opening = Opening { headers: parts.headers, uri: parts.uri };
    let waiting = Waiting::default();
    let session = Open { owner: asking.owner, opening, to_hub, waiting: waiting.clone(), _seat: seat };
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
    let answers = from_hub.map(move |answer| {
        let _until_gone = &closing;
        match &answer {
            ServerJsonRpcMessage::Response(answer) => _ = locked(&waiting).remove(&answer.id),
            ServerJsonRpcMessage::Error(error) => _ = error.id.as_ref().map(|id| locked(&waiting).remove(id)),
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

async fn message(
    State(streams): State<Streams>,
    Query(Named { session_id }): Query<Named>,
    Extension(asking): Extension<Asking>,
    mut parts: Parts,
    body: Bytes,
) -> Response {
    let mut message: ClientJsonRpcMessage = match serde_json::from_slice(&body) {
        Ok(message) => message,
        Err(error) => return (StatusCode::BAD_REQUEST, format!("not a message of MCP: {error}")).into_response(),
    };
    let mut open = streams.all();
    // To anybody but its owner a session does not exist.
    let Some(session) = open.get_mut(&session_id).filter(|session| session.owner == asking.owner) else {
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
                locked(&session.waiting).remove(id);
            }
            sent.notification.extensions_mut().insert(parts);
        }
        _ => {}
    }
    pass_on(message, &mut session.to_hub, &session.waiting)
}

/// Passes a message on to the session. A request waits for its answer only once it is passed on: one that finds no room can be sent again.
fn pass_on(
    message: ClientJsonRpcMessage,
    to_hub: &mut mpsc::Sender<ClientJsonRpcMessage>,
    waiting: &Waiting,
) -> Response {
    let mut waiting = locked(waiting);
    let id = match &message {
        ClientJsonRpcMessage::Request(request) => Some(request.id.clone()),
        _ => None,
    };
    if id.is_some() && waiting.len() >= UNANSWERED {
        return busy(Full::Caller);
    }
    if id.as_ref().is_some_and(|id| waiting.contains(id)) {
        return (StatusCode::BAD_REQUEST, "a request with this id waits for its answer").into_response();
    }
    match to_hub.try_send(message) {
        Ok(()) => {
            waiting.extend(id);
            (StatusCode::ACCEPTED, "Accepted").into_response()
        }
        Err(full) if full.is_full() => busy(Full::Caller),
        Err(_) => (StatusCode::NOT_FOUND, "the session has ended: open a new one").into_response(),
    }
}

/// 128 random bits: whoever knows them could post into the session.
fn unguessable() -> Option<String> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_that_found_no_room_can_be_sent_again() {
        let (mut to_hub, mut from_client) = mpsc::channel(0);
        let waiting = Waiting::default();
        let mut ping = |id: u8| {
            let message = serde_json::from_value(json!({"jsonrpc": "2.0", "id": id, "method": "ping"})).unwrap();
            pass_on(message, &mut to_hub, &waiting).status()
        };
        assert_eq!(ping(1), StatusCode::ACCEPTED);
        assert_eq!((ping(2), ping(2)), (StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS));
        assert!(from_client.try_recv().is_ok());
        assert_eq!((ping(2), ping(2)), (StatusCode::ACCEPTED, StatusCode::BAD_REQUEST));
    }
}
