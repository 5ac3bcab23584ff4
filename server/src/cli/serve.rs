//! `serve`: MCP over the configured transports, until the client hangs up or a signal comes.
#[cfg(feature = "http")]
mod over_http;
#[cfg(not(feature = "http"))]
#[path = "serve/without_http.rs"]
mod over_http;
mod reload;
mod watched;

use std::io::IsTerminal;

use futures::FutureExt;
use intervals_mcp::{CurrentHub, stdio};
use intervals_settings::{Config, Fault, Loaded, Sources};
use jiff::civil::Date;
use tokio_util::sync::CancellationToken;

use crate::{app::App, exit::Exit, start::StartError};
pub use over_http::local_address;
use over_http::{Counter, Http};
pub use reload::ConfigSource;
use reload::Reload;

/// The transports that are configured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Transports {
    stdio: bool,
    http: bool,
    sse: bool,
}

/// Whether it could be served as configured.
pub fn check(app: &App) -> Result<(), StartError> {
    let wanted = Transports::of(&app.config, &app.sources)?;
    if wanted.http || wanted.sse { Http::open(app, wanted, Counter::new()).map(drop) } else { Ok(()) }
}

/// Serves. When the stdio client hangs up, that ends it, unless HTTP goes on.
pub async fn serve(loaded: Loaded, demo: Option<Option<Date>>, source: ConfigSource) -> anyhow::Result<Exit> {
    let wanted = Transports::of(&loaded.config, &loaded.sources).map_err(StartError::from)?;
    let counter = (wanted.http || wanted.sse).then(Counter::new);
    let metrics = counter.as_ref().map_or_else(super::uncounted, Counter::metrics);
    let mut app = App::new(loaded, demo, metrics).await?;
    let may_change = source.may_change(&app.files);
    if may_change {
        app.current = CurrentHub::replaceable(app.hub.clone());
    }
    let stop = CancellationToken::new();
    // Installed before the first answer, so that no signal finds the process without them.
    tokio::spawn(on_signal()?.map({
        let stop = stop.clone();
        move |()| stop.cancel()
    }));
    let reload = Reload::new(&app, source, may_change)?;
    let stdio = || stdio::serve(app.current.clone(), stop.clone());
    match counter {
        None => {
            if std::io::stdin().is_terminal() {
                eprintln!(
                    "waiting for an MCP client on stdin; to look around, try: call, tools, packs, config, --help"
                );
            }
            reload.beside(stdio()).await?;
        }
        Some(counter) => {
            let http = Http::open(&app, wanted, counter)?;
            let reload = reload.with_access(http.access());
            let http = http.serve(app.current.clone(), stop.clone());
            if wanted.stdio {
                reload.beside(async { futures::try_join!(http, stdio()).map(drop) }).await?;
            } else {
                reload.beside(http).await?;
            }
        }
    }
    Ok(Exit::Success)
}

impl Transports {
    fn of(config: &Config, sources: &Sources) -> Result<Self, Fault> {
        let mut wanted = Self::default();
        for word in &config.transport.0 {
            match word.as_str() {
                "stdio" => wanted.stdio = true,
                "http" | "streamable-http" => wanted.http = true,
                "sse" => wanted.sse = true,
                other => {
                    let problem = format!("there is no transport {other}");
                    return Err(sources.fault("transport", problem, "Use stdio, http or sse."));
                }
            }
        }
        wanted.stdio |= wanted == Self::default();
        Ok(wanted)
    }
}

/// Ends the process at once, without waiting for open calls: the answer to a second interrupt.
fn end_at_once() -> ! {
    std::process::exit(130)
}

/// Installs the handlers; what it gives waits for SIGINT or SIGTERM. A second SIGINT ends the process.
#[cfg(unix)]
fn on_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tokio::spawn(async move {
            if interrupt.recv().await.is_some() {
                end_at_once();
            }
        });
    })
}

/// Installs the handler; what it gives waits for Ctrl-C.
#[cfg(windows)]
fn on_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        tokio::spawn(async move {
            if interrupt.recv().await.is_some() {
                end_at_once();
            }
        });
    })
}
