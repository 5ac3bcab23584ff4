//! The paths of this server beside its endpoints.

/// Where messages of HTTP+SSE are posted to.
pub const MESSAGES: &str = "/messages";

/// The metadata of a protected resource (RFC 9728).
pub const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// The paths that no endpoint may have.
pub const TAKEN: &[&str] = &["/", "/health", "/healthz", "/readyz", "/metrics", MESSAGES];

/// The transports that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoints {
    /// Streamable HTTP.
    pub http: bool,
    /// HTTP+SSE.
    pub sse: bool,
}

/// The paths of streamable HTTP and of HTTP+SSE. A configured one is the former's; the latter's when it is alone.
pub fn paths(wanted: Endpoints, path: Option<&str>) -> Result<(Option<String>, Option<String>), String> {
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
}
