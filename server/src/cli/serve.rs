//! `serve`: MCP over the configured transports, until the client hangs up or a signal comes.
#[cfg(feature = "http")]
mod listening;
mod reload;

use std::io::IsTerminal;

use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use super::Setup;
use crate::{config::Fault, hub::Live, transport::stdio};
pub use reload::Origin;
use reload::Reload;

/// The transports that were asked for.
#[derive(Debug, Default, PartialEq)]
struct Transports {
    stdio: bool,
    http: bool,
    sse: bool,
}

/// Whether it could be served as configured.
pub fn check(setup: &Setup) -> anyhow::Result<()> {
    let wanted = transports(setup)?;
    if wanted.http || wanted.sse { could_listen(setup, &wanted) } else { Ok(()) }
}

#[cfg(feature = "http")]
fn could_listen(setup: &Setup, wanted: &Transports) -> anyhow::Result<()> {
    let entrance = listening::entrance(&setup.config, &setup.sources, &setup.hub, &setup.service)?;
    let (_, entrance) = tokio::sync::watch::channel(std::sync::Arc::new(entrance));
    listening::options(setup, wanted, entrance)?;
    Ok(())
}

#[cfg(not(feature = "http"))]
fn could_listen(_: &Setup, _: &Transports) -> anyhow::Result<()> {
    anyhow::bail!("HTTP is not in this build; build it with --features http")
}

/// Serves; the stdio client's hanging up ends it unless HTTP goes on.
pub async fn serve(mut setup: Setup, origin: Origin) -> anyhow::Result<bool> {
    let wanted = transports(&setup)?;
    if origin.may_change() {
        setup.live = Live::replaceable(setup.hub.clone());
    }
    let stop = CancellationToken::new();
    // Installed before the first answer, so that no signal finds the process without them.
    tokio::spawn(on_signal()?.map({
        let stop = stop.clone();
        move |()| stop.cancel()
    }));
    let reload = Reload::new(&setup, origin)?;
    if wanted.http || wanted.sse {
        http(&setup, &wanted, reload, stop).await?;
    } else {
        if std::io::stdin().is_terminal() {
            eprintln!("waiting for an MCP client on stdin; to look around, try: call, tools, packs, config, --help");
        }
        reload.beside(stdio::serve(setup.live.clone(), stop)).await?;
    }
    Ok(true)
}

#[cfg(feature = "http")]
async fn http(setup: &Setup, wanted: &Transports, reload: Reload<'_>, stop: CancellationToken) -> anyhow::Result<()> {
    use crate::transport::http;

    let entrance = listening::entrance(&setup.config, &setup.sources, &setup.hub, &setup.service)?;
    let (reload, entrance) = reload.through(entrance);
    let options = listening::options(setup, wanted, entrance)?;
    let paths: Vec<_> = options.http.iter().chain(&options.sse).cloned().collect();
    let ready = move |bound| {
        for path in paths {
            eprintln!("serving MCP on http://{bound}{path}");
        }
    };
    let http = http::serve(setup.live.clone(), options, stop.clone(), ready);
    if wanted.stdio {
        let both = async { futures::try_join!(http, stdio::serve(setup.live.clone(), stop.clone())).map(drop) };
        reload.beside(both).await
    } else {
        reload.beside(http).await
    }
}

#[cfg(not(feature = "http"))]
async fn http(setup: &Setup, wanted: &Transports, _: Reload<'_>, _: CancellationToken) -> anyhow::Result<()> {
    could_listen(setup, wanted)
}

fn transports(setup: &Setup) -> Result<Transports, Fault> {
    let mut wanted = Transports::default();
    for word in &setup.config.transport.0 {
        match word.as_str() {
            "stdio" => wanted.stdio = true,
            "http" | "streamable-http" => wanted.http = true,
            "sse" => wanted.sse = true,
            other => {
                let source = setup.sources.get("transport");
                let problem = format!("there is no transport {other}");
                return Err(Fault::of("transport", source, problem, "Use stdio, http or sse."));
            }
        }
    }
    if wanted == Transports::default() {
        wanted.stdio = true;
    }
    Ok(wanted)
}

/// Installs the handlers; what it gives waits for SIGINT or SIGTERM.
#[cfg(unix)]
fn on_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Installs the handler; what it gives waits for Ctrl-C.
#[cfg(windows)]
fn on_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
