//! The paths of the endpoints and of the other routes.

/// The path to which clients of HTTP+SSE post messages.
pub const MESSAGES: &str = "/messages";

/// The path of the protected resource metadata (RFC 9728).
pub const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The paths of other routes, which no endpoint may have.
pub const TAKEN: &[&str] = &["/", "/health", "/healthz", "/readyz", "/metrics", MESSAGES];

/// The endpoints to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoints {
    /// Streamable HTTP.
    pub http: bool,
    /// HTTP+SSE.
    pub sse: bool,
}

/// The paths of streamable HTTP and of HTTP+SSE. A configured path belongs to streamable HTTP, or to HTTP+SSE if only that is served.
pub fn paths(endpoints: Endpoints, path: Option<&str>) -> Result<(Option<String>, Option<String>), String> {
    if let Some(path) = path {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~');
        if !path.starts_with('/') || !path.chars().all(plain) || path.contains("//") || path.contains("/.") {
            return Err(format!("\"{path}\" is not a path"));
        }
        if TAKEN.contains(&path) || (endpoints.http && endpoints.sse && path == "/sse") {
            return Err(format!("{path} is taken"));
        }
    }
    let http = endpoints.http.then(|| path.unwrap_or("/mcp").to_owned());
    let sse = endpoints.sse.then(|| path.filter(|_| !endpoints.http).unwrap_or("/sse").to_owned());
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
    fn a_configured_path_belongs_to_the_first_endpoint(
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
    #[case("mcp")]
    #[case("/{a}")]
    #[case("/a?b")]
    #[case("/messages")]
    #[case("/metrics")]
    #[case("/.well-known/x")]
    #[case("/sse")]
    fn an_invalid_or_taken_path_is_refused(#[case] path: &str) {
        paths(Endpoints { http: true, sse: true }, Some(path)).unwrap_err();
    }
}
