//! Tables of the configuration for authentication over HTTP.
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{self, Secret, Words};

/// OAuth 2.1: the issuer whose access tokens are accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OAuthConfig {
    /// The issuer, exactly as its tokens name it in `iss`.
    #[serde(deserialize_with = "values::text_or_blank")]
    pub issuer: Option<String>,
    /// Audiences that tokens may name in `aud`; default is `public_url` with `path`.
    pub audience: Words,
    /// URL of the issuer's keys (JWKS); default is the one in its metadata.
    #[serde(deserialize_with = "values::text")]
    pub jwks_url: Option<String>,
    /// Seconds by which the issuer's clock may differ.
    pub clock_skew: u64,
}

impl Default for OAuthConfig {
    fn default() -> Self {
        Self { issuer: None, audience: Words::default(), jwks_url: None, clock_skew: 60 }
    }
}

/// A caller with a token. Exactly one of `token`, `sha256` and `file` must be set.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpToken {
    /// Name of the caller in log lines.
    #[schemars(example = &"phone")]
    pub name: String,
    /// The token, 16 characters or more.
    #[schemars(with = "Option<String>", example = &"")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// Or the token's SHA-256, in hexadecimal digits.
    #[schemars(with = "Option<String>", example = &"")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Secret>,
    /// Or a file whose first line is the token.
    #[schemars(example = &"/run/secrets/phone")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// Packs to offer.
    #[schemars(example = ["wellness"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packs: Option<Words>,
    /// Tools to offer, of those packs; `*` matches any characters.
    #[schemars(example = ["icu_get_*"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tools: Option<Words>,
    /// Tools to take out.
    #[schemars(example = ["icu_delete_*"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_tools: Option<Words>,
    /// Offer only tools that read.
    #[schemars(example = true)]
    #[serde(default)]
    pub read_only: bool,
    /// Other athletes whose data tools may use: `any`, or ids.
    #[schemars(example = ["i123"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub athletes: Option<Words>,
}
