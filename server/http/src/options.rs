//! The configuration of HTTP, checked before anybody is served.
use std::{
    io::Write,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use intervals_core::client::Service;
use intervals_mcp::Hub;
use intervals_settings::{
    Config, Fault, Sources,
    config::{Limits, LogFormat},
};
use reqwest::Url;
use tokio::sync::watch;

#[cfg(feature = "redis-sessions")]
use crate::redis::Address;
use crate::{access::Access, accounts::Accounts, auth::Authenticator, hosts::Hosts, paths::TAKEN};

/// The transports that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoints {
    /// Streamable HTTP.
    pub http: bool,
    /// HTTP+SSE.
    pub sse: bool,
}

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

/// The address to listen on.
pub fn address(config: &Config, sources: &Sources) -> Result<IpAddr, Fault> {
    let host = if config.host == "localhost" { "127.0.0.1" } else { config.host.trim_matches(['[', ']']) };
    host.parse().map_err(|_| {
        let remedy = "Use 127.0.0.1 for this machine, 0.0.0.0 for all its networks, or one of its addresses.";
        sources.fault("host", format!("{} is not an IP address", config.host), remedy)
    })
}

/// Who may call, and whose data they reach. Fails on what would be reachable by others without a proof who they are.
pub fn access(config: &Config, sources: &Sources, hub: &Arc<Hub>, service: &Service) -> Result<Access, Fault> {
    let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
    let ip = address(config, sources)?;
    let authenticator = Authenticator::new(config, sources, hub.catalog(), hub.ceiling())?;
    // A tunnel or proxy ends on this machine: then it is the name that shows that others come this way.
    let exposed = match (ip.is_loopback(), config.public_url.as_ref(), config.allowed_hosts.0.first()) {
        (false, ..) => Some(("host", &config.host)),
        (true, Some(url), _) => Some(("public_url", url)),
        (true, None, Some(name)) => Some(("allowed_hosts", name)),
        (true, None, None) => None,
    };
    if let Some((key, place)) = exposed.filter(|_| authenticator.is_open()) {
        if !config.allow_unauthenticated {
            let problem = format!("others can reach {place}, and anybody may call");
            let remedy = "Set INTERVALS_ICU_HTTP_TOKEN (or http_tokens or oauth in config.toml), or listen on 127.0.0.1; \
                          --allow-unauthenticated if something else decides who gets here.";
            return Err(fault(key, problem, remedy));
        }
        let whose = if config.caller_credentials {
            "it"
        } else {
            "the server's own account, with its health data and calendar,"
        };
        let warning = format!("anybody who reaches {place} can use {whose} without proving who they are");
        match config.log_format {
            LogFormat::Json => tracing::error!(key = "allow_unauthenticated", "{warning}"),
            // Whoever started this may not be listening any more.
            LogFormat::Text => _ = writeln!(std::io::stderr(), "WARNING: {warning} (allow_unauthenticated)"),
        }
    }
    let accounts = match config.caller_credentials {
        true => Accounts::brought(service.clone(), config.restricted_to()),
        false => Accounts::Own,
    };
    Ok(Access::new(authenticator, accounts, hub.clone()))
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

/// The paths of streamable HTTP and of HTTP+SSE. A configured one is the former's; the latter's when it is alone.
fn paths(wanted: Endpoints, path: Option<&str>) -> Result<(Option<String>, Option<String>), String> {
    if let Some(path) = path {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~');
        if !path.starts_with('/') || !path.chars().all(plain) || path.contains("//") || path.contains("/.") {
            return Err(format!("\"{path}\" is not a path"));
        }
        if TAKEN.contains(&path) || (wanted.http && wanted.sse && path == "/sse") {
            return Err(format!("{path} is taken"));
        }
    }
    let http = wanted.http.then(|| path.unwrap_or("/mcp").to_owned());
    let sse = wanted.sse.then(|| path.filter(|_| !wanted.http).unwrap_or("/sse").to_owned());
    Ok((http, sse))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(true, false, None, Some("/mcp"), None)]
    #[case(false, true, None, None, Some("/sse"))]
    #[case(false, true, Some("/events"), None, Some("/events"))]
    #[case(true, true, Some("/a/b"), Some("/a/b"), Some("/sse"))]
    fn a_path_is_that_of_the_first_transport(
        #[case] http: bool,
        #[case] sse: bool,
        #[case] path: Option<&str>,
        #[case] http_path: Option<&str>,
        #[case] sse_path: Option<&str>,
    ) {
        let (one, other) = paths(Endpoints { http, sse }, path).unwrap();
        assert_eq!((one.as_deref(), other.as_deref()), (http_path, sse_path));
    }

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

    #[rstest]
    #[case("mcp")]
    #[case("/{a}")]
    #[case("/a?b")]
    #[case("/messages")]
    #[case("/metrics")]
    #[case("/.well-known/x")]
    #[case("/sse")]
    fn a_path_that_cannot_be_served_is_refused(#[case] path: &str) {
        paths(Endpoints { http: true, sse: true }, Some(path)).unwrap_err();
    }

    #[test]
    fn what_others_reach_needs_a_token_whenever_the_configuration_is_read() {
        use intervals_core::client::{Credential, Options};

        use intervals_catalog::{Catalog, Selection};

        let service = Service::new(Options::at("http://127.0.0.1:9")).unwrap();
        let account = service.account(Credential::None, None);
        let catalog = Catalog::linked().unwrap();
        let hub = Hub::new(catalog, &Selection::default(), Default::default(), account, true).unwrap().into();
        let outside = Config { host: "0.0.0.0".into(), ..Config::default() };
        let token = serde_json::from_value("0123456789abcdef".into()).ok();
        let told = |config: &Config| access(config, &Sources::default(), &hub, &service);
        assert!(!told(&Config { http_token: token, ..outside.clone() }).ok().unwrap().authenticator.is_open());
        assert!(told(&outside).err().unwrap().to_string().starts_with("host (default): others can reach 0.0.0.0"));
        assert!(told(&Config { allow_unauthenticated: true, ..outside }).is_ok());
    }
}
