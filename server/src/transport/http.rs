//! MCP over HTTP: streamable HTTP and the older HTTP+SSE on one address, with the same checks in front of every route.
mod admission;
mod connections;
mod health;
mod names;
mod observed;
mod page;
mod quota;
#[cfg(feature = "redis-sessions")]
pub mod redis;
mod sessions;
mod sse;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::from_fn_with_state,
    routing::get,
};
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::{net::TcpListener, sync::watch};
use tokio_util::sync::CancellationToken;

use crate::{
    accounts::Accounts,
    config::Limits,
    hub::{Live, Session},
};
use admission::Door;
pub use admission::Entrance;
pub use names::Names;

/// Where HTTP is served, under which names, to whom, and how much of it.
pub struct Options {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The path of streamable HTTP, when it is served.
    pub http: Option<String>,
    /// The path of HTTP+SSE, when it is served.
    pub sse: Option<String>,
    /// Names of this server, and pages that may call it.
    pub names: Names,
    /// Where clients find this server, when that is not the address above.
    pub public_url: Option<String>,
    /// Who may call, and whose data they reach.
    pub entrance: watch::Receiver<Arc<Entrance>>,
    /// Whether the streamable transport keeps no sessions, so that any instance can answer any request.
    pub stateless: bool,
    /// Where sessions are kept so that other instances know them.
    #[cfg(feature = "redis-sessions")]
    pub redis: Option<redis::Address>,
    /// How much at once, and how long.
    pub limits: Limits,
}

/// The paths that are taken.
pub const TAKEN: &[&str] = &["/", "/health", "/healthz", "/readyz", "/metrics", sse::MESSAGES];

/// How long an answer that is ready may take on its way while the server ends.
const FLUSH: Duration = Duration::from_millis(100);

/// Serves until `stop` fires; open calls are finished. `ready` hears the address once it is bound.
pub async fn serve(
    live: Arc<Live>,
    options: Options,
    stop: CancellationToken,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(options.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", options.listen))?;
    ready(listener.local_addr()?);
    let limits = options.limits.clone();
    let requests = quota::Quota::new(limits.requests, limits.requests_per_caller);
    let sessions = CancellationToken::new();
    let metrics = live.hub().metrics().clone();
    let calls = live.clone();
    let app = app(live, options, requests.clone(), sessions.clone())?;
    let bounds = connections::Bounds {
        connections: limits.connections,
        idle: Duration::from_secs(limits.idle),
        stalled: Duration::from_secs(limits.stalled),
    };
    let open = connections::serve(listener, app, bounds, &metrics, &stop).await;
    tracing::debug!("ending: connections are no longer accepted");
    open.linger().await;
    // No new connections from here on, but open calls may finish; then the streams end too, which would never by themselves.
    let drained = async {
        let drain = Duration::from_secs(limits.drain);
        if tokio::time::timeout(drain, requests.empty()).await.is_err() {
            tracing::warn!(open = requests.taken(), "calls are cancelled");
            // They still say so, and whether a write may have been carried out.
            calls.cancel_calls();
            let _ = tokio::time::timeout(FLUSH, requests.empty()).await;
        }
        tokio::time::sleep(FLUSH).await;
        sessions.cancel();
    };
    let closed = async {
        let drain = Duration::from_secs(limits.drain.saturating_add(1));
        // What is still open then has had its time.
        let _ = tokio::time::timeout(drain, open.shutdown()).await;
    };
    tokio::join!(drained, closed);
    Ok(())
}

fn app(
    live: Arc<Live>,
    options: Options,
    requests: Arc<quota::Quota>,
    sessions: CancellationToken,
) -> anyhow::Result<Router> {
    let Options { names, public_url, entrance, stateless, limits, http, sse, .. } = options;
    let seats = quota::Quota::new(limits.sessions, limits.sessions_per_caller);
    let hub = live.hub();
    let door = Arc::new(Door {
        live: live.clone(),
        entrance,
        requests,
        sessions: seats.clone(),
        body: limits.body,
        patience: Duration::from_secs(limits.receive),
        public_url,
        endpoints: http.iter().chain(&sse).cloned().collect(),
    });
    let mut guarded = Router::new();
    if let Some(path) = &http {
        #[cfg_attr(not(feature = "redis-sessions"), expect(unused_mut, reason = "nobody else has a store for it"))]
        let mut config = StreamableHttpServerConfig::default()
            .with_json_response(true)
            .with_max_request_body_bytes(limits.body)
            .with_legacy_session_mode(!stateless)
            // Checked in front of every route.
            .with_allowed_hosts(Vec::<String>::new())
            .with_cancellation_token(sessions.clone());
        let idle = Duration::from_secs(limits.session_idle);
        let manager = Arc::new(sessions::Sessions::new(seats.clone(), hub.metrics().sessions("http"), idle));
        #[cfg(feature = "redis-sessions")]
        let shared = options.redis.map(|redis| redis::Shared::new(redis, manager.clone(), idle, sessions.clone()));
        #[cfg(feature = "redis-sessions")]
        let shared = shared.transpose()?.inspect(|shared| config.session_store = Some(shared.store()));
        let served = live.clone();
        let service = StreamableHttpService::new(move || Ok(Session::new(served.clone())), manager, config);
        // Some clients end every address with a slash.
        guarded = guarded.route_service(&format!("{path}/"), service.clone()).route_service(path, service);
        #[cfg(feature = "redis-sessions")]
        if let Some(shared) = shared {
            guarded = shared.before(guarded);
        }
    }
    if let Some(path) = &sse {
        let streams = sse::Streams::new(live.clone(), seats, sessions, prefix(door.public_url.as_deref()));
        guarded = guarded.merge(streams.router(path));
    }
    // Which tools are used, and how, is for those who may call.
    let guarded =
        guarded.merge(health::metrics(live.clone())).route_layer(from_fn_with_state(door.clone(), admission::admit));
    let about = {
        let door = door.clone();
        move |request: Request| async move {
            let base = door.base(request.headers(), request.uri());
            let entrance = door.entrance();
            let guarded = !entrance.gate.is_open();
            let brought = matches!(entrance.accounts, Accounts::Brought(_));
            let (http, sse) = (http.as_deref(), sse.as_deref());
            page::page(&door.live.hub(), &page::Reach { base: &base, http, sse, guarded, brought })
        }
    };
    let names = Arc::new(names);
    let app = Router::new()
        .route("/", get(about))
        .route(admission::WELL_KNOWN, get(admission::metadata))
        .route(&format!("{}/{{*path}}", admission::WELL_KNOWN), get(admission::metadata))
        .with_state(door)
        .merge(health::router(live.clone()))
        .merge(guarded)
        .layer(DefaultBodyLimit::disable())
        .layer(names::cors(names.clone()))
        .layer(from_fn_with_state(names, names::own_names_only))
        .layer(from_fn_with_state(live, observed::observed));
    Ok(app)
}

/// What a proxy puts before the paths of this server.
fn prefix(public_url: Option<&str>) -> Arc<str> {
    let after_host = public_url
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|at| rest.split_at(at).1));
    after_host.unwrap_or_default().trim_end_matches('/').into()
}
