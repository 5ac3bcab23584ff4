//! From a request to its caller: who it is, whose account, whether there is room, and the whole body before anybody works on it.
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use intervals_mcp::OpenStream;
use serde::Deserialize;
use tokio::sync::watch;

use crate::{
    access::Access,
    accounts::KEY,
    auth::{Authenticator, Identity},
    body::whole,
    metrics::{Entered, PrometheusMetrics},
    peer::Peer,
    quota::{Quota, Seat},
    refused::{busy, reason_text, refused},
    sessions::REQUESTER,
    urls::PublicUrls,
};

/// What stands before the routes that act for a caller.
pub struct AdmissionLayer {
    /// What is counted.
    pub metrics: Arc<PrometheusMetrics>,
    /// Who may call, and whose data they reach.
    pub access: watch::Receiver<Arc<Access>>,
    /// Requests that are worked on.
    pub requests: Arc<Quota>,
    /// Sessions, and streams that stay open.
    pub sessions: Arc<Quota>,
    /// The largest body, in bytes.
    pub body: usize,
    /// How long a body may take.
    pub patience: Duration,
    /// The URLs by which clients reach this server.
    pub urls: PublicUrls,
}

impl AdmissionLayer {
    /// The access rules that are in use. A request is admitted by one set of them.
    pub fn access(&self) -> Arc<Access> {
        self.access.borrow().clone()
    }
}

/// The seat of a request. It is given back when both the work and the answer are done.
#[derive(Clone)]
struct Working(Arc<Mutex<Place>>);

enum Place {
    /// Among the requests.
    Request { _seat: Seat, _entered: Entered },
    /// Among the sessions: a stream without work.
    Session { _seat: Seat },
}

impl Working {
    fn new(seat: Seat, entered: Entered) -> Self {
        Self(Arc::new(Mutex::new(Place::Request { _seat: seat, _entered: entered })))
    }

    /// Moves the request from the requests to the sessions.
    fn settle(&self, sessions: &Arc<Quota>, who: &Arc<str>) -> Result<(), &'static str> {
        let seat = sessions.take(who).map_err(reason_text)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Place::Session { _seat: seat };
        Ok(())
    }
}

/// Lets in who may call, with what they may see and whose data they reach.
pub async fn admit(State(layer): State<Arc<AdmissionLayer>>, mut request: Request, next: Next) -> Response {
    let metadata_url = layer.urls.metadata_url(request.headers(), request.uri());
    let mut access = layer.access();
    let peer = request.extensions().get::<Peer>().copied();
    let (mut identity, mut requester, mut admission) =
        match access.admit(request.headers(), peer.as_ref(), &metadata_url).await {
            Ok(admitted) => admitted,
            Err(refusal) => return refusal,
        };
    let ends_session = request.method() == Method::DELETE;
    let mut working = None;
    if request.method() == Method::POST {
        let seat = match layer.requests.take(&requester.who) {
            Ok(seat) => Working::new(seat, layer.metrics.requests().enter()),
            Err(full) => return busy(full),
        };
        request = match whole(request, layer.body, layer.patience).await {
            Ok(request) => request,
            Err(refusal) => return refused("body", refusal),
        };
        // The body took its time: what holds now decides.
        if !Arc::ptr_eq(&access, &layer.access()) {
            access = layer.access();
            (identity, requester, admission) = match access.admit(request.headers(), peer.as_ref(), &metadata_url).await
            {
                Ok(admitted) => admitted,
                Err(refusal) => return refusal,
            };
        }
        if identity.scoped_read_only && lacks_scope(&access.authenticator, &identity, &mut request).await {
            return refused("scope", access.authenticator.step_up(&metadata_url));
        }
        // It travels with the request, whose work may outlast the connection.
        request.extensions_mut().insert(seat.clone());
        let (seat_of_stream, sessions, who) = (seat.clone(), layer.sessions.clone(), requester.who.clone());
        request.extensions_mut().insert(OpenStream(Arc::new(move || seat_of_stream.settle(&sessions, &who))));
        working = Some(seat);
    }
    // They have done their work: what follows must not be able to log them.
    for secret in [header::AUTHORIZATION.as_str(), header::COOKIE.as_str(), header::PROXY_AUTHORIZATION.as_str(), KEY] {
        request.headers_mut().remove(secret);
    }
    request.extensions_mut().insert(admission);
    request.extensions_mut().insert(requester.clone());
    let mut response = REQUESTER.scope(requester.clone(), next.run(request)).await;
    // The session has ended by then; clients take "accepted" for a failure.
    if ends_session && response.status() == StatusCode::ACCEPTED {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    match (requester.refused.get(), working) {
        (Some(full), _) => busy(*full),
        (None, None) => response,
        (None, Some(working)) => response.map(|body| {
            Body::new(body.map_frame(move |frame| {
                let _until_sent = &working;
                frame
            }))
        }),
    }
}

/// Whether the request calls a tool that the granted scope hides, and another scope would show.
async fn lacks_scope(authenticator: &Authenticator, identity: &Identity, request: &mut Request) -> bool {
    #[derive(Deserialize)]
    struct Message {
        method: String,
        #[serde(default)]
        params: Params,
    }
    #[derive(Deserialize, Default)]
    struct Params {
        name: Option<String>,
    }
    // It is in memory already: this only looks.
    let Ok(bytes) = to_bytes(std::mem::take(request.body_mut()), usize::MAX).await else { return false };
    let called = serde_json::from_slice::<Message>(&bytes).ok().filter(|message| message.method == "tools/call");
    *request.body_mut() = Body::from(bytes);
    called.and_then(|message| message.params.name).is_some_and(|name| authenticator.lacks_scope(identity, &name))
}

/// The document at [`WELL_KNOWN`], for the endpoint whose path stands behind it; for the first one without a path.
pub async fn metadata(State(layer): State<Arc<AdmissionLayer>>, request: Request) -> Response {
    let endpoint = layer.urls.described_endpoint(request.headers(), request.uri());
    let document = endpoint.and_then(|endpoint| layer.access().authenticator.metadata(&endpoint));
    match document {
        Some(document) => axum::Json(document).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
