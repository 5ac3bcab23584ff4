//! Who may call: so far anybody, which is why only this machine is served.
use std::{collections::BTreeMap, sync::Arc};

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use crate::{
    catalog::Catalog,
    config::{Config, Fault},
    view::View,
};

/// Who may call.
pub struct Gate {
    view: Arc<View>,
}

/// Who it is, and what they may do at most.
#[derive(Clone)]
pub struct Identity {
    /// As log lines name them; never a secret.
    pub name: Arc<str>,
    /// What they may see: the operator's view or less.
    pub view: Arc<View>,
    /// The athletes they may name beside the own one; `None`: as the operator says.
    pub athletes: Option<Arc<[String]>>,
    /// Whether a wider scope would show more.
    pub scoped_read_only: bool,
}

/// 401 or 403.
pub struct Refusal;

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

impl Gate {
    /// Of a configuration.
    pub fn new(_: &Config, _: &BTreeMap<String, String>, _: &Catalog, view: &View) -> Result<Self, Fault> {
        Ok(Self { view: Arc::new(view.clone()) })
    }

    /// Whether anybody may call.
    pub fn is_open(&self) -> bool {
        true
    }

    /// Who sends a request with these headers.
    pub async fn admit(&self, _: &HeaderMap, _: &str) -> Result<Identity, Refusal> {
        Ok(Identity { name: "anonymous".into(), view: self.view.clone(), athletes: None, scoped_read_only: false })
    }

    /// RFC 9728 document, when there is an authorization server.
    pub fn metadata(&self, _: &str) -> Option<serde_json::Value> {
        None
    }

    /// Whether the tool is hidden by the granted scope alone.
    pub fn lacks_scope(&self, _: &Identity, _: &str) -> bool {
        false
    }

    /// Says which scope is missing.
    pub fn step_up(&self, _: &str) -> Refusal {
        Refusal
    }
}
