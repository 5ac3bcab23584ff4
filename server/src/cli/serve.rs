//! `serve`: MCP over the configured transports, until the client hangs up or a signal comes.
#[cfg(feature = "http")]
mod listening;
mod reload;
mod watched;

use std::io::IsTerminal;

use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use super::Assembly;
use crate::{config::Fault, hub::Live, transport::stdio};
#[cfg(feature = "http")]
pub use listening::address;
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
pub fn check(assembly: &Assembly) -> anyhow::Result<()> {
    let wanted = transports(assembly)?;
    if wanted.http || wanted.sse { could_listen(assembly, &wanted) } else { Ok(()) }
}

#[cfg(feature = "http")]
fn could_listen(assembly: &Assembly, wanted: &Transports) -> anyhow::Result<()> {
    let entrance = listening::entrance(&assembly.config, &assembly.sources, &assembly.hub, &assembly.service)?;
    let (_, entrance) = tokio::sync::watch::channel(std::sync::Arc::new(entrance));
    listening::options(assembly, wanted, entrance)?;
    Ok(())
}

#[cfg(not(feature = "http"))]
fn could_listen(_: &Assembly, _: &Transports) -> anyhow::Result<()> {
    anyhow::bail!("HTTP is not in this build; build it with --features http")
}

/// Serves; the stdio client's hanging up ends it unless HTTP goes on.
pub async fn serve(mut assembly: Assembly, origin: Origin) -> anyhow::Result<bool> {
    let wanted = transports(&assembly)?;
    let may_change = origin.may_change(&assembly.files);
    if may_change {
        assembly.live = Live::replaceable(assembly.hub.clone());
    }
    let stop = CancellationToken::new();
    // Installed before the first answer, so that no signal finds the process without them.
    tokio::spawn(on_signal()?.map({
        let stop = stop.clone();
        move |()| stop.cancel()
    }));
    let reload = Reload::new(&assembly, origin, may_change)?;
    if wanted.http || wanted.sse {
        http(&assembly, &wanted, reload, stop).await?;
    } else {
        if std::io::stdin().is_terminal() {
            eprintln!("waiting for an MCP client on stdin; to look around, try: call, tools, packs, config, --help");
        }
        reload.beside(stdio::serve(assembly.live.clone(), stop)).await?;
    }
    Ok(true)
}

#[cfg(feature = "http")]
async fn http(
    assembly: &Assembly,
    wanted: &Transports,
    reload: Reload<'_>,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    use crate::transport::http;

    let entrance = listening::entrance(&assembly.config, &assembly.sources, &assembly.hub, &assembly.service)?;
    let (reload, entrance) = reload.through(entrance);
    let options = listening::options(assembly, wanted, entrance)?;
    let paths: Vec<_> = options.http.iter().chain(&options.sse).cloned().collect();
    let ready = move |bound| {
        for path in paths {
            eprintln!("serving MCP on http://{bound}{path}");
        }
    };
    let http = http::serve(assembly.live.clone(), options, stop.clone(), ready);
    if wanted.stdio {
        let both = async { futures::try_join!(http, stdio::serve(assembly.live.clone(), stop.clone())).map(drop) };
        reload.beside(both).await
    } else {
        reload.beside(http).await
    }
}

#[cfg(not(feature = "http"))]
async fn http(assembly: &Assembly, wanted: &Transports, _: Reload<'_>, _: CancellationToken) -> anyhow::Result<()> {
    could_listen(assembly, wanted)
}

fn transports(assembly: &Assembly) -> Result<Transports, Fault> {
    let mut wanted = Transports::default();
    for word in &assembly.config.transport.0 {
        match word.as_str() {
            "stdio" => wanted.stdio = true,
            "http" | "streamable-http" => wanted.http = true,
            "sse" => wanted.sse = true,
            other => {
                let source = assembly.sources.get("transport");
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
