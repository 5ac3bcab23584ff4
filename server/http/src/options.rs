//! The configuration of HTTP, checked before anybody is served.
use std::{net::SocketAddr, sync::Arc};

use intervals_settings::{Config, Fault, Sources, config::Limits};
use reqwest::Url;
use tokio::sync::watch;

#[cfg(feature = "redis-sessions")]
use crate::redis::Address;
use crate::{
    access::Access,
    address::address,
    hosts::Hosts,
    paths::{Endpoints, paths},
};

/// Where HTTP is served, under which names, to whom, and how much of it.
pub struct Options {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The path of streamable HTTP, when it is served.
    pub http: Option<String>,
    /// The path of HTTP+SSE, when it is served.
    pub sse: Option<String>,
    /// Names of this server, and pages that may call it.
    pub hosts: Hosts,
    /// Where clients find this server, when that is not the address above.
    pub public_url: Option<String>,
    /// Who may call, and whose data they reach.
    pub access: watch::Receiver<Arc<Access>>,
    /// Whether the streamable transport keeps no sessions, so that any instance can answer any request.
    pub stateless: bool,
    /// Where sessions are kept so that other instances know them.
    #[cfg(feature = "redis-sessions")]
    pub redis: Option<Address>,
    /// How much at once, and how long.
    pub limits: Limits,
}

impl Options {
    /// Reads them from the configuration. Fails on what cannot be used.
    pub fn new(
        config: &Config,
        sources: &Sources,
        wanted: Endpoints,
        access: watch::Receiver<Arc<Access>>,
    ) -> Result<Self, Fault> {
        let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
        let ip = address(config, sources)?;
        let (http, sse) =
            paths(wanted, config.path.as_deref()).map_err(|problem| fault("path", problem, "Use /mcp."))?;
        let public_host = match &config.public_url {
            None => None,
            Some(url) => Some(public_host(url, [&http, &sse]).map_err(|problem| {
                fault("public_url", problem, "Use the form https://mcp.example.org, without the endpoint's path.")
            })?),
        };
        for host in &config.allowed_hosts.0 {
            if !is_host(host) {
                let problem = format!("\"{host}\" is not the name of a host");
                return Err(fault("allowed_hosts", problem, "Use the form mcp.example.org, or *.example.org."));
            }
        }
        for origin in &config.allowed_origins.0 {
            if !origin
                .split_once("://")
                .is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && is_origin(host))
            {
                let problem = format!("\"{origin}\" is not an origin");
                return Err(fault(
                    "allowed_origins",
                    problem,
                    "Use the form https://app.example.org, or with :* for any port.",
                ));
            }
        }
        for (key, value, most) in bounds(&config.limits) {
            if value == 0 || value > most {
                let problem = format!("{value} is not between 1 and {most}");
                return Err(fault(&format!("limits.{key}"), problem, "Leave it out for the default."));
            }
        }
        #[cfg(feature = "redis-sessions")]
        let redis = redis(config).map_err(|(problem, remedy)| fault("redis_url", problem.into(), remedy))?;
        #[cfg(not(feature = "redis-sessions"))]
        if config.redis_url.as_ref().is_some_and(|url| url.reveal().is_some()) {
            let problem = "this build keeps no sessions on a Redis".into();
            return Err(fault("redis_url", problem, "Build it with --features redis-sessions, or leave it out."));
        }
        Ok(Self {
            listen: (ip, config.port).into(),
            http,
            sse,
            hosts: Hosts::new(
                config.allowed_hosts.0.iter().cloned().chain(public_host),
                config.allowed_origins.0.iter().cloned(),
            ),
            public_url: config.public_url.clone(),
            access,
            stateless: config.stateless,
            #[cfg(feature = "redis-sessions")]
            redis,
            limits: config.limits.clone(),
        })
    }
}

/// The name in the public address, under which a proxy passes requests on with or without the port. Fails with what is wrong.
fn public_host(url: &str, endpoints: [&Option<String>; 2]) -> Result<String, String> {
    let parsed = Url::parse(url).map_err(|error| format!("\"{url}\" is not an address: {error}"))?;
    let plain = matches!(parsed.scheme(), "http" | "https") && parsed.query().is_none() && parsed.fragment().is_none();
    let Some(host) = parsed.host_str().filter(|_| plain && parsed.username().is_empty()) else {
        return Err(format!("\"{url}\" is not an address such as https://mcp.example.org"));
    };
    let path = parsed.path().trim_end_matches('/');
    if endpoints.into_iter().flatten().any(|endpoint| path.ends_with(endpoint.as_str())) {
        return Err(format!("\"{url}\" ends with the endpoint's path, which is added to it"));
    }
    Ok(host.to_owned())
}

/// A name or an address, with or without a port; `*.` may stand before a name.
fn is_host(host: &str) -> bool {
    let name = host.strip_prefix("*.").unwrap_or(host);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    !name.is_empty() && name.chars().all(plain)
}

fn is_origin(host: &str) -> bool {
    let host = host.strip_suffix(":*").unwrap_or(host).trim_end_matches('/');
    !host.starts_with("*.") && is_host(host)
}

/// Every limit with the most that makes sense: beyond it a sum or a clock would overflow, or a mistake hide.
fn bounds(limits: &Limits) -> [(&'static str, u64, u64); 11] {
    const MANY: u64 = 100_000;
    const DAY: u64 = 86_400;
    [
        ("connections", limits.connections as u64, MANY),
        ("requests", limits.requests as u64, MANY),
        ("requests_per_caller", limits.requests_per_caller as u64, MANY),
        ("sessions", limits.sessions as u64, MANY),
        ("sessions_per_caller", limits.sessions_per_caller as u64, MANY),
        ("body", limits.body as u64, 1 << 30),
        ("idle", limits.idle, DAY),
        ("receive", limits.receive, DAY),
        ("stalled", limits.stalled, DAY),
        ("session_idle", limits.session_idle, 365 * DAY),
        ("drain", limits.drain, DAY),
    ]
}

/// Where the sessions are kept, if anywhere. What is wrong with the address is said without it: it may hold a password.
#[cfg(feature = "redis-sessions")]
fn redis(config: &Config) -> Result<Option<Address>, (&'static str, &'static str)> {
    use secrecy::ExposeSecret;

    let Some(url) = config.redis_url.as_ref().and_then(intervals_settings::Secret::reveal) else { return Ok(None) };
    if config.stateless {
        return Err(("there are no sessions to keep when stateless is on", "Leave one of the two out."));
    }
    let remedy = "Use the form redis://user:password@host:6379/0, or rediss:// for TLS.";
    let address = Address::parse(url.expose_secret());
    address.ok_or(("it is not the address of a Redis", remedy)).map(Some)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://mcp.example.org", Some("mcp.example.org"))]
    #[case("https://mcp.example.org:8443/icu", Some("mcp.example.org"))]
    #[case("https://", None)]
    #[case("mcp.example.org", None)]
    #[case("https://mcp.example.org/mcp", None)]
    #[case("https://user@mcp.example.org", None)]
    #[case("ftp://mcp.example.org", None)]
    fn a_public_address_is_one_that_clients_can_be_told(#[case] url: &str, #[case] host: Option<&str>) {
        let endpoints = [&Some("/mcp".to_owned()), &None];
        assert_eq!(public_host(url, endpoints).ok().as_deref(), host);
    }

    #[rstest]
    #[case("mcp.example.org:8443", true)]
    #[case("*.example.org", true)]
    #[case("[::1]", true)]
    #[case("*", false)]
    #[case("https://mcp.example.org", false)]
    #[case("mcp.example.org/mcp", false)]
    #[case("", false)]
    fn a_host_is_a_name(#[case] host: &str, #[case] accepted: bool) {
        assert_eq!(is_host(host), accepted);
    }
}
