//! Authenticates callers over HTTP, by the operator's tokens or OAuth access tokens, and sets the limits of what each may see.
mod bearer;
mod issuer;
mod jwk;
mod jwt;
mod keys;
mod oauth;
mod refusal;
mod scopes;
mod signature;
mod tokens;

use std::{fmt, sync::Arc};

use axum::http::HeaderMap;
use intervals_core::DeleteMode;

use intervals_catalog::{Catalog, Selection, Unknown, View};
use intervals_settings::{Config, Fault, Sources};

use oauth::OAuth;
pub use refusal::Refusal;
use refusal::{Challenge, Problem};
use tokens::Tokens;

/// Authenticates callers by the operator's tokens, an issuer's access tokens, or both. With neither it is open to anybody.
pub struct Authenticator {
    /// The identity of callers if the server is open.
    anybody: Identity,
    tokens: Tokens,
    oauth: Option<OAuth>,
}

/// An authenticated caller, and the limits of what it may see.
#[derive(Clone)]
pub struct Identity {
    /// The name in log lines: a token's name, `oauth:` and the issuer's subject, or `anybody`. It is one line, holds no secret, and
    /// is unique.
    pub name: Arc<str>,
    /// What the caller may see: the operator's view or less.
    pub view: Arc<View>,
    /// The other athletes whom the caller may name; `None` for those that the operator allows.
    pub athletes: Option<Arc<[String]>>,
    /// Whether the caller is limited to reading by the scope of its access token, and may request a wider one.
    pub scoped_read_only: bool,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Authenticator {
    /// Reads the files with tokens and computes every caller's view, within `view`, the operator's. Fails on an invalid value.
    pub fn new(config: &Config, sources: &Sources, catalog: &Catalog, view: &View) -> Result<Self, Fault> {
        let view = Arc::new(view.clone());
        let anybody = Identity { name: "anybody".into(), view, athletes: None, scoped_read_only: false };
        let tokens = Tokens::new(config, sources, catalog, &anybody)?;
        let oauth = OAuth::new(config, sources, catalog, &anybody)?;
        Ok(Self { anybody, tokens, oauth })
    }

    /// Takes over the keys that `before` has fetched, if the issuer is the same.
    pub fn after(mut self, before: &Self) -> Self {
        if let (Some(oauth), Some(before)) = (&mut self.oauth, &before.oauth) {
            oauth.reuse_keys(before);
        }
        self
    }

    /// Whether anybody may call.
    pub fn is_open(&self) -> bool {
        self.tokens.is_empty() && self.oauth.is_none()
    }

    /// Authenticates a request with these headers. `metadata_url` is the absolute URL of [`Authenticator::metadata`] for this client.
    pub async fn admit(&self, headers: &HeaderMap, metadata_url: &str) -> Result<Identity, Refusal> {
        if self.is_open() {
            return Ok(self.anybody.clone());
        }
        let admitted = match bearer::token(headers) {
            Ok(token) => self.identify(token).await,
            Err(problem) => Err(problem),
        };
        admitted.map_err(|problem| Refusal::new(problem, self.challenge(metadata_url)))
    }

    /// The identity of a token's owner.
    async fn identify(&self, token: &str) -> Result<Identity, Problem> {
        match (self.tokens.identify(token), &self.oauth) {
            (Some(identity), _) => Ok(identity.clone()),
            (None, Some(oauth)) => oauth.identify(token).await,
            (None, None) => Err(Problem::NotValid),
        }
    }

    /// Whether the caller does not see this tool, but would see it with a wider scope.
    pub fn lacks_scope(&self, identity: &Identity, tool: &str) -> bool {
        identity.scoped_read_only && identity.view.get(tool).is_none() && self.anybody.view.get(tool).is_some()
    }

    /// The refusal that requests a wider scope (RFC 6750 §3.1, `insufficient_scope`).
    pub fn step_up(&self, metadata_url: &str) -> Refusal {
        Refusal::new(Problem::NoWriteScope, self.challenge(metadata_url))
    }

    /// The protected resource metadata of an endpoint, given by its absolute URL (RFC 9728 §2). `None` without OAuth.
    pub fn metadata(&self, resource: &str) -> Option<serde_json::Value> {
        self.oauth.as_ref().map(|oauth| oauth.metadata(resource))
    }

    fn challenge<'a>(&self, metadata_url: &'a str) -> Challenge<'a> {
        match &self.oauth {
            Some(oauth) => Challenge::OAuth { metadata_url, scopes: oauth.scopes() },
            None => Challenge::Tokens,
        }
    }
}

/// A selection of all tools.
fn all_tools() -> Selection {
    Selection { packs: vec!["all".into()], delete_mode: DeleteMode::Full, ..Selection::default() }
}

/// The part of the operator's view that a selection leaves.
fn narrowed(catalog: &Catalog, view: &View, selection: &Selection) -> Result<Arc<View>, Unknown> {
    Ok(Arc::new(view.and(&View::new(catalog, selection)?)))
}

#[cfg(test)]
mod tests;
