//! Finds and fetches the keys of an issuer (RFC 8414, OpenID Connect Discovery 1.0).
use std::{path::PathBuf, sync::OnceLock, time::Duration};

use intervals_core::client::{http_client, is_local};
use reqwest::{Client, Url};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::jwk::Key;

/// The time limit of a fetch, including its metadata.
const DEADLINE: Duration = Duration::from_secs(10);
/// The largest accepted document of an issuer.
const MAX_DOCUMENT_BYTES: usize = 1 << 20;

/// An issuer of access tokens.
pub(super) struct Issuer {
    /// Its identifier, exactly as in tokens.
    name: String,
    url: Url,
    jwks_url: Option<Url>,
    ca_file: Option<PathBuf>,
    /// Built with the first fetch.
    http: OnceLock<Result<Client, String>>,
}

#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

impl Issuer {
    /// Fails with the key of the configuration and the problem.
    pub fn new(name: &str, jwks_url: Option<&str>, ca_file: Option<PathBuf>) -> Result<Self, (&'static str, String)> {
        let url = trusted_url(name).map_err(|problem| ("oauth.issuer", problem))?;
        if url.query().is_some() {
            return Err(("oauth.issuer", "an issuer has no ? (RFC 8414 §2)".into()));
        }
        let jwks_url = jwks_url.map(trusted_url).transpose().map_err(|problem| ("oauth.jwks_url", problem))?;
        Ok(Self { name: name.into(), url, jwks_url, ca_file, http: OnceLock::new() })
    }

    /// Fetches the current keys. The error is for the log.
    pub async fn keys(&self) -> Result<Vec<Key>, String> {
        let fetched = tokio::time::timeout(DEADLINE, async {
            let url = match &self.jwks_url {
                Some(url) => url.clone(),
                None => self.jwks_url_of_metadata().await?,
            };
            let set: KeySet = self.document(&url).await?;
            let keys: Vec<_> = set.keys.iter().filter_map(Key::of).collect();
            if keys.is_empty() { Err(format!("{url} holds no key that can be used")) } else { Ok(keys) }
        });
        fetched.await.unwrap_or_else(|_| Err(format!("{} does not answer in time", self.url)))
    }

    /// The URL of the keys, from the issuer's metadata.
    async fn jwks_url_of_metadata(&self) -> Result<Url, String> {
        let mut problems = vec![];
        for url in metadata_urls(&self.url) {
            match self.document::<Metadata>(&url).await {
                // Without this check one issuer could impersonate another (RFC 8414 §3.3).
                Ok(found) if found.issuer != self.name => {
                    problems.push(format!("{url} is the metadata of {:?}", found.issuer));
                }
                Ok(found) => {
                    return trusted_url(&found.jwks_uri).map_err(|problem| format!("{url}: jwks_uri: {problem}"));
                }
                Err(problem) => problems.push(problem),
            }
        }
        Err(problems.join("; "))
    }

    /// Fetches a JSON document.
    async fn document<T: DeserializeOwned>(&self, url: &Url) -> Result<T, String> {
        let problem = |e: reqwest::Error| format!("{url}: {}", root_cause(&e));
        let mut reply = self.http()?.get(url.clone()).send().await.map_err(problem)?;
        if !reply.status().is_success() {
            return Err(format!("{url} answers {}", reply.status()));
        }
        let mut body = vec![];
        while let Some(chunk) = reply.chunk().await.map_err(problem)? {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_DOCUMENT_BYTES {
                return Err(format!("{url} answers with more than 1 MiB"));
            }
        }
        serde_json::from_slice(&body).map_err(|e| format!("{url} is not a valid document: {e}"))
    }

    fn http(&self) -> Result<&Client, String> {
        let local = is_local(self.jwks_url.as_ref().unwrap_or(&self.url));
        let build = || http_client(self.ca_file.as_deref(), local).map_err(|e| e.to_string());
        self.http.get_or_init(build).as_ref().map_err(Clone::clone)
    }
}

/// The possible URLs of an issuer's metadata. RFC 8414 §3.1 puts the well-known part before the path, OpenID Connect Discovery §4
/// after it.
fn metadata_urls(issuer: &Url) -> Vec<Url> {
    let path = issuer.path().trim_end_matches('/');
    let mut paths = vec![
        format!("/.well-known/oauth-authorization-server{path}"),
        format!("/.well-known/openid-configuration{path}"),
        format!("{path}/.well-known/openid-configuration"),
    ];
    paths.dedup();
    let at = |path: String| {
        let mut url = issuer.clone();
        url.set_path(&path);
        url
    };
    paths.into_iter().map(at).collect()
}

/// Parses a URL that must use https, or be on this machine: its content decides who may call.
fn trusted_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|e| format!("{text:?} is not an address: {e}"))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        // The text is left out: it may hold a password.
        return Err("it has a user or a #".into());
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_local(&url) => Ok(url),
        _ => Err(format!("{text:?} does not start with https://")),
    }
}

/// The innermost cause of an error. The outer ones only say that a request failed.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests;
