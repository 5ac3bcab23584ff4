//! `healthcheck`: whether the server that this configuration describes answers: for container engines, since an image without a
//! shell has nothing else that could ask.
use std::io::Write;
#[cfg(feature = "http")]
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
#[cfg(feature = "http")]
use std::time::Duration;

use crate::config::Loaded;

/// Shorter than the 3 s that `server/Dockerfile` allows.
#[cfg(feature = "http")]
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks `/healthz` of the server on this machine whose address and port the configuration says. Over stdio there is nobody to ask.
pub async fn run(loaded: &Loaded, out: &mut impl Write) -> anyhow::Result<bool> {
    if loaded.config.transport.0.iter().all(|transport| transport == "stdio") {
        writeln!(out, "stdio is served: only its client can ask")?;
        return Ok(true);
    }
    ask(loaded, out).await
}

#[cfg(feature = "http")]
async fn ask(loaded: &Loaded, out: &mut impl Write) -> anyhow::Result<bool> {
    let ip = super::serve::address(&loaded.config, &loaded.sources)?;
    let url = format!("http://{}/healthz", SocketAddr::from((reached(ip), loaded.config.port)));
    let client = intervals_core::client::http_client(None, true)?;
    let problem = match client.get(&url).timeout(PATIENCE).send().await {
        Ok(reply) if reply.status().is_success() => {
            writeln!(out, "{url} answers")?;
            return Ok(true);
        }
        Ok(reply) => format!("answers {}", reply.status()),
        Err(error) if error.is_timeout() => "does not answer in time".into(),
        Err(error) if error.is_connect() => "cannot be connected to".into(),
        Err(error) => format!("fails: {error}"),
    };
    eprintln!("error: {url} {problem}");
    Ok(false)
}

/// Where a listener on this address is reached from its own machine.
#[cfg(feature = "http")]
fn reached(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    }
}

#[cfg(not(feature = "http"))]
async fn ask(_: &Loaded, _: &mut impl Write) -> anyhow::Result<bool> {
    anyhow::bail!("HTTP is not in this build; build it with --features http")
}

#[cfg(all(test, feature = "http"))]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("0.0.0.0", "127.0.0.1")]
    #[case("::", "::1")]
    #[case("127.0.0.1", "127.0.0.1")]
    #[case("192.0.2.7", "192.0.2.7")]
    fn every_address_is_reached_through_this_machine_and_one_as_it_is(
        #[case] listening: IpAddr,
        #[case] asked: IpAddr,
    ) {
        assert_eq!(reached(listening), asked);
    }
}
