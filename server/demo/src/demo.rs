//! A running demo, and what was asked of it.
use std::{fmt, io};

use jiff::civil::Date;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    Recorded,
    http::{Service, Shared},
    options::{Options, TODAY},
    routes,
};

/// A running demo; it ends when it is dropped or its runtime ends.
pub struct Demo {
    /// Where it listens, such as `http://127.0.0.1:40123`, without `/api/v1`.
    pub url: String,
    service: Shared,
    _stop: oneshot::Sender<()>,
}

impl Demo {
    /// The date of [`Demo::start`].
    pub const TODAY: Date = TODAY;

    /// Start with three years of data up to [`Demo::TODAY`].
    ///
    /// # Errors
    /// No loopback port can be opened.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Options::default()).await
    }

    /// Start with other data.
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

    /// What was asked, oldest first; the last ten thousand are kept.
    pub fn requests(&self) -> Vec<Recorded> {
        self.service.log().all()
    }

    /// Requests that are not reads, as `METHOD /path`. Those that only make a file of what they are sent are reads.
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
