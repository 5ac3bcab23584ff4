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

/// The time to send answers that are ready when the server stops.
const FLUSH: Duration = Duration::from_millis(100);

/// Serves until `stop` fires, and finishes open calls. `ready` is called with the bound address.
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
    let end_sessions = CancellationToken::new();
    metrics.count_requests_of(current.hub().service().clone());
    let calls = current.clone();
    let app = app(current, options, metrics.clone(), requests.clone(), end_sessions.clone())?;
    let bounds = connections::Bounds {
        connections: limits.connections,
        idle: Duration::from_secs(limits.idle),
        stalled: Duration::from_secs(limits.stalled),
    };
    let open = connections::serve(listener, app, bounds, &metrics, &stop).await;
    tracing::debug!("ending: connections are no longer accepted");
    open.linger().await;
    // No new connections are accepted from here on. Open calls may finish; then streams are ended, which never end by themselves.
    let drained = async {
        let drain = Duration::from_secs(limits.drain);
        if tokio::time::timeout(drain, requests.empty()).await.is_err() {
            tracing::warn!(open = requests.taken(), "calls are cancelled");
            // Cancelled calls still answer, and say whether a write may have been carried out.
            calls.cancel_calls();
            let _ = tokio::time::timeout(FLUSH, requests.empty()).await;
        }
        tokio::time::sleep(FLUSH).await;
        end_sessions.cancel();
    };
    let closed = async {
        let drain = Duration::from_secs(limits.drain.saturating_add(1));
        // Connections that are still open after that are dropped.
        let _ = tokio::time::timeout(drain, open.shutdown()).await;
    };
    tokio::join!(drained, closed);
    Ok(())
}

/// The routes and middleware. `end_sessions` ends all sessions and streams.
fn app(
    current: Arc<CurrentHub>,
    options: Options,
    metrics: Arc<PrometheusMetrics>,
    requests: Arc<quota::Quota>,
    end_sessions: CancellationToken,
) -> anyhow::Result<Router> {
    let Options { hosts, public_url, access, stateless, limits, http, sse, .. } = options;
    let session_quota = quota::Quota::new(limits.sessions, limits.sessions_per_caller);
    let layer = Arc::new(AdmissionLayer {
        metrics: metrics.clone(),
        access,
        requests,
        sessions: session_quota.clone(),
        max_body: limits.body,
        body_timeout: Duration::from_secs(limits.receive),
        urls: PublicUrls::new(public_url, http.iter().chain(&sse).cloned().collect()),
    });
    let mut protected = Router::new();
    if let Some(path) = &http {
        #[cfg_attr(not(feature = "redis-sessions"), expect(unused_mut, reason = "only Redis sets a session store"))]
        let mut config = StreamableHttpServerConfig::default()
            .with_json_response(true)
            .with_max_request_body_bytes(limits.body)
            .with_legacy_session_mode(!stateless)
            // `hosts` checks the Host of every route.
            .with_allowed_hosts(Vec::<String>::new())
            .with_cancellation_token(end_sessions.clone());
        let idle = Duration::from_secs(limits.session_idle);
        let manager = Arc::new(sessions::Sessions::new(session_quota.clone(), metrics.sessions("http"), idle));
        #[cfg(feature = "redis-sessions")]
        let shared =
            options.redis.map(|redis| redis::SharedSessions::new(redis, manager.clone(), idle, end_sessions.clone()));
        #[cfg(feature = "redis-sessions")]
        let shared = shared.transpose()?.inspect(|shared| config.session_store = Some(shared.store()));
        let served = current.clone();
        let service = StreamableHttpService::new(move || Ok(Session::new(served.clone())), manager, config);
        // Some clients append a slash to every URL.
        protected = protected.route_service(&format!("{path}/"), service.clone()).route_service(path, service);
        #[cfg(feature = "redis-sessions")]
        if let Some(shared) = shared {
            protected = shared.before(protected);
        }
    }
    if let Some(path) = &sse {
        let prefix = layer.urls.prefix();
        let streams = sse::Streams::new(current.clone(), metrics.clone(), session_quota, end_sessions, prefix);
        protected = protected.merge(streams.router(path));
    }
    // The metrics show which tools are used, so they need authentication too.
    let protected = protected
        .merge(health::metrics(metrics.clone()))
        .route_layer(from_fn_with_state(layer.clone(), admission::admit));
    let about = {
        let current = current.clone();
        let layer = layer.clone();
        move |request: Request| async move {
            let base = layer.urls.base(request.headers(), request.uri());
            let access = layer.access();
            let authenticated = !access.authenticator.is_open();
            let caller_credentials = matches!(access.accounts, Accounts::Callers(_));
            let (http, sse) = (http.as_deref(), sse.as_deref());
            page::page(&current.hub(), &page::Reach { base: &base, http, sse, authenticated, caller_credentials })
        }
    };
    let hosts = Arc::new(hosts);
    let app = Router::new()
        .route("/", get(about))
        .route(WELL_KNOWN, get(admission::metadata))
        .route(&format!("{}/{{*path}}", WELL_KNOWN), get(admission::metadata))
        .with_state(layer)
        .merge(health::router(current.clone()))
        .merge(protected)
        .layer(DefaultBodyLimit::disable())
        .layer(hosts::cors(hosts.clone()))
        .layer(from_fn_with_state(hosts, hosts::own_names_only))
        .layer(from_fn_with_state(metrics, observed::observed));
    Ok(app)
}
