//! The checked options of the HTTP server.
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

/// The options of the HTTP server.
pub struct Options {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The path of streamable HTTP, if it is served.
    pub http: Option<String>,
    /// The path of HTTP+SSE, if it is served.
    pub sse: Option<String>,
    /// The accepted hosts and origins.
    pub hosts: Hosts,
    /// The URL by which clients reach this server, if it is configured.
    pub public_url: Option<String>,
    /// The access rules.
    pub access: watch::Receiver<Arc<Access>>,
    /// Whether streamable HTTP keeps no sessions, so that any instance can answer any request.
    pub stateless: bool,
    /// The Redis that shares sessions between instances.
    #[cfg(feature = "redis-sessions")]
    pub redis: Option<Address>,
    /// Limits of number, size and time.
    pub limits: Limits,
}

impl Options {
    /// Reads and checks the options of the configuration. Fails on an invalid value.
    pub fn new(
        config: &Config,
        sources: &Sources,
        endpoints: Endpoints,
        access: watch::Receiver<Arc<Access>>,
    ) -> Result<Self, Fault> {
        let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
        let ip = address(config, sources)?;
        let (http, sse) =
            paths(endpoints, config.path.as_deref()).map_err(|problem| fault("path", problem, "Use /mcp."))?;
        let public_host = match &config.public_url {
            None => None,
            Some(url) => Some(public_host(url, [&http, &sse]).map_err(|problem| {
                fault("public_url", problem, "Use the form https://mcp.example.org, without the endpoint's path.")
            })?),
        };
        for host in &config.allowed_hosts.0 {
            if !is_host(host) {
                let problem = format!("\"{host}\" is not a host name");
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
        for (key, value, maximum) in bounds(&config.limits) {
            if value == 0 || value > maximum {
                let problem = format!("{value} is not between 1 and {maximum}");
                return Err(fault(&format!("limits.{key}"), problem, "Correct it, or remove it to use the default."));
            }
        }
        #[cfg(feature = "redis-sessions")]
        let redis = redis(config).map_err(|(problem, remedy)| fault("redis_url", problem.into(), remedy))?;
        #[cfg(not(feature = "redis-sessions"))]
        if config.redis_url.as_ref().is_some_and(|url| url.reveal().is_some()) {
            let problem = "this build cannot keep sessions on a Redis".into();
            return Err(fault("redis_url", problem, "Build with --features redis-sessions, or remove the key."));
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

/// The host in the public URL, which a proxy forwards with or without the port. Fails with the problem.
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

/// Whether this is a host name or address, with or without a port; a name may start with `*.`.
fn is_host(host: &str) -> bool {
    let name = host.strip_prefix("*.").unwrap_or(host);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    !name.is_empty() && name.chars().all(plain)
}

/// Whether an origin may have this host; its port may be `*`.
fn is_origin(host: &str) -> bool {
    let host = host.strip_suffix(":*").unwrap_or(host).trim_end_matches('/');
    !host.starts_with("*.") && is_host(host)
}

/// Each limit with its maximum. A larger value would overflow a sum or a clock, or is a mistake.
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

/// The Redis that keeps sessions, if any. The error does not repeat the address, which may hold a password.
#[cfg(feature = "redis-sessions")]
fn redis(config: &Config) -> Result<Option<Address>, (&'static str, &'static str)> {
    use secrecy::ExposeSecret;

    let Some(url) = config.redis_url.as_ref().and_then(intervals_settings::Secret::reveal) else { return Ok(None) };
    if config.stateless {
        return Err(("with stateless there are no sessions to keep", "Remove one of the two keys."));
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
    fn a_public_url_is_http_with_a_host_and_without_the_endpoint(#[case] url: &str, #[case] host: Option<&str>) {
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
    fn a_host_is_a_name_or_address_with_an_optional_port(#[case] host: &str, #[case] accepted: bool) {
        assert_eq!(is_host(host), accepted);
    }
}
