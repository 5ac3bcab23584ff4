//! Serves MCP over HTTP: streamable HTTP and HTTP+SSE on one address, with the same checks in front of every route.
use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    middleware::from_fn_with_state,
    routing::get,
};
use intervals_mcp::{CurrentHub, Session};
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[cfg(feature = "redis-sessions")]
use crate::redis;
use crate::{
    accounts::Accounts,
    admission::{self, AdmissionLayer},
    connections, health, hosts,
    metrics::PrometheusMetrics,
    observed,
    options::Options,
    page,
    paths::WELL_KNOWN,
    quota, sessions, sse,
    urls::PublicUrls,
};

/// How long an answer that is ready may take on its way while the server ends.
const FLUSH: Duration = Duration::from_millis(100);

/// Serves until `stop` fires; open calls are finished. `ready` hears the address once it is bound.
pub async fn serve(
    current: Arc<CurrentHub>,
    options: Options,
    metrics: Arc<PrometheusMetrics>,
    stop: CancellationToken,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(options.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", options.listen))?;
    ready(listener.local_addr()?);
    let limits = options.limits.clone();
    let requests = quota::Quota::new(limits.requests, limits.requests_per_caller);
    let sessions = CancellationToken::new();
    metrics.count_requests_of(current.hub().service().clone());
    let calls = current.clone();
    let app = app(current, options, metrics.clone(), requests.clone(), sessions.clone())?;
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
    current: Arc<CurrentHub>,
    options: Options,
    metrics: Arc<PrometheusMetrics>,
    requests: Arc<quota::Quota>,
    sessions: CancellationToken,
) -> anyhow::Result<Router> {
    let Options { hosts, public_url, access, stateless, limits, http, sse, .. } = options;
    let seats = quota::Quota::new(limits.sessions, limits.sessions_per_caller);
    let layer = Arc::new(AdmissionLayer {
        metrics: metrics.clone(),
        access,
        requests,
        sessions: seats.clone(),
        body: limits.body,
        patience: Duration::from_secs(limits.receive),
        urls: PublicUrls::new(public_url, http.iter().chain(&sse).cloned().collect()),
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
        let manager = Arc::new(sessions::Sessions::new(seats.clone(), metrics.sessions("http"), idle));
        #[cfg(feature = "redis-sessions")]
        let shared = options.redis.map(|redis| redis::Shared::new(redis, manager.clone(), idle, sessions.clone()));
        #[cfg(feature = "redis-sessions")]
        let shared = shared.transpose()?.inspect(|shared| config.session_store = Some(shared.store()));
        let served = current.clone();
        let service = StreamableHttpService::new(move || Ok(Session::new(served.clone())), manager, config);
        // Some clients end every address with a slash.
        guarded = guarded.route_service(&format!("{path}/"), service.clone()).route_service(path, service);
        #[cfg(feature = "redis-sessions")]
        if let Some(shared) = shared {
            guarded = shared.before(guarded);
        }
    }
    if let Some(path) = &sse {
        let streams = sse::Streams::new(current.clone(), metrics.clone(), seats, sessions, layer.urls.prefix());
        guarded = guarded.merge(streams.router(path));
    }
    // Which tools are used, and how, is for those who may call.
    let guarded = guarded
        .merge(health::metrics(metrics.clone()))
        .route_layer(from_fn_with_state(layer.clone(), admission::admit));
    let about = {
        let shown = current.clone();
        let layer = layer.clone();
        move |request: Request| async move {
            let base = layer.urls.base(request.headers(), request.uri());
            let access = layer.access();
            let guarded = !access.authenticator.is_open();
            let brought = matches!(access.accounts, Accounts::Brought(_));
            let (http, sse) = (http.as_deref(), sse.as_deref());
            page::page(&shown.hub(), &page::Reach { base: &base, http, sse, guarded, brought })
        }
    };
    let hosts = Arc::new(hosts);
    let app = Router::new()
        .route("/", get(about))
        .route(WELL_KNOWN, get(admission::metadata))
        .route(&format!("{}/{{*path}}", WELL_KNOWN), get(admission::metadata))
        .with_state(layer)
        .merge(health::router(current.clone()))
        .merge(guarded)
        .layer(DefaultBodyLimit::disable())
        .layer(hosts::cors(hosts.clone()))
        .layer(from_fn_with_state(hosts, hosts::own_names_only))
        .layer(from_fn_with_state(metrics, observed::observed));
    Ok(app)
}
