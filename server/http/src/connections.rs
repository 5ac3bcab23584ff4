//! Accepts connections, limits their number and idle time, and closes them when the server stops.
use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Request, header},
};
use futures::TryFutureExt;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::{
    metrics::PrometheusMetrics,
    peer::{Peer, client_network},
    quota::Quota,
};

/// The limits of connections.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The number of connections at once.
    pub connections: usize,
    /// The time limit for a request's head, and for the wait for the next request.
    pub idle: Duration,
    /// The time after which a client that reads none of its response is disconnected.
    pub stalled: Duration,
}

/// The largest head of a request, in bytes. A larger one gets 431.
const MAX_HEAD: usize = 32 << 10;

/// How long idle connections stay open when the server stops. A proxy may be sending a request on one, which would be lost. Each
/// response asks to close the connection. A proxy that closes idle connections sooner than this loses nothing.
const LINGER: Duration = Duration::from_secs(2);

/// The connections that are open when no more are accepted.
pub struct OpenConnections {
    graceful: GracefulShutdown,
    quota: Arc<Quota>,
}

impl OpenConnections {
    /// Waits a short time for the connections to close by themselves.
    pub async fn linger(&self) {
        // The remaining ones are closed by `shutdown`.
        let _ = tokio::time::timeout(LINGER, self.quota.empty()).await;
    }

    /// Closes idle connections, and waits for the others.
    pub async fn shutdown(self) {
        self.graceful.shutdown().await;
    }
}

/// Accepts connections until `stop` fires. Returns those that are still open.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    bounds: Bounds,
    metrics: &PrometheusMetrics,
    stop: &CancellationToken,
) -> OpenConnections {
    let graceful = GracefulShutdown::new();
    // One client may have half of the connections. This machine may have all: a proxy or tunnel on it connects for every client.
    let quota = Quota::new(bounds.connections, bounds.connections.div_ceil(2));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.idle).max_buf_size(MAX_HEAD);
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        let (stream, remote) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // If the process is out of file descriptors, some connections must close first.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let address = remote.ip().to_canonical();
        let client = client_network(address).to_string().into();
        let permit = if address.is_loopback() { quota.take_unlimited(&client) } else { quota.take(&client) };
        let Ok(permit) = permit else {
            metrics.refused("connections");
            refuse(stream);
            continue;
        };
        let Ok(local) = stream.local_addr() else { continue };
        if let Err(error) = tune(&stream, bounds.stalled) {
            tracing::debug!(%error, "socket options");
        }
        let entered = metrics.connections().enter();
        let (app, peer) = (TowerToHyperService::new(app.clone()), Peer { remote, local });
        let stop = stop.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            let stop = stop.clone();
            hyper::service::Service::call(&app, request.map(Body::new)).map_ok(move |mut response| {
                if stop.is_cancelled() {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                response
            })
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop((permit, entered));
        });
    }
    OpenConnections { graceful, quota }
}

/// Sets socket options. Without TCP_NODELAY small responses wait for the client's delayed acknowledgement. Without the other options a
/// peer that is gone, or never reads, keeps its connection for a quarter of an hour.
fn tune(stream: &TcpStream, stalled: Duration) -> std::io::Result<()> {
    let socket = SockRef::from(stream);
    socket.set_tcp_nodelay(true)?;
    socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(Duration::from_secs(30)))?;
    #[cfg(target_os = "linux")]
    socket.set_tcp_user_timeout(Some(stalled))?;
    #[cfg(not(target_os = "linux"))]
    let _ = stalled;
    Ok(())
}

/// Sends 503 and closes the connection, without waiting.
fn refuse(stream: TcpStream) {
    const BUSY: &[u8] =
        b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    tracing::debug!("too many connections");
    if let Ok(mut stream) = stream.into_std() {
        // An error means that the client is gone.
        let _ = std::io::Write::write(&mut stream, BUSY);
    }
}
