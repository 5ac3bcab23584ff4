//! Checks Host and Origin of every request, against DNS rebinding and cross-site requests from web pages.
use std::{net::IpAddr, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::{peer::Peer, refused::refused};

/// The accepted hosts and origins.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    hosts: Vec<String>,
    origins: Vec<String>,
}

impl Hosts {
    /// Hosts may have a port; `*.example.org` matches any name below. Origins are such as `https://app.example.org`; `:*` matches any
    /// port.
    pub fn new(hosts: impl IntoIterator<Item = String>, origins: impl IntoIterator<Item = String>) -> Self {
        let lower = |word: String| word.trim().trim_end_matches('/').to_lowercase();
        Self { hosts: hosts.into_iter().map(lower).collect(), origins: origins.into_iter().map(lower).collect() }
    }

    /// Whether a request may have this Host. `own` is the address to which the client connected. As a Host it is accepted too: DNS
    /// rebinding needs a name.
    fn host(&self, host: &str, own: Option<IpAddr>) -> bool {
        let name = name(host);
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            || address.is_some_and(|address| own.is_some_and(|own| own.to_canonical() == address.to_canonical()))
            || self.hosts.iter().any(|known| known == name || known == host || below(known, name))
    }

    /// Whether a request may have this Origin: a name of this server, or an allowed origin.
    fn origin(&self, origin: &str, own: Option<IpAddr>) -> bool {
        let Some((_, host)) = origin.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")) else {
            return false;
        };
        let any_port = |known: &String| {
            let rest = known.strip_suffix(":*").and_then(|known| origin.strip_prefix(known));
            rest.is_some_and(|port| port.is_empty() || port.starts_with(':'))
        };
        self.host(host, own) || self.origins.iter().any(|known| known == origin || any_port(known))
    }
}

/// Answers preflight requests of allowed origins, and exposes the headers that an MCP client needs.
pub fn cors(hosts: Arc<Hosts>) -> CorsLayer {
    let known = move |origin: &HeaderValue, parts: &axum::http::request::Parts| {
        let origin = origin.to_str().unwrap_or_default().to_lowercase();
        hosts.origin(&origin, parts.extensions.get::<Peer>().map(|peer| peer.local.ip()))
    };
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(known))
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers(tower_http::cors::AllowHeaders::mirror_request())
        .expose_headers([
            header::WWW_AUTHENTICATE,
            header::RETRY_AFTER,
            header::HeaderName::from_static("mcp-session-id"),
            header::HeaderName::from_static("x-request-id"),
        ])
}

/// Middleware: refuses unknown hosts and origins.
pub async fn own_names_only(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    let own = request.extensions().get::<Peer>().map(|peer| peer.local.ip());
    if !host(request.headers(), request.uri()).is_some_and(|host| hosts.host(&host, own)) {
        let advice = "unknown Host: the server's operator can allow it with --allowed-host";
        return refused("host", (StatusCode::FORBIDDEN, advice));
    }
    let mut origins = request.headers().get_all(header::ORIGIN).into_iter();
    let foreign = |origin: &HeaderValue| !hosts.origin(&origin.to_str().unwrap_or_default().to_lowercase(), own);
    if origins.any(foreign) {
        let advice = "unknown Origin: the server's operator can allow it with allowed_origins";
        return refused("origin", (StatusCode::FORBIDDEN, advice));
    }
    next.run(request).await
}

/// The Host of a request. `None` if there are several, since a proxy and this server might choose different ones.
pub fn host(headers: &HeaderMap, uri: &Uri) -> Option<String> {
    let mut hosts = headers.get_all(header::HOST).into_iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().ok().map(str::to_lowercase),
        (None, _) => uri.authority().map(|authority| authority.as_str().to_lowercase()),
        _ => None,
    }
}

/// The host without its port.
fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

/// Whether `known` is a wildcard that matches this name.
fn below(known: &str, name: &str) -> bool {
    let rest = known.strip_prefix('*').and_then(|suffix| name.strip_suffix(suffix));
    known.starts_with("*.") && rest.is_some_and(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn sample() -> Hosts {
        let hosts = ["mcp.example.org", "tunnel.example:8443", "*.trycloudflare.example"];
        Hosts::new(hosts.map(Into::into), ["https://app.example", "http://dev.example:*"].map(Into::into))
    }

    #[rstest]
    #[case("localhost:1", true)]
    #[case("[::1]:80", true)]
    #[case("mcp.example.org", true)]
    #[case("mcp.example.org:443", true)]
    #[case("tunnel.example:8443", true)]
    #[case("tunnel.example", false)]
    #[case("a.trycloudflare.example", true)]
    #[case("trycloudflare.example", false)]
    #[case(".trycloudflare.example", false)]
    #[case("192.168.1.7:8000", true)]
    #[case("192.168.1.8:8000", false)]
    #[case("localhost.evil.example", false)]
    #[case("127.0.0.1.evil.example:80", false)]
    #[case("evil.example", false)]
    #[case("evil.example:mcp.example.org", false)]
    #[case("", false)]
    fn a_host_is_accepted_by_name_or_if_it_is_the_local_address(#[case] host: &str, #[case] known: bool) {
        assert_eq!(sample().host(host, Some("192.168.1.7".parse().unwrap())), known);
    }

    #[rstest]
    #[case("http://localhost:6274", true)]
    #[case("https://mcp.example.org", true)]
    #[case("https://app.example", true)]
    #[case("http://app.example", false)]
    #[case("https://app.example:444", false)]
    #[case("http://dev.example:3000", true)]
    #[case("http://dev.example.evil.example", false)]
    #[case("https://evil.example", false)]
    #[case("ftp://localhost", false)]
    #[case("null", false)]
    fn an_origin_is_compared_with_scheme_and_port(#[case] origin: &str, #[case] known: bool) {
        assert_eq!(sample().origin(origin, None), known);
    }
}
