//! A service: its address, and the connection pool and rate limiter that all accounts share.
use std::{
    net::IpAddr,
    num::NonZeroU32,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::{Certificate, ClientBuilder, Url, redirect};

use crate::{
    ClientError, Result, Traffic,
    exchange::{self, Greeting},
    pace::Pace,
    traffic::Counts,
};

/// The address of a service, and the limits of requests to it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The service's root; `/api/v1` is appended. It must be https, unless it is this machine.
    pub(crate) base_url: String,
    /// Requests per second; 0 is no limit, `None` is 10 (no limit for this machine).
    pub(crate) rate: Option<f64>,
    /// The number of requests that may be sent at once before the rate applies.
    pub(crate) burst: NonZeroU32,
    /// PEM certificates to trust beside the system's.
    pub(crate) ca_file: Option<PathBuf>,
    /// How long athlete profiles are cached.
    pub(crate) cache: Duration,
    /// The largest body that is read, in bytes.
    pub(crate) cap: usize,
    /// The most attempts of one request, if it may be repeated.
    pub(crate) attempts: usize,
}

impl Options {
    /// The defaults for a service at `base_url`.
    pub fn at(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            rate: None,
            burst: NonZeroU32::MIN.saturating_add(9),
            ca_file: None,
            cache: Duration::from_secs(60),
            cap: 64 << 20,
            attempts: 3,
        }
    }

    /// Sets the service's root.
    pub fn with_base_url(self, base_url: impl Into<String>) -> Self {
        Self { base_url: base_url.into(), ..self }
    }

    /// Sets the requests per second; 0 is no limit, `None` is 10 (no limit for this machine).
    pub fn with_rate(self, rate: Option<f64>) -> Self {
        Self { rate, ..self }
    }

    /// Sets the number of requests that may be sent at once before the rate applies; by default 10.
    pub fn with_burst(self, burst: NonZeroU32) -> Self {
        Self { burst, ..self }
    }

    /// Sets the file of PEM certificates to trust beside the system's.
    pub fn with_ca_file(self, ca_file: Option<PathBuf>) -> Self {
        Self { ca_file, ..self }
    }

    /// Sets how long athlete profiles are cached; by default a minute.
    pub fn with_cache(self, cache: Duration) -> Self {
        Self { cache, ..self }
    }

    /// Sets the largest body that is read, in bytes; by default 64 MiB.
    pub fn with_cap(self, cap: usize) -> Self {
        Self { cap, ..self }
    }

    /// Sets the most attempts of one request, if it may be repeated; by default 3.
    pub fn with_attempts(self, attempts: usize) -> Self {
        Self { attempts, ..self }
    }
}

/// A service that any number of accounts share: one connection pool, one rate limit. Cheap to clone.
#[derive(Clone)]
pub struct Service(Arc<Shared>);

struct Shared {
    options: Options,
    base: Url,
    local: bool,
    pace: Option<Pace>,
    /// Built with the first request, because `tools/list` need not wait for the milliseconds that it takes.
    http: OnceLock<Result<reqwest::Client>>,
    counts: Counts,
}

/// The default of requests per second.
const RATE: f64 = 10.0;

/// The timeout of [`Service::greet`].
const PATIENCE: Duration = Duration::from_secs(3);

impl Service {
    /// Creates a service. Fails on an invalid URL, or one that a key would be sent to unencrypted.
    pub fn new(options: Options) -> Result<Self> {
        let shown = &options.base_url;
        let base =
            Url::parse(shown).map_err(|e| ClientError::Setup(format!("base_url \"{shown}\" is not a URL: {e}")))?;
        let local = is_local(&base);
        if base.cannot_be_a_base() || (base.scheme() != "https" && !(base.scheme() == "http" && local)) {
            let problem = format!("base_url \"{shown}\" must start with https://, since the API key is sent to it");
            return Err(ClientError::Setup(problem));
        }
        if base.username() != "" || base.password().is_some() || base.query().is_some() || base.fragment().is_some() {
            // Not shown: the part before an @ may be a secret.
            return Err(ClientError::Setup("base_url must be an address alone, without user, ? and #".into()));
        }
        let rate = options.rate.unwrap_or(if local { 0.0 } else { RATE });
        let pace = Pace::new(rate, options.burst);
        let (http, counts) = (OnceLock::new(), Counts::new());
        Ok(Self(Arc::new(Shared { options, base, local, pace, http, counts })))
    }

    /// Builds the HTTP client now, so that invalid options fail at start-up.
    pub fn check(&self) -> Result<()> {
        self.http().map(drop)
    }

    /// Its root, as in the options.
    pub fn address(&self) -> &str {
        &self.0.options.base_url
    }

    /// The most requests per second; `None` is no limit.
    pub fn rate(&self) -> Option<f64> {
        self.0.pace.is_some().then(|| self.0.options.rate.unwrap_or(RATE))
    }

    /// The counts of requests of all accounts so far.
    pub fn traffic(&self) -> Traffic {
        self.0.counts.traffic()
    }

    /// Requests the service's root once, without a credential. Succeeds on any status below 500 within 3 s.
    ///
    /// It waits for the rate limit like every request; that time is not limited here.
    pub async fn reachable(&self) -> Result<()> {
        self.greet().await.map(drop)
    }

    /// Like [`reachable`](Self::reachable). Returns the date, the rate limits and the duration of the response.
    pub async fn greet(&self) -> Result<Greeting> {
        self.pace().await;
        exchange::probe(self.http()?.head(self.0.base.clone()).timeout(PATIENCE), &self.0.counts).await
    }

    pub(crate) fn counts(&self) -> &Counts {
        &self.0.counts
    }

    pub(crate) async fn pace(&self) {
        if let Some(pace) = &self.0.pace {
            let _waiting = self.0.counts.waiting();
            pace.turn().await;
        }
    }

    pub(crate) fn cache(&self) -> Duration {
        self.0.options.cache
    }

    pub(crate) fn attempts(&self) -> usize {
        self.0.options.attempts
    }

    pub(crate) fn cap(&self) -> usize {
        self.0.options.cap
    }

    pub(crate) fn http(&self) -> Result<&reqwest::Client> {
        self.0
            .http
            .get_or_init(|| http_client(self.0.options.ca_file.as_deref(), self.0.local))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The URL of a path. Segments are encoded one by one, and dots are refused: a model names the ids, and must not leave the
    /// path.
    pub(crate) fn url(&self, path: &[&str]) -> Result<Url> {
        let bad = |id: &str| ClientError::BadSegment { id: id.into(), path: path.join("/") };
        if let Some(segment) = path.iter().find(|segment| !is_plain(segment)) {
            return Err(bad(segment));
        }
        let mut url = self.0.base.clone();
        url.path_segments_mut().map_err(|()| bad(""))?.pop_if_empty().extend(["api", "v1"]).extend(path);
        Ok(url)
    }
}

/// Whether a segment has the same meaning here, for the URL parser, which drops control characters before it looks at dots, and for
/// servers that cut a segment at `;` or read `\` as `/`.
fn is_plain(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..") && !segment.contains(|c: char| c.is_control() || matches!(c, ';' | '\\'))
}

/// Whether a URL is on this machine.
pub fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Installs ring for TLS, unless a provider is installed already.
pub fn install_tls() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// An HTTP client that trusts the certificates in `ca_file` beside the system's, and follows no redirect to an unencrypted
/// address. For this machine (`local`) it uses no proxy.
pub fn http_client(ca_file: Option<&Path>, local: bool) -> Result<reqwest::Client> {
    install_tls();
    let builder = || {
        let builder = ClientBuilder::new()
            .user_agent(concat!("intervals-icu-mcp/", env!("CARGO_PKG_VERSION")))
            // The deadline of a call covers the rest.
            .connect_timeout(Duration::from_secs(5))
            .redirect(redirect::Policy::custom(safe_redirect));
        if local { builder.no_proxy() } else { builder }
    };
    let own = match ca_file {
        Some(file) => {
            let problem = |e: String| ClientError::Setup(format!("ca_file {}: {e}", file.display()));
            let pem = std::fs::read(file).map_err(|e| problem(e.to_string()))?;
            let certificates = Certificate::from_pem_bundle(&pem).map_err(|e| problem(e.to_string()))?;
            if certificates.is_empty() {
                return Err(problem("there is no certificate in it".into()));
            }
            certificates
        }
        None => vec![],
    };
    // The platform's verifier needs the system's roots; an empty container image has none.
    builder().tls_certs_merge(own.clone()).build().or_else(|_| {
        let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().filter_map(|der| Certificate::from_der(der).ok());
        let problem = |e: reqwest::Error| ClientError::Setup(format!("the HTTP client could not be built: {e}"));
        builder().tls_certs_only(bundled.chain(own)).build().map_err(problem)
    })
}

/// Follows a few redirects, none to an unencrypted address.
fn safe_redirect(attempt: redirect::Attempt<'_>) -> redirect::Action {
    if attempt.previous().len() > 5 {
        attempt.error("too many redirects")
    } else if attempt.url().scheme() == "https" || is_local(attempt.url()) {
        attempt.follow()
    } else {
        attempt.stop()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://intervals.icu", true)]
    #[case("http://127.0.0.1:8080", true)]
    #[case("http://[::1]:8080", true)]
    #[case("http://localhost", true)]
    #[case("http://intervals.icu", false)]
    #[case("http://127.0.0.1.evil.example", false)]
    #[case("ftp://127.0.0.1", false)]
    #[case("intervals.icu", false)]
    #[case("https://user:key@intervals.icu", false)]
    #[case("https://intervals.icu/?key=x", false)]
    fn a_key_is_never_sent_in_clear_to_another_host(#[case] base_url: &str, #[case] accepted: bool) {
        assert_eq!(Service::new(Options::at(base_url)).is_ok(), accepted);
    }

    #[test]
    fn an_id_stays_within_its_segment() {
        let service = Service::new(Options::at("https://example.org/sub/")).unwrap();
        let url = service.url(&["activity", "../../x?y#z%2e"]).unwrap();
        assert_eq!(url.as_str(), "https://example.org/sub/api/v1/activity/..%2F..%2Fx%3Fy%23z%252e");
        for bad in ["", ".", "..", ".\t.", ".\n.", "\r", "..;", "bulk-\tdelete", "bulk-delete;x", "a\\b"] {
            assert!(matches!(service.url(&["activity", bad]), Err(ClientError::BadSegment { .. })));
        }
        let error_of = |id| service.url(&["activity", id, "messages"]).unwrap_err().to_string();
        assert_eq!(error_of(""), "an id is empty (in activity//messages)");
        assert_eq!(error_of(".."), "\"..\" cannot be an id (in activity/../messages)");
    }
}
