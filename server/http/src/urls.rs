//! The absolute URLs by which clients reach this server, behind a proxy or not.
use std::sync::Arc;

use axum::http::{HeaderMap, Uri};

use crate::{
    hosts,
    paths::{MESSAGES, WELL_KNOWN},
};

/// The public URL and the endpoints below it.
pub struct PublicUrls {
    /// The configured public URL.
    public_url: Option<String>,
    /// The paths of the endpoints, that of HTTP+SSE last.
    endpoints: Vec<String>,
}

impl PublicUrls {
    /// `endpoints` are paths, that of HTTP+SSE last.
    pub fn new(public_url: Option<String>, endpoints: Vec<String>) -> Self {
        Self { public_url, endpoints }
    }

    /// The URL of this server for the client that sends this request, without a slash at the end.
    pub fn base(&self, headers: &HeaderMap, uri: &Uri) -> String {
        if let Some(url) = &self.public_url {
            return url.trim_end_matches('/').into();
        }
        let encrypted = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
        let host = hosts::host(headers, uri).unwrap_or_else(|| "localhost".into());
        format!("{}://{host}", if encrypted { "https" } else { "http" })
    }

    /// The path that a proxy puts before the paths of this server.
    pub fn prefix(&self) -> Arc<str> {
        let after_host = self
            .public_url
            .as_deref()
            .and_then(|url| url.split_once("://"))
            .and_then(|(_, rest)| rest.find('/').map(|at| rest.split_at(at).1));
        after_host.unwrap_or_default().trim_end_matches('/').into()
    }

    /// The URL of the metadata of the endpoint that the request is for. The well-known part follows right after the host (RFC 9728
    /// §3.1).
    pub fn metadata_url(&self, headers: &HeaderMap, uri: &Uri) -> String {
        let base = self.base(headers, uri);
        let host_end = base.find("://").map_or(0, |at| at + 3);
        let (host, prefix) = match base.get(host_end..).and_then(|rest| rest.find('/')) {
            Some(at) => base.split_at(host_end + at),
            None => (base.as_str(), ""),
        };
        format!("{host}{WELL_KNOWN}{prefix}{}", self.endpoint(uri.path()))
    }

    /// The URL of the endpoint whose metadata is requested, or of the first one if the request names none.
    pub fn described_endpoint(&self, headers: &HeaderMap, uri: &Uri) -> Option<String> {
        let requested = uri.path().strip_prefix(WELL_KNOWN).unwrap_or_default();
        // Behind a proxy the requested path may have a prefix that the endpoint's path does not have.
        let is_requested = |path: &&String| requested.is_empty() || requested.ends_with(path.as_str());
        let path = self.endpoints.iter().find(is_requested)?;
        Some(format!("{}{path}", self.base(headers, uri)))
    }

    /// The endpoint that a path belongs to: clients know no other paths.
    fn endpoint<'a>(&'a self, path: &'a str) -> &'a str {
        let known = |endpoint: &&String| **endpoint == path;
        match self.endpoints.iter().find(known) {
            Some(endpoint) => endpoint,
            // Messages belong to HTTP+SSE, which is last.
            None if path == MESSAGES => self.endpoints.last().map_or(path, String::as_str),
            None => self.endpoints.first().map_or(path, String::as_str),
        }
    }
}
