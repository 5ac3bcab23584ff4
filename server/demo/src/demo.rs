//! The running demo server, and the requests it received.
use std::{fmt, io};

use jiff::civil::Date;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    Recorded,
    http::{Service, Shared},
    options::{Options, TODAY},
    routes,
};

/// A running demo server. It stops when it is dropped or its runtime ends.
pub struct Demo {
    /// Base URL without `/api/v1`, such as `http://127.0.0.1:40123`.
    pub url: String,
    service: Shared,
    _stop: oneshot::Sender<()>,
}

impl Demo {
    /// Today's date in [`Demo::start`].
    pub const TODAY: Date = TODAY;

    /// Starts with three years of data up to [`Demo::TODAY`].
    ///
    /// # Errors
    /// No loopback port can be opened.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Starts with other data.
    ///
    /// # Errors
    /// No loopback port can be opened.
    pub async fn start_with(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let service = Service::new(options);
        let app = routes::app(&service);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, app).with_graceful_shutdown(async move { _ = stopped.await });
        tokio::spawn(async move { server.await });
        Ok(Self { url, service, _stop: stop })
    }

    /// Requests so far, oldest first. The last ten thousand are kept.
    pub fn requests(&self) -> Vec<Recorded> {
        self.service.log().all()
    }

    /// Requests that write, as `METHOD /path`. `download-workout` is none: it only converts its body.
    pub fn writes(&self) -> Vec<String> {
        let requests = self.requests();
        let computes = |request: &Recorded| {
            request.method == "POST"
                && request.path.rsplit('/').next().is_some_and(|end| end.starts_with("download-workout"))
        };
        let writes = requests.iter().filter(|request| !matches!(request.method.as_str(), "GET" | "HEAD"));
        let writes = writes.filter(|request| !computes(request));
        writes.map(|request| format!("{} {}", request.method, request.path)).collect()
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Demo").field("url", &self.url).finish_non_exhaustive()
    }
}
