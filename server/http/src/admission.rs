//! Admits requests: authenticates the caller, selects the account, checks the quota, and reads the whole body.
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
    body::read_body,
    metrics::{Entered, PrometheusMetrics},
    peer::Peer,
    quota::{Permit, Quota},
    refused::{busy, reason_text, refused},
    sessions::REQUESTER,
    urls::PublicUrls,
};

/// The state of the middleware in front of the routes that act for a caller.
pub struct AdmissionLayer {
    /// The metrics.
    pub metrics: Arc<PrometheusMetrics>,
    /// The access rules.
    pub access: watch::Receiver<Arc<Access>>,
    /// The quota of requests in work.
    pub requests: Arc<Quota>,
    /// The quota of sessions, and of streams that stay open.
    pub sessions: Arc<Quota>,
    /// The largest body, in bytes.
    pub max_body: usize,
    /// The time limit for receiving a body.
    pub body_timeout: Duration,
    /// The URLs by which clients reach this server.
    pub urls: PublicUrls,
}

impl AdmissionLayer {
    /// The access rules in use.
    pub fn access(&self) -> Arc<Access> {
        self.access.borrow().clone()
    }
}

/// The permit of a request. It is returned when both the work and the response are done.
#[derive(Clone)]
struct RequestPermit(Arc<Mutex<Held>>);

enum Held {
    /// A permit of the quota of requests.
    Request { _permit: Permit, _entered: Entered },
    /// A permit of the quota of sessions, for a stream without work.
    Session { _permit: Permit },
}

impl RequestPermit {
    fn new(permit: Permit, entered: Entered) -> Self {
        Self(Arc::new(Mutex::new(Held::Request { _permit: permit, _entered: entered })))
    }

    /// Exchanges the permit for one of the quota of sessions.
    fn move_to_sessions(&self, sessions: &Arc<Quota>, quota_key: &Arc<str>) -> Result<(), &'static str> {
        let permit = sessions.take(quota_key).map_err(reason_text)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Held::Session { _permit: permit };
        Ok(())
    }
}

/// Middleware: passes on the requests of callers who may call, with an `Admission`.
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
    let mut permit_of_request = None;
    if request.method() == Method::POST {
        let permit = match layer.requests.take(&requester.quota_key) {
            Ok(permit) => RequestPermit::new(permit, layer.metrics.requests().enter()),
            Err(full) => return busy(full),
        };
        request = match read_body(request, layer.max_body, layer.body_timeout).await {
            Ok(request) => request,
            Err(refusal) => return refused("body", refusal),
        };
        // The access rules may have changed while the body was received: the current ones decide.
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
        // The permit is attached to the request, whose work may outlast the connection.
        request.extensions_mut().insert(permit.clone());
        let (permit_of_stream, sessions, quota_key) =
            (permit.clone(), layer.sessions.clone(), requester.quota_key.clone());
        request
            .extensions_mut()
            .insert(OpenStream(Arc::new(move || permit_of_stream.move_to_sessions(&sessions, &quota_key))));
        permit_of_request = Some(permit);
    }
    // Secrets are removed, so that later layers cannot log them.
    for secret in [header::AUTHORIZATION.as_str(), header::COOKIE.as_str(), header::PROXY_AUTHORIZATION.as_str(), KEY] {
        request.headers_mut().remove(secret);
    }
    request.extensions_mut().insert(admission);
    request.extensions_mut().insert(requester.clone());
    let mut response = REQUESTER.scope(requester.clone(), next.run(request)).await;
    // The session has ended by now, and some clients treat 202 as a failure.
    if ends_session && response.status() == StatusCode::ACCEPTED {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    match (requester.refused.get(), permit_of_request) {
        (Some(full), _) => busy(*full),
        (None, None) => response,
        (None, Some(permit_of_request)) => response.map(|body| {
            Body::new(body.map_frame(move |frame| {
                let _until_sent = &permit_of_request;
                frame
            }))
        }),
    }
}

/// Whether the request calls a tool that a wider scope would show.
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
    // The body is in memory already, so this does not wait.
    let Ok(bytes) = to_bytes(std::mem::take(request.body_mut()), usize::MAX).await else { return false };
    let called = serde_json::from_slice::<Message>(&bytes).ok().filter(|message| message.method == "tools/call");
    *request.body_mut() = Body::from(bytes);
    called.and_then(|message| message.params.name).is_some_and(|name| authenticator.lacks_scope(identity, &name))
}

/// Responds with the protected resource metadata of an endpoint (RFC 9728).
pub async fn metadata(State(layer): State<Arc<AdmissionLayer>>, request: Request) -> Response {
    let endpoint = layer.urls.described_endpoint(request.headers(), request.uri());
    let document = endpoint.and_then(|endpoint| layer.access().authenticator.metadata(&endpoint));
    match document {
        Some(document) => axum::Json(document).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
