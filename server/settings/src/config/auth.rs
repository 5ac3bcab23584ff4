//! The tables of the configuration that say who may call over HTTP.
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{self, Secret, Words};

/// OAuth 2.1: whose access tokens are taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OAuthConfig {
    /// The issuer, exactly as its tokens name it in `iss`.
    #[serde(deserialize_with = "values::text")]
    pub issuer: Option<String>,
    /// What tokens may name as their audience; default is `public_url` with `path`.
    pub audience: Words,
    /// Where the issuer's keys are (JWKS); default is where its metadata says.
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

/// One caller with a token: exactly one of `token`, `sha256` and `file` says which.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpToken {
    /// The caller, as log lines name them.
    #[schemars(example = &"phone")]
    pub name: String,
    /// The token, of 16 characters or more.
    #[schemars(with = "Option<String>", example = &"")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Secret>,
    /// Or its SHA-256, in hexadecimal digits.
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
    /// Tools to offer, of those packs.
    #[schemars(example = ["icu_get_*"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tools: Option<Words>,
    /// Tools to take out.
    #[schemars(example = ["icu_delete_*"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclude_tools: Option<Words>,
    /// Offer only what reads.
    #[schemars(example = true)]
    #[serde(default)]
    pub read_only: bool,
    /// Athletes that may be named beside the own one: `any`, or ids.
    #[schemars(example = ["i123"])]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub athletes: Option<Words>,
}
