//! Checks and serves the HTTP transports.
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use intervals_core::client::Service;
use intervals_http::{Access, Endpoints, Options, PrometheusMetrics, access, address};
use intervals_mcp::{CurrentHub, Hub, Metrics};
use intervals_settings::{Config, Fault, Sources};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::Transports;
use crate::{app::App, start::StartError};

/// The metrics of a server with HTTP.
pub struct Counter(Arc<PrometheusMetrics>);

impl Counter {
    /// Metrics at zero.
    pub fn new() -> Self {
        Self(Arc::new(PrometheusMetrics::new()))
    }

    /// The metrics, as the hub takes them.
    pub fn metrics(&self) -> Arc<dyn Metrics> {
        self.0.clone()
    }
}

/// The checked HTTP transports, which do not listen yet.
pub struct Http {
    options: Options,
    access: AccessSwap,
    counter: Counter,
}

/// Replaces the access rules while the server runs.
#[derive(Clone)]
pub struct AccessSwap(watch::Sender<Arc<Access>>);

impl AccessSwap {
    /// Replaces the access rules with those of this configuration. Fails on invalid values, and changes nothing then.
    pub fn replace(&self, config: &Config, sources: &Sources, hub: &Arc<Hub>, service: &Service) -> Result<(), Fault> {
        let next = access(config, sources, hub, service)?.after(&self.0.borrow());
        self.0.send_replace(Arc::new(next));
        Ok(())
    }
}

impl Http {
    /// Checks the configuration of HTTP.
    pub fn open(app: &App, transports: Transports, counter: Counter) -> Result<Self, StartError> {
        let access = access(&app.config, &app.sources, &app.hub, app.hub.service())?;
        let (sender, receiver) = watch::channel(Arc::new(access));
        let endpoints = Endpoints { http: transports.http, sse: transports.sse };
        let options = Options::new(&app.config, &app.sources, endpoints, receiver)?;
        Ok(Self { options, access: AccessSwap(sender), counter })
    }

    /// The handle that replaces the access rules.
    pub fn access(&self) -> AccessSwap {
        self.access.clone()
    }

    /// Serves until `stop` fires.
    pub async fn serve(self, current: Arc<CurrentHub>, stop: CancellationToken) -> anyhow::Result<()> {
        let paths: Vec<_> = self.options.http.iter().chain(&self.options.sse).cloned().collect();
        let ready = move |bound| {
            for path in paths {
                eprintln!("serving MCP on http://{bound}{path}");
            }
        };
        intervals_http::serve(current, self.options, self.counter.0, stop, ready).await
    }
}

/// The address at which the configured listener is reached from this machine.
pub fn local_address(config: &Config, sources: &Sources) -> Result<SocketAddr, StartError> {
    let ip = match address(config, sources)? {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    Ok((ip, config.port).into())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("0.0.0.0", "127.0.0.1:8000")]
    #[case("::", "[::1]:8000")]
    #[case("127.0.0.1", "127.0.0.1:8000")]
    #[case("192.0.2.7", "192.0.2.7:8000")]
    fn an_unspecified_address_is_reached_on_loopback(#[case] host: &str, #[case] expected: SocketAddr) {
        let config = Config { host: host.into(), ..Config::default() };
        assert_eq!(local_address(&config, &Sources::default()).unwrap(), expected);
    }
}
