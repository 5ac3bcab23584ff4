//! OAuth 2.1: this server as a resource server that accepts access tokens of one issuer.
use intervals_catalog::{Catalog, Selection};
use intervals_settings::{Config, Fault, Sources, config};
use reqwest::Url;
use serde_json::{Value, json};

use super::{
    Identity, all_tools,
    issuer::Issuer,
    jwt::Verifier,
    keys::Keys,
    narrowed,
    refusal::Problem,
    scopes::{READ, READ_AND_WRITE, WRITE},
};

/// The largest clock skew, in seconds. Synchronised clocks differ by less.
const MAX_SKEW: u64 = 600;

/// Identifies callers by access tokens of the issuer.
pub(super) struct OAuth {
    issuer: String,
    jwks_url: Option<String>,
    verifier: Verifier,
    /// The limits of a token that may write: those of the operator.
    read_write: Identity,
    /// The limits of a token that may only read.
    read_only: Identity,
}

impl OAuth {
    /// `None` if no issuer is configured. `anybody` has the operator's limits.
    pub fn new(
        config: &Config,
        sources: &Sources,
        catalog: &Catalog,
        anybody: &Identity,
    ) -> Result<Option<Self>, Fault> {
        let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
        let options = &config.oauth;
        let Some(issuer) = options.issuer.clone() else {
            if *options == config::OAuthConfig::default() {
                return Ok(None);
            }
            // Without an issuer the other keys of the table would have no effect.
            let problem = "it is missing, and other keys of its table are there".into();
            return Err(fault("oauth.issuer", problem, "Write the issuer's address, or remove the table."));
        };
        if issuer.trim().is_empty() {
            return Err(fault("oauth.issuer", "it is empty".into(), "Write the issuer's address, or remove the key."));
        }
        if options.clock_skew > MAX_SKEW {
            let problem = format!("{} s would let expired tokens in", options.clock_skew);
            return Err(fault("oauth.clock_skew", problem, "Use 60, or at most 600."));
        }
        let audiences = audiences(config).map_err(|(key, problem)| {
            fault(key, problem, "Set public_url to this server's address, or oauth.audience to what the issuer writes.")
        })?;
        let source = Issuer::new(&issuer, options.jwks_url.as_deref(), config.ca_file.clone())
            .map_err(|(key, problem)| fault(key, problem, "Write an https:// address."))?;
        let verifier = Verifier::new(&issuer, &audiences, options.clock_skew, Keys::new(source));
        let reads = Selection { read_only: true, ..all_tools() };
        let view = narrowed(catalog, &anybody.view, &reads)
            .map_err(|unknown| fault("oauth.issuer", unknown.problem, "Report this defect."))?;
        let read_only = Identity { view, scoped_read_only: true, ..anybody.clone() };
        let jwks_url = options.jwks_url.clone();
        Ok(Some(Self { issuer, jwks_url, verifier, read_write: anybody.clone(), read_only }))
    }

    /// Takes over the keys that `before` has fetched from the same URL.
    pub fn reuse_keys(&mut self, before: &Self) {
        if (&self.issuer, &self.jwks_url) == (&before.issuer, &before.jwks_url) {
            self.verifier.keys = before.verifier.keys.clone();
        }
    }

    /// The identity of an access token's owner.
    pub async fn identify(&self, token: &str) -> Result<Identity, Problem> {
        let claims = self.verifier.claims(token).await?;
        let Some(name) = claims.name() else {
            tracing::debug!("a token is refused: it names neither its subject nor its client");
            return Err(Problem::NotValid);
        };
        let allowed = match (claims.grants(WRITE), claims.grants(READ)) {
            (true, _) => &self.read_write,
            (false, true) => &self.read_only,
            (false, false) => return Err(Problem::NoScope),
        };
        Ok(Identity { name: name.into(), ..allowed.clone() })
    }

    /// The scopes that a client should request from the issuer: write only if the operator allows writing.
    pub fn scopes(&self) -> &'static str {
        if self.read_write.view.read_only() { READ } else { READ_AND_WRITE }
    }

    /// The protected resource metadata (RFC 9728 §2).
    pub fn metadata(&self, resource: &str) -> Value {
        json!({
            "resource": resource,
            "authorization_servers": [self.issuer],
            "scopes_supported": self.scopes().split(' ').collect::<Vec<_>>(),
            "bearer_methods_supported": ["header"],
            "resource_name": "Intervals.icu",
        })
    }
}

/// The accepted audiences of tokens. Fails with the key and the problem.
fn audiences(config: &Config) -> Result<Vec<String>, (&'static str, String)> {
    if !config.oauth.audience.0.is_empty() {
        return Ok(config.oauth.audience.0.clone());
    }
    let Some(url) = &config.public_url else {
        let problem = "tokens must be made out to this server, and nothing says what its address is";
        return Err(("oauth.audience", problem.into()));
    };
    if !Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(("public_url", format!("{url:?} is not an address such as https://mcp.example.org")));
    }
    // The endpoints of all transports are accepted.
    let mut paths = vec!["/mcp", "/sse"];
    paths.extend(config.path.as_deref());
    let endpoints = paths.into_iter().map(|path| format!("{}{path}", url.trim_end_matches('/')));
    // Clients write the URL of the root path with or without its slash.
    Ok(endpoints.flat_map(|endpoint| [endpoint.trim_end_matches('/').to_owned(), endpoint]).collect())
}
