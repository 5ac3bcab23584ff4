//! The configuration: every key with its type, default and description.
mod auth;
mod choices;
mod limits;
mod narrowing;
mod overrides;
mod running;

use std::{collections::BTreeMap, path::PathBuf};

use intervals_core::JsonMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{self, Secret, Words};

pub use auth::{HttpToken, OAuthConfig};
pub use choices::{AnswerForm, Deletes, LogFormat, UnitsChoice};
pub use limits::Limits;
pub use narrowing::Narrowing;
pub use overrides::Override;

/// The configuration. The environment variable of a key is `INTERVALS_ICU_<KEY>`, that of a key in a table
/// `INTERVALS_ICU_<TABLE>__<KEY>`.
///
/// The doc comments of the fields are product text: `docs/configuration.md` and `config.example.toml` are generated from them.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Personal API key: intervals.icu, Settings, Developer Settings.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<Secret>,
    /// OAuth access token, instead of a key.
    #[schemars(with = "Option<String>")]
    pub access_token: Option<Secret>,
    /// Athlete whose data tools use, and whose units answers use; default is the key's owner.
    #[serde(deserialize_with = "values::text")]
    pub athlete_id: Option<String>,
    /// Base URL of Intervals.icu.
    pub base_url: String,
    /// Packs to offer: names, `all`, `default`, `@minimal`, `@analysis`, `@planning`, `@coach`, `-name` to take one out.
    pub packs: Words,
    /// Tools to offer, of those packs; `*` matches any characters. Empty is all.
    pub tools: Words,
    /// Tools to take out.
    pub exclude_tools: Words,
    /// Limit of tokens that the tools may cost a model together, 0 for no limit; rare tools are left out first.
    pub max_tool_tokens: usize,
    /// Folder of packs without Rust, a TOML file each; default is `packs.d` beside config.toml.
    pub packs_dir: Option<PathBuf>,
    /// Let clients find and switch packs themselves; without `packs`, none is on at the start.
    pub dynamic: bool,
    /// Offer only tools that read.
    pub read_only: bool,
    /// Deletes to offer: `none`, `safe` (guarded ones, which skip what would be missed) or `full`.
    pub delete_mode: Deletes,
    /// Show `athlete_id` in the schemas.
    pub coach: bool,
    /// Other athletes whose data tools may use: `any`, or ids.
    pub athletes: Words,
    /// Units of answers as text: `athlete` (those in their record), `metric` or `imperial`.
    pub units: UnitsChoice,
    /// Time zone that decides which day is today for the own athlete. Default: the time zone in the athlete's record.
    pub timezone: Option<String>,
    /// Format of an answer's text: `text` or `json`.
    pub answer: AnswerForm,
    /// Send structured answers and output schemas.
    pub structured: bool,
    /// Folder where downloaded files are also saved.
    pub download_dir: Option<PathBuf>,
    /// Transports, one or several: `stdio`, `http` (streamable HTTP) and `sse` (the older HTTP+SSE).
    pub transport: Words,
    /// Address that HTTP listens on.
    pub host: String,
    /// Port that HTTP listens on.
    pub port: u16,
    /// Path of the HTTP endpoint; default is /mcp, and /sse for HTTP+SSE.
    pub path: Option<String>,
    /// Host names of this server, beside those of this machine; `*.example.org` for all subdomains.
    pub allowed_hosts: Words,
    /// Origins of web pages that may call, beside this server's own, such as `https://app.example.org`; `:*` at the end for any port.
    pub allowed_origins: Words,
    /// URL by which clients reach this server, such as `https://mcp.example.org`.
    pub public_url: Option<String>,
    /// Listen on an address that other machines reach, although callers need no authentication.
    pub allow_unauthenticated: bool,
    /// Callers send their own key as X-Intervals-Api-Key (and X-Intervals-Athlete-Id); the server's own is never used then.
    pub caller_credentials: bool,
    /// Keep no sessions over HTTP, so that any instance can answer any request.
    pub stateless: bool,
    /// Redis that stores HTTP sessions, so that all instances share them: `redis://user:password@host:6379/0`, `rediss://` for TLS.
    #[schemars(with = "Option<String>")]
    pub redis_url: Option<Secret>,
    /// Bearer token that callers over HTTP must send, 16 characters or more.
    #[schemars(with = "Option<String>")]
    pub http_token: Option<Secret>,
    /// File whose first line is `http_token`.
    pub http_token_file: Option<PathBuf>,
    /// What is logged to stderr: `off`, `error`, `warn`, `info`, `debug`, `trace`, or per target; HTTP adds `call=info`, a line per call, unless this is set.
    pub log: String,
    /// Log lines as `text` or `json`.
    pub log_format: LogFormat,
    /// Rate limit: requests per second to the service, 0 for no limit; default is 10, and no limit for a service on this machine.
    #[serde(deserialize_with = "values::number")]
    pub rate: Option<f64>,
    /// Requests that may be sent at once before the rate limit applies.
    pub burst: u32,
    /// PEM file of certificates to trust, beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Seconds that one call may take.
    pub deadline: u64,
    /// Seconds that athlete records are cached.
    pub cache: u64,
    /// OAuth 2.1: callers over HTTP authenticate with JWT access tokens. `issuer` switches it on.
    pub oauth: OAuthConfig,
    /// Limits of the HTTP server.
    pub limits: Limits,
    /// Callers over HTTP, each with a token and its own limits; a limit that is left out is the server's.
    pub http_tokens: Vec<HttpToken>,
    /// Fixed arguments, for every tool that has them: they are left out of the schemas, and a call cannot send them.
    #[schemars(example = serde_json::json!({"athlete_id": "i123"}))]
    pub fixed: JsonMap,
    /// Overrides of single tools: `description`, `title`, `tier`, `fixed` arguments.
    #[schemars(example = serde_json::json!({"icu_get_wellness_data":
        {"title": "Morning", "description": "MORNING values by day.", "fixed": {"days_back": 14}}}))]
    pub tool: BTreeMap<String, Override>,
    /// Settings of packs, a table for each; docs/configuration.md has their keys.
    #[schemars(example = serde_json::json!({"wellness": {"fields": ["hrv", "sleep"]}}))]
    pub pack: BTreeMap<String, JsonMap>,
    // Not a key: set by `load` from the `.env`.
    /// Selections of the `.env`.
    #[serde(skip)]
    pub narrowing: Narrowing,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_key: None,
            access_token: None,
            athlete_id: None,
            base_url: "https://intervals.icu".into(),
            packs: Words::of(["default"]),
            tools: Words::default(),
            exclude_tools: Words::default(),
            max_tool_tokens: 0,
            packs_dir: None,
            dynamic: false,
            read_only: false,
            delete_mode: Deletes::Safe,
            coach: false,
            athletes: Words::of(["any"]),
            units: UnitsChoice::Athlete,
            timezone: None,
            answer: AnswerForm::Text,
            structured: true,
            download_dir: None,
            transport: Words::of(["stdio"]),
            host: "127.0.0.1".into(),
            port: 8000,
            path: None,
            allowed_hosts: Words::default(),
            allowed_origins: Words::default(),
            public_url: None,
            allow_unauthenticated: false,
            caller_credentials: false,
            stateless: false,
            redis_url: None,
            http_token: None,
            http_token_file: None,
            log: "warn".into(),
            log_format: LogFormat::Text,
            rate: None,
            burst: 10,
            ca_file: None,
            deadline: 30,
            cache: 60,
            oauth: OAuthConfig::default(),
            limits: Limits::default(),
            http_tokens: vec![],
            fixed: JsonMap::new(),
            tool: BTreeMap::new(),
            pack: BTreeMap::new(),
            narrowing: Narrowing::default(),
        }
    }
}

impl Config {
    /// Ids of the other athletes whose data tools may use; `None` for any athlete.
    pub fn restricted_to(&self) -> Option<Vec<String>> {
        (self.athletes.0 != ["any"]).then(|| self.athletes.0.clone())
    }

    /// All keys with their values; a key of a table is `table.key`. Secrets are `***`.
    pub fn rows(&self) -> Vec<(String, serde_json::Value)> {
        // A struct of plain values always is an object.
        let values = serde_json::to_value(self).unwrap_or_default();
        let mut rows = vec![];
        for (key, value) in values.as_object().into_iter().flatten() {
            flatten(&mut rows, key.clone(), value);
        }
        rows.retain(|(key, value)| key.contains('.') || value.as_object().is_none_or(|table| !table.is_empty()));
        rows
    }
}

fn flatten(rows: &mut Vec<(String, serde_json::Value)>, key: String, value: &serde_json::Value) {
    match value.as_object().filter(|table| !table.is_empty()) {
        Some(table) => table.iter().for_each(|(inner, value)| flatten(rows, format!("{key}.{inner}"), value)),
        None => rows.push((key, value.clone())),
    }
}
