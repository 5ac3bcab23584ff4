//! `serve`: MCP over the configured transports, until the client hangs up or a signal comes.
use std::io::IsTerminal;

use futures::FutureExt;
use tokio_util::sync::CancellationToken;

use super::Setup;
use crate::{config::Fault, transport::stdio};

/// The transports that were asked for.
#[derive(Debug, Default, PartialEq)]
struct Transports {
    stdio: bool,
    http: bool,
}

/// Serves; the stdio client's hanging up ends it unless HTTP goes on.
pub async fn serve(setup: Setup) -> anyhow::Result<bool> {
    let wanted = transports(&setup)?;
    let stop = CancellationToken::new();
    // Installed before the first answer, so that no signal finds the process without them.
    tokio::spawn(on_signal()?.map({
        let stop = stop.clone();
        move |()| stop.cancel()
    }));
    if wanted.http {
        http(&setup, wanted.stdio, stop).await?;
    } else {
        if std::io::stdin().is_terminal() {
            eprintln!("waiting for an MCP client on stdin; to look around, try: call, tools, packs, config, --help");
        }
        stdio::serve(setup.hub.clone(), stop).await?;
    }
    Ok(true)
}

#[cfg(feature = "http")]
async fn http(setup: &Setup, stdio: bool, stop: CancellationToken) -> anyhow::Result<()> {
    use crate::transport::http;

    let address = address(setup)?;
    let path = address.path.clone();
    let ready = move |bound| eprintln!("serving MCP on http://{bound}{path}");
    let http = http::serve(setup.hub.clone(), address, stop.clone(), ready);
    if stdio {
        futures::try_join!(http, stdio::serve(setup.hub.clone(), stop.clone()))?;
    } else {
        http.await?;
    }
    Ok(())
}

#[cfg(not(feature = "http"))]
async fn http(_: &Setup, _: bool, _: CancellationToken) -> anyhow::Result<()> {
    anyhow::bail!("HTTP is not in this build; build it with --features http")
}

/// Where HTTP listens. Only this machine is offered: what is reachable from elsewhere needs callers that prove who they are.
#[cfg(feature = "http")]
fn address(setup: &Setup) -> Result<crate::transport::http::Address, Fault> {
    let config = &setup.config;
    let fault = |key: &str, problem: String, remedy: &str| Fault::of(key, setup.sources.get(key), problem, remedy);
    let host = if config.host == "localhost" { "127.0.0.1" } else { config.host.trim_matches(['[', ']']) };
    let ip = host.parse::<std::net::IpAddr>().ok().filter(std::net::IpAddr::is_loopback);
    let Some(ip) = ip else {
        let problem =
            format!("{} is not an address of this machine alone, and callers cannot prove who they are", config.host);
        return Err(fault("host", problem, "Use 127.0.0.1, and a tunnel or proxy with its own login in front."));
    };
    if !config.path.starts_with('/') || config.path.contains(['{', '}', '*', '?', '#']) || config.path.contains("/:") {
        return Err(fault("path", format!("\"{}\" is not a path", config.path), "Use /mcp."));
    }
    let allowed_hosts = config.allowed_hosts.0.clone();
    Ok(crate::transport::http::Address { listen: (ip, config.port).into(), path: config.path.clone(), allowed_hosts })
}

fn transports(setup: &Setup) -> Result<Transports, Fault> {
    let mut wanted = Transports::default();
    for word in &setup.config.transport.0 {
        match word.as_str() {
            "stdio" => wanted.stdio = true,
            "http" | "streamable-http" => wanted.http = true,
            other => {
                let source = setup.sources.get("transport");
                return Err(Fault::of(
                    "transport",
                    source,
                    format!("there is no transport {other}"),
                    "Use stdio or http.",
                ));
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
