//! OAuth 2.1: this server as a resource server that takes one issuer's access tokens.
use intervals_catalog::{Catalog, Selection};
use intervals_settings::{Config, Fault, Sources, config};
use reqwest::Url;
use serde_json::{Value, json};

use super::{
    Identity,
    issuer::Issuer,
    jwt::Verifier,
    keys::Keys,
    narrowed, open,
    refusal::Problem,
    scopes::{READ, READ_AND_WRITE, WRITE},
};

/// In seconds. No clock that is kept is off by more.
const LARGEST_SKEW: u64 = 600;

/// What the issuer's tokens open.
pub(super) struct OAuth {
    issuer: String,
    jwks_url: Option<String>,
    verifier: Verifier,
    /// Who may do what the operator allows.
    everything: Identity,
    /// Who may read of it.
    reading: Identity,
}

impl OAuth {
    /// None without an issuer. `anybody` may do what the operator allows.
    pub fn new(
        config: &Config,
        sources: &Sources,
        catalog: &Catalog,
        anybody: &Identity,
    ) -> Result<Option<Self>, Fault> {
        let fault = |key: &str, problem: String, remedy: &str| Fault::of(key, sources.get(key), problem, remedy);
        let wishes = &config.oauth;
        let Some(issuer) = wishes.issuer.clone() else {
            if *wishes == config::OAuthConfig::default() {
                return Ok(None);
            }
            // Whoever wrote the rest of the table expects it to hold.
            let problem = "it is missing, and other keys of its table are there".into();
            return Err(fault("oauth.issuer", problem, "Write the issuer's address, or remove the table."));
        };
        if issuer.trim().is_empty() {
            return Err(fault("oauth.issuer", "it is empty".into(), "Write the issuer's address, or remove the key."));
        }
        if wishes.clock_skew > LARGEST_SKEW {
            let problem = format!("{} s would let expired tokens in", wishes.clock_skew);
            return Err(fault("oauth.clock_skew", problem, "Use 60, and 600 at most."));
        }
        let audiences = audiences(config).map_err(|(key, problem)| {
            fault(key, problem, "Set public_url to this server's address, or oauth.audience to what the issuer writes.")
        })?;
        let source = Issuer::new(&issuer, wishes.jwks_url.as_deref(), config.ca_file.clone())
            .map_err(|(key, problem)| fault(key, problem, "Write an https:// address."))?;
        let verifier = Verifier::new(&issuer, &audiences, wishes.clock_skew, Keys::new(source));
        let reads = Selection { read_only: true, ..open() };
        let view = narrowed(catalog, &anybody.view, &reads)
            .map_err(|unknown| fault("oauth.issuer", unknown.problem, "Report this defect."))?;
        let reading = Identity { view, scoped_read_only: true, ..anybody.clone() };
        let jwks_url = wishes.jwks_url.clone();
        Ok(Some(Self { issuer, jwks_url, verifier, everything: anybody.clone(), reading }))
    }

    /// Goes on with the keys that `before` has fetched from the same place.
    pub fn keep_keys(&mut self, before: &Self) {
        if (&self.issuer, &self.jwks_url) == (&before.issuer, &before.jwks_url) {
            self.verifier.keys = before.verifier.keys.clone();
        }
    }

    /// Who has this token.
    pub async fn owner(&self, token: &str) -> Result<Identity, Problem> {
        let claims = self.verifier.claims(token).await?;
        let Some(name) = claims.name() else {
            tracing::debug!("a token is refused: it names neither its subject nor its client");
            return Err(Problem::NotValid);
        };
        let allowed = match (claims.grants(WRITE), claims.grants(READ)) {
            (true, _) => &self.everything,
            (false, true) => &self.reading,
            (false, false) => return Err(Problem::NoScope),
        };
        Ok(Identity { name: name.into(), ..allowed.clone() })
    }

    /// What a client asks the issuer for: no more than there is to do here.
    pub fn scopes(&self) -> &'static str {
        if self.everything.view.read_only() { READ } else { READ_AND_WRITE }
    }

    /// RFC 9728 §2.
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

/// Whom tokens must be made out to. Fails with the key and what is wrong.
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
    // Whichever transport a client speaks, it is this server that it means.
    let mut paths = vec!["/mcp", "/sse"];
    paths.extend(config.path.as_deref());
    let endpoints = paths.into_iter().map(|path| format!("{}{path}", url.trim_end_matches('/')));
    // Clients write the address of a root with and without its slash.
    Ok(endpoints.flat_map(|endpoint| [endpoint.trim_end_matches('/').to_owned(), endpoint]).collect())
}
