//! Who may call over HTTP, and what they may see at most: tokens of the operator's, OAuth access tokens, or anybody.
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

/// Who may call: anybody (open), who has a token of the operator's, who has an access token of the issuer's, or both.
pub struct Authenticator {
    /// Who calls when nobody has to prove anything.
    anybody: Identity,
    tokens: Tokens,
    oauth: Option<OAuth>,
}

/// Who it is, and what they may do at most.
#[derive(Clone)]
pub struct Identity {
    /// As log lines name them: a token's name, `oauth:` with the issuer's subject, or `anybody`. One line, no secret, and
    /// not the name of two callers.
    pub name: Arc<str>,
    /// What they may see: the operator's view or less.
    pub view: Arc<View>,
    /// The athletes whom they may name beside the own one; `None` is as the operator says.
    pub athletes: Option<Arc<[String]>>,
    /// Whether they only read because their access token says no more: they may ask for a wider one.
    pub scoped_read_only: bool,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Authenticator {
    /// Reads the files that hold tokens and computes every caller's view. `view` is what the operator allows. Fails on
    /// configuration that cannot be used.
    pub fn new(config: &Config, sources: &Sources, catalog: &Catalog, view: &View) -> Result<Self, Fault> {
        let view = Arc::new(view.clone());
        let anybody = Identity { name: "anybody".into(), view, athletes: None, scoped_read_only: false };
        let tokens = Tokens::new(config, sources, catalog, &anybody)?;
        let oauth = OAuth::new(config, sources, catalog, &anybody)?;
        Ok(Self { anybody, tokens, oauth })
    }

    /// The same, which goes on with the issuer's keys that `before` knows, when it is the same issuer.
    pub fn after(mut self, before: &Self) -> Self {
        if let (Some(oauth), Some(before)) = (&mut self.oauth, &before.oauth) {
            oauth.keep_keys(before);
        }
        self
    }

    /// Whether anybody may call.
    pub fn is_open(&self) -> bool {
        self.tokens.is_empty() && self.oauth.is_none()
    }

    /// Who sends a request with these headers. `metadata_url` is the absolute URL of [`Authenticator::metadata`], as this client
    /// knows it.
    pub async fn admit(&self, headers: &HeaderMap, metadata_url: &str) -> Result<Identity, Refusal> {
        if self.is_open() {
            return Ok(self.anybody.clone());
        }
        let admitted = match bearer::token(headers) {
            Ok(token) => self.owner(token).await,
            Err(problem) => Err(problem),
        };
        admitted.map_err(|problem| Refusal::new(problem, self.challenge(metadata_url)))
    }

    async fn owner(&self, token: &str) -> Result<Identity, Problem> {
        match (self.tokens.owner(token), &self.oauth) {
            (Some(identity), _) => Ok(identity.clone()),
            (None, Some(oauth)) => oauth.owner(token).await,
            (None, None) => Err(Problem::NotValid),
        }
    }

    /// Whether a wider scope would show this tool to this caller, who does not see it.
    pub fn lacks_scope(&self, identity: &Identity, tool: &str) -> bool {
        identity.scoped_read_only && identity.view.get(tool).is_none() && self.anybody.view.get(tool).is_some()
    }

    /// Asks for the wider scope (RFC 6750 §3.1, `insufficient_scope`).
    pub fn step_up(&self, metadata_url: &str) -> Refusal {
        Refusal::new(Problem::NoWriteScope, self.challenge(metadata_url))
    }

    /// The document about the endpoint `resource`, its absolute URL (RFC 9728 §2); none without OAuth.
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

/// A selection that leaves out nothing.
fn open() -> Selection {
    Selection { packs: vec!["all".into()], delete_mode: DeleteMode::Full, ..Selection::default() }
}

/// What a selection leaves of what the operator allows.
fn narrowed(catalog: &Catalog, view: &View, selection: &Selection) -> Result<Arc<View>, Unknown> {
    Ok(Arc::new(view.and(&View::new(catalog, selection)?)))
}

#[cfg(test)]
mod tests;
