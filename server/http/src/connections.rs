//! Connections: how many there are, how long they may say nothing, and what becomes of them when the server ends.
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
    peer::{Peer, neighbourhood},
    quota::Quota,
};

/// What connections are allowed.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// How many there may be at once.
    pub connections: usize,
    /// How long a request's head may take, and how long a connection may wait for the next request.
    pub idle: Duration,
    /// How long a client may take nothing of what it is sent.
    pub stalled: Duration,
}

/// The largest head of a request, in bytes; more is answered with 431.
const HEAD: usize = 32 << 10;

/// How long connections that are idle when the server ends stay open: a proxy may be sending a request on one, and would take it
/// for lost if it were closed under it. On the next answer they close; a proxy that keeps idle ones for less loses nothing.
const LINGER: Duration = Duration::from_secs(2);

/// The connections that are open when no new ones are accepted any more.
pub struct OpenConnections {
    graceful: GracefulShutdown,
    seats: Arc<Quota>,
}

impl OpenConnections {
    /// Waits for them to close by themselves, but not long.
    pub async fn linger(&self) {
        // Those that are left get their time to finish.
        let _ = tokio::time::timeout(LINGER, self.seats.empty()).await;
    }

    /// Closes the idle ones, and waits for the others.
    pub async fn shutdown(self) {
        self.graceful.shutdown().await;
    }
}

/// Accepts until `stop` fires. What it gives waits for the connections that are still open.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    bounds: Bounds,
    metrics: &PrometheusMetrics,
    stop: &CancellationToken,
) -> OpenConnections {
    let graceful = GracefulShutdown::new();
    // One address gets half of them; not on this machine, where a proxy or tunnel stands for everybody.
    let seats = Quota::new(bounds.connections, bounds.connections.div_ceil(2));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.idle).max_buf_size(HEAD);
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        let (stream, remote) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Of one connection, or because the process has no more file descriptors: then some must close first.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let address = remote.ip().to_canonical();
        let who = neighbourhood(address).to_string().into();
        let seat = if address.is_loopback() { seats.take_any(&who) } else { seats.take(&who) };
        let Ok(seat) = seat else {
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
            drop((seat, entered));
        });
    }
    OpenConnections { graceful, seats }
}

/// Without TCP_NODELAY every small answer waits for the client's delayed acknowledgement; without the rest a peer that is gone, or
/// never reads, holds its connection for a quarter of an hour.
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

/// Says that there is no room, without waiting for anything.
fn refuse(stream: TcpStream) {
    const BUSY: &[u8] =
        b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    tracing::debug!("too many connections");
    if let Ok(mut stream) = stream.into_std() {
        // A client that is gone already need not hear it.
        let _ = std::io::Write::write(&mut stream, BUSY);
    }
}
