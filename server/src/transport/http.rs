//! MCP over streamable HTTP on this machine, with Host and Origin checks in front of every route.
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    serve::ListenerExt,
};
use rmcp::transport::streamable_http_server::{
    StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;

/// Where HTTP is served, and under which names.
#[derive(Debug, Clone)]
pub struct Address {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The path of the endpoint.
    pub path: String,
    /// Names of this server beside those of this machine, as a proxy or tunnel sends them.
    pub allowed_hosts: Vec<String>,
}

/// How long open calls may go on after a signal.
const DRAIN: Duration = Duration::from_secs(3);

/// Serves until `stop` fires; open calls are finished. `ready` hears the address once it is bound.
pub async fn serve(
    hub: Arc<Hub>,
    address: Address,
    stop: CancellationToken,
    ready: impl FnOnce(SocketAddr),
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address.listen).await;
    let listener = listener.with_context(|| format!("cannot listen on {}", address.listen))?;
    ready(listener.local_addr()?);
    // Without it every small answer waits for the client's delayed acknowledgement.
    let listener = listener.tap_io(|socket| {
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY");
        }
    });
    let sessions = CancellationToken::new();
    let app = app(hub, &address, sessions.clone());
    // No new requests at once, but open calls may finish; then the sessions' streams end too, which would never by themselves.
    let drained = {
        let (stop, sessions) = (stop.clone(), sessions.clone());
        async move {
            stop.cancelled().await;
            tokio::time::sleep(DRAIN).await;
            sessions.cancel();
        }
    };
    tokio::spawn(drained);
    axum::serve(listener, app).with_graceful_shutdown(stop.cancelled_owned()).await?;
    Ok(())
}

fn app(hub: Arc<Hub>, address: &Address, sessions: CancellationToken) -> Router {
    // Host and Origin are checked in front of every route, ours included; rmcp would check its own only.
    let config = StreamableHttpServerConfig::default()
        .with_json_response(true)
        .with_allowed_hosts(Vec::<String>::new())
        .with_cancellation_token(sessions);
    let service: StreamableHttpService<Arc<Hub>, LocalSessionManager> =
        StreamableHttpService::new(move || Ok(hub.clone()), Arc::default(), config);
    let own = match address.listen.ip() {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    };
    let names: Arc<[String]> = address.allowed_hosts.iter().map(|host| host.to_lowercase()).chain([own]).collect();
    Router::new().route_service(&address.path, service).layer(middleware::from_fn_with_state(names, own_names_only))
}

/// Refuses what a page of another site could make a browser send (DNS rebinding, cross-site requests).
async fn own_names_only(State(names): State<Arc<[String]>>, request: Request, next: Next) -> Response {
    let known = |host: &str| {
        let name = host_name(host);
        matches!(name, "localhost" | "127.0.0.1" | "[::1]") || names.iter().any(|n| n == name || *n == host)
    };
    let host = host(request.headers(), request.uri());
    if !host.is_some_and(|host| known(&host)) {
        let advice = "unknown Host; name it with --allowed-host to serve it here";
        return (StatusCode::FORBIDDEN, advice).into_response();
    }
    let origin = request.headers().get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default().to_lowercase());
    let from = |origin: &str| origin.strip_prefix("http://").or(origin.strip_prefix("https://")).is_some_and(known);
    match origin {
        Some(origin) if !from(&origin) => (StatusCode::FORBIDDEN, "unknown Origin").into_response(),
        _ => next.run(request).await,
    }
}

fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let header = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    header.or(uri.authority().map(|authority| authority.as_str())).map(str::to_lowercase)
}

/// The name without its port.
fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}
