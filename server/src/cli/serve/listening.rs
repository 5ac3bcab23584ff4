//! The configuration of HTTP, checked before anybody is served.
use std::net::IpAddr;

use super::{Setup, Transports};
use crate::{
    accounts::Accounts,
    auth::Gate,
    config::Fault,
    transport::http::{Names, Options, TAKEN},
};

/// Where, under which names and to whom HTTP is served. Fails on what would be reachable by others without a proof who they are.
pub fn options(setup: &Setup, wanted: &Transports) -> Result<Options, Fault> {
    let Setup { config, sources, .. } = setup;
    let fault = |key: &str, problem: String, remedy: &str| Fault::of(key, sources.get(key), problem, remedy);
    let host = if config.host == "localhost" { "127.0.0.1" } else { config.host.trim_matches(['[', ']']) };
    let ip: IpAddr = host.parse().map_err(|_| {
        let problem = format!("{} is not an IP address", config.host);
        fault("host", problem, "Use 127.0.0.1 for this machine, 0.0.0.0 for all its networks, or one of its addresses.")
    })?;
    let (http, sse) = paths(wanted, config.path.as_deref()).map_err(|problem| fault("path", problem, "Use /mcp."))?;
    if let Some(url) = &config.public_url
        && !url.split_once("://").is_some_and(|(scheme, rest)| {
            matches!(scheme, "http" | "https") && !rest.starts_with('/') && !rest.contains(['?', '#', '@', ' '])
        })
    {
        let problem = format!("\"{url}\" is not an address");
        return Err(fault("public_url", problem, "Use the form https://mcp.example.org, without the endpoint's path."));
    }
    for (key, value) in [
        ("connections", config.limits.connections),
        ("requests", config.limits.requests),
        ("requests_per_caller", config.limits.requests_per_caller),
        ("sessions", config.limits.sessions),
        ("sessions_per_caller", config.limits.sessions_per_caller),
        ("body", config.limits.body),
    ] {
        if value == 0 {
            let key = format!("limits.{key}");
            return Err(fault(&key, "0 would let nobody in".into(), "Leave it out for the default."));
        }
    }
    for (key, value) in
        [("idle", config.limits.idle), ("stalled", config.limits.stalled), ("session_idle", config.limits.session_idle)]
    {
        if value == 0 {
            let key = format!("limits.{key}");
            return Err(fault(&key, "0 s leaves no time".into(), "Leave it out for the default."));
        }
    }
    let gate = Gate::new(config, sources, setup.hub.catalog(), setup.hub.view())?;
    if gate.is_open() && !ip.is_loopback() {
        if !config.allow_unauthenticated {
            let problem = format!("others can reach {}, and anybody may call", config.host);
            let remedy = "Set INTERVALS_ICU_HTTP_TOKEN (or http_tokens or oauth in config.toml), or listen on 127.0.0.1; \
                          --allow-unauthenticated if something else decides who gets here.";
            return Err(fault("host", problem, remedy));
        }
        let whose = if config.caller_credentials {
            "it"
        } else {
            "the server's own account, with its health data and calendar,"
        };
        eprintln!(
            "WARNING: anybody who reaches {ip} can use {whose} without proving who they are (allow_unauthenticated)"
        );
    }
    let accounts = match config.caller_credentials {
        true => Accounts::brought(setup.service.clone(), config.only_athletes()),
        false => Accounts::Own,
    };
    let public_host = config.public_url.as_deref().and_then(|url| url.split_once("://"));
    let public_host = public_host.and_then(|(_, rest)| rest.split('/').next()).map(Into::into);
    Ok(Options {
        listen: (ip, config.port).into(),
        http,
        sse,
        names: Names::new(
            config.allowed_hosts.0.iter().cloned().chain(public_host),
            config.allowed_origins.0.iter().cloned(),
        ),
        public_url: config.public_url.clone(),
        gate,
        accounts,
        stateless: config.stateless,
        limits: config.limits.clone(),
    })
}

/// The paths of streamable HTTP and of HTTP+SSE. A configured one is the former's; the latter's when it is alone.
fn paths(wanted: &Transports, path: Option<&str>) -> Result<(Option<String>, Option<String>), String> {
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
        let (one, other) = paths(&Transports { stdio: false, http, sse }, path).unwrap();
        assert_eq!((one.as_deref(), other.as_deref()), (http_path, sse_path));
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
        paths(&Transports { stdio: false, http: true, sse: true }, Some(path)).unwrap_err();
    }
}
