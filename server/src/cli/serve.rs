//! `serve`: serves MCP over the configured transports until the client disconnects or a signal arrives.
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

/// The configured transports.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Transports {
    stdio: bool,
    http: bool,
    sse: bool,
}

/// Checks that the configured transports could be served.
pub fn check(app: &App) -> Result<(), StartError> {
    let transports = Transports::of(&app.config, &app.sources)?;
    if transports.http || transports.sse { Http::open(app, transports, Counter::new()).map(drop) } else { Ok(()) }
}

/// Serves until a signal arrives. Over stdio alone, also until the client disconnects.
pub async fn serve(loaded: Loaded, demo: Option<Option<Date>>, source: ConfigSource) -> anyhow::Result<Exit> {
    let transports = Transports::of(&loaded.config, &loaded.sources).map_err(StartError::from)?;
    let counter = (transports.http || transports.sse).then(Counter::new);
    let metrics = counter.as_ref().map_or_else(super::uncounted, Counter::metrics);
    let mut app = App::new(loaded, demo, metrics).await?;
    let may_change = source.may_change(&app.files);
    if may_change {
        app.current = CurrentHub::replaceable(app.hub.clone());
    }
    let stop = CancellationToken::new();
    // Installed before anything is served, so that no signal is missed.
    tokio::spawn(on_signal()?.map({
        let stop = stop.clone();
        move |()| stop.cancel()
    }));
    let reload = Reload::new(&app, source, may_change)?;
    let stdio = || stdio::serve(app.current.clone(), stop.clone());
    match counter {
        None => {
            if std::io::stdin().is_terminal() {
                eprintln!("waiting for an MCP client on stdin; other commands: call, tools, packs, config, --help");
            }
            reload.beside(stdio()).await?;
        }
        Some(counter) => {
            let http = Http::open(&app, transports, counter)?;
            let reload = reload.with_access(http.access());
            let http = http.serve(app.current.clone(), stop.clone());
            if transports.stdio {
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
        let mut transports = Self::default();
        for word in &config.transport.0 {
            match word.as_str() {
                "stdio" => transports.stdio = true,
                "http" | "streamable-http" => transports.http = true,
                "sse" => transports.sse = true,
                other => {
                    let problem = format!("there is no transport {other}");
                    return Err(sources.fault("transport", problem, "Use stdio, http or sse."));
                }
            }
        }
        transports.stdio |= transports == Self::default();
        Ok(transports)
    }
}

/// Exits at once, without waiting for open calls. For a second interrupt.
fn exit_at_once() -> ! {
    std::process::exit(130)
}

/// Installs handlers and returns a future that waits for SIGINT or SIGTERM. A second SIGINT exits at once.
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
                exit_at_once();
            }
        });
    })
}

/// Installs a handler and returns a future that waits for Ctrl-C. A second one exits at once.
#[cfg(windows)]
fn on_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
        tokio::spawn(async move {
            if interrupt.recv().await.is_some() {
                exit_at_once();
            }
        });
    })
}
