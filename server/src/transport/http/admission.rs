//! From a request to its caller: who it is, whose account, whether there is room, and the whole body before anybody works on it.
use std::{
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use intervals_core::Settings;
use serde::Deserialize;
use tokio::sync::watch;

use super::{
    connections::Peer,
    names,
    observed::refused,
    quota::{Full, Quota, Seat},
    sessions::{ASKING, Asking},
    sse::MESSAGES,
};
use crate::{
    accounts::{Account, Accounts, KEY, NOT_OFFERED},
    auth::{Gate, Identity},
    caller::{Caller, OpenStream},
    hub::{Hub, Live},
    metrics::Entered,
};

/// Who may call, and whose data they reach: another one takes its place when the configuration changes.
pub struct Entrance {
    /// What is offered behind it.
    hub: Arc<Hub>,
    /// Who may call.
    pub gate: Gate,
    /// Whose data.
    pub accounts: Accounts,
    /// The settings of callers who bring their own account: the operator's, but for what is the operator's own.
    brought_settings: Arc<Settings>,
}

impl Entrance {
    /// Through this gate to these accounts and what the operator offers.
    pub fn new(gate: Gate, accounts: Accounts, hub: Arc<Hub>) -> Self {
        let settings = &hub.operator().settings;
        let brought_settings = match &accounts {
            Accounts::Own => settings.clone(),
            // The operator's time zone and their folder are not those of other people.
            Accounts::Brought(_) => {
                let mut settings = Settings::clone(settings);
                (settings.timezone, settings.download_dir) = (None, None);
                settings.into()
            }
        };
        Self { hub, gate, accounts, brought_settings }
    }

    fn caller(&self, identity: &Identity, account: Option<&Account>, who: &str) -> Caller {
        let operator = self.hub.operator();
        // Where nobody has to say who they are, the log tells them apart by address.
        let name = match self.gate.is_open() {
            true => format!("{}@{who}", identity.name).into(),
            false => identity.name.clone(),
        };
        let (name, client, settings) = match account {
            None => (name, &operator.client, &operator.settings),
            Some(account) => {
                let mark = account.fingerprint.get(..8).unwrap_or("no-key");
                (format!("{name}/{mark}").into(), &account.client, &self.brought_settings)
            }
        };
        let client = match &identity.athletes {
            Some(athletes) => client.clone().restricted_to(athletes.iter().cloned()),
            None => client.clone(),
        };
        Caller { name, view: identity.view.clone(), client, settings: settings.clone() }.seeing(identity.view.clone())
    }

    /// Who sends a request with this head, as it comes from `peer`.
    async fn admit(&self, headers: &HeaderMap, peer: Option<&Peer>, metadata_url: &str) -> Result<Admitted, Response> {
        let identity = match self.gate.admit(headers, metadata_url).await {
            Ok(identity) => identity,
            Err(refusal) => return Err(refused(reason(refusal.status()), refusal)),
        };
        let account = self.accounts.of(headers).map_err(|refusal| refused("credentials", refusal))?;
        let named = account.as_ref().and_then(|account| account.athlete.as_ref());
        if let (Some(athlete), Some(offered)) = (named, &identity.athletes)
            && !offered.contains(athlete)
        {
            return Err(refused("credentials", NOT_OFFERED));
        }
        let fingerprint = account.as_ref().map_or("", |account| &account.fingerprint);
        let owner: Arc<str> = format!("{}\n{fingerprint}", identity.name).into();
        // Those who need not say who they are share by address.
        let who: Arc<str> = match peer {
            // Behind a proxy they all come from one address: there their key tells them apart.
            Some(peer) if self.gate.is_open() => {
                format!("{} {}", neighbourhood(peer.remote.ip()), fingerprint.get(..16).unwrap_or_default())
                    .trim_end()
                    .into()
            }
            _ => identity.name.clone(),
        };
        let caller = self.caller(&identity, account.as_ref(), &who);
        Ok(Admitted { identity, owner, who, caller })
    }
}

/// Who sends a request.
struct Admitted {
    identity: Identity,
    /// Whose sessions they may use.
    owner: Arc<str>,
    /// With whom they share the limits.
    who: Arc<str>,
    caller: Caller,
}

/// What stands before the routes that act for a caller.
pub struct Door {
    /// The server behind it.
    pub live: Arc<Live>,
    /// Who may call, and whose data they reach.
    pub entrance: watch::Receiver<Arc<Entrance>>,
    /// Requests that are worked on.
    pub requests: Arc<Quota>,
    /// Sessions, and streams that stay open.
    pub sessions: Arc<Quota>,
    /// The largest body, in bytes.
    pub body: usize,
    /// How long a body may take.
    pub patience: Duration,
    /// Where clients find this server, when that is configured.
    pub public_url: Option<String>,
    /// The paths of the endpoints, that of HTTP+SSE last.
    pub endpoints: Vec<String>,
}

impl Door {
    /// The entrance that holds now. A request comes through one.
    pub fn entrance(&self) -> Arc<Entrance> {
        self.entrance.borrow().clone()
    }

    /// Where this client finds the server, without a slash at the end.
    pub fn base(&self, headers: &HeaderMap, uri: &Uri) -> String {
        if let Some(url) = &self.public_url {
            return url.trim_end_matches('/').into();
        }
        let encrypted = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
        let host = names::host(headers, uri).unwrap_or_else(|| "localhost".into());
        format!("{}://{host}", if encrypted { "https" } else { "http" })
    }

    /// Where the metadata of the resource at `path` is found: the well-known part comes right after the host (RFC 9728 §3.1).
    pub fn metadata_url(&self, headers: &HeaderMap, uri: &Uri, path: &str) -> String {
        let base = self.base(headers, uri);
        let host_end = base.find("://").map_or(0, |at| at + 3);
        let (host, prefix) = match base.get(host_end..).and_then(|rest| rest.find('/')) {
            Some(at) => base.split_at(host_end + at),
            None => (base.as_str(), ""),
        };
        format!("{host}{WELL_KNOWN}{prefix}{path}")
    }

    /// The endpoint that a path belongs to: clients know no other.
    fn endpoint<'a>(&'a self, path: &'a str) -> &'a str {
        let known = |endpoint: &&String| **endpoint == path;
        match self.endpoints.iter().find(known) {
            Some(endpoint) => endpoint,
            // Where messages go is a part of HTTP+SSE, which stands last.
            None if path == MESSAGES => self.endpoints.last().map_or(path, String::as_str),
            None => self.endpoints.first().map_or(path, String::as_str),
        }
    }
}

/// RFC 9728.
pub const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

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
pub async fn admit(State(door): State<Arc<Door>>, mut request: Request, next: Next) -> Response {
    let metadata_url = door.metadata_url(request.headers(), request.uri(), door.endpoint(request.uri().path()));
    let mut entrance = door.entrance();
    let peer = request.extensions().get::<Peer>().copied();
    let mut admitted = match entrance.admit(request.headers(), peer.as_ref(), &metadata_url).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refusal,
    };
    let ends_session = request.method() == Method::DELETE;
    let mut working = None;
    if request.method() == Method::POST {
        let seat = match door.requests.take(&admitted.who) {
            Ok(seat) => Working::new(seat, door.live.hub().metrics().requests().enter()),
            Err(full) => return busy(full),
        };
        request = match whole(request, &door).await {
            Ok(request) => request,
            Err(refusal) => return refused("body", refusal),
        };
        // The body took its time: what holds now decides.
        if !Arc::ptr_eq(&entrance, &door.entrance()) {
            entrance = door.entrance();
            admitted = match entrance.admit(request.headers(), peer.as_ref(), &metadata_url).await {
                Ok(admitted) => admitted,
                Err(refusal) => return refusal,
            };
        }
        let identity = &admitted.identity;
        if identity.scoped_read_only && lacks_scope(&entrance.gate, identity, &mut request).await {
            return refused("scope", entrance.gate.step_up(&metadata_url));
        }
        // It travels with the request, whose work may outlast the connection.
        request.extensions_mut().insert(seat.clone());
        let (seat_of_stream, sessions, who) = (seat.clone(), door.sessions.clone(), admitted.who.clone());
        request.extensions_mut().insert(OpenStream(Arc::new(move || seat_of_stream.settle(&sessions, &who))));
        working = Some(seat);
    }
    // They have done their work: what follows must not be able to log them.
    for secret in [header::AUTHORIZATION.as_str(), header::COOKIE.as_str(), header::PROXY_AUTHORIZATION.as_str(), KEY] {
        request.headers_mut().remove(secret);
    }
    let Admitted { owner, who, caller, .. } = admitted;
    request.extensions_mut().insert(caller);
    let asking = Asking { owner, who, refused: Arc::new(OnceLock::new()) };
    request.extensions_mut().insert(asking.clone());
    let mut response = ASKING.scope(asking.clone(), next.run(request)).await;
    // The session has ended by then; clients take "accepted" for a failure.
    if ends_session && response.status() == StatusCode::ACCEPTED {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    match (asking.refused.get(), working) {
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

/// The address as far as it is given to one: a whole one of IPv4, a network of 64 bits of IPv6.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// Too much at once: the caller's own doing, or everybody's.
pub fn busy(full: Full) -> Response {
    let (reason, status) = match full {
        Full::Caller => ("caller_busy", StatusCode::TOO_MANY_REQUESTS),
        Full::All => ("busy", StatusCode::SERVICE_UNAVAILABLE),
    };
    refused(reason, (status, [(header::RETRY_AFTER, HeaderValue::from_static("1"))], reason_text(full)))
}

fn reason_text(full: Full) -> &'static str {
    match full {
        Full::Caller => "This caller has too much open at once: wait for answers.",
        Full::All => "Too much is open at once: try again in a moment.",
    }
}

fn reason(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "unauthorized",
        StatusCode::FORBIDDEN => "scope",
        // The issuer's keys could not be had.
        _ => "issuer",
    }
}

/// The request with all of its body, or why not: it is too large, or comes too slowly.
async fn whole(request: Request, door: &Door) -> Result<Request, (StatusCode, String)> {
    let too_large = || (StatusCode::PAYLOAD_TOO_LARGE, format!("The body is over {} bytes: send less.", door.body));
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > door.body as u64) {
        return Err(too_large());
    }
    match tokio::time::timeout(door.patience, to_bytes(body, door.body)).await {
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "The body came too slowly.".into())),
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(error)) if is_limit(&error) => Err(too_large()),
        Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "The body ended early.".into())),
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let mut cause = Some(error as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Whether the request calls a tool that the granted scope hides, and another scope would show.
async fn lacks_scope(gate: &Gate, identity: &Identity, request: &mut Request) -> bool {
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
    called.and_then(|message| message.params.name).is_some_and(|name| gate.lacks_scope(identity, &name))
}

/// The document at [`WELL_KNOWN`], for the endpoint whose path stands behind it; for the first one without a path.
pub async fn metadata(State(door): State<Arc<Door>>, request: Request) -> Response {
    let asked = request.uri().path().strip_prefix(WELL_KNOWN).unwrap_or_default();
    let base = door.base(request.headers(), request.uri());
    // A proxy may hide a prefix from us that clients see.
    let path = door.endpoints.iter().find(|path| asked.is_empty() || asked.ends_with(path.as_str()));
    let document = path.and_then(|path| door.entrance().gate.metadata(&format!("{base}{path}")));
    match document {
        Some(document) => axum::Json(document).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
