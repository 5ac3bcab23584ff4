//! Every key of the configuration, with its default.
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

/// Every key, at its default. Over the environment each is `INTERVALS_ICU_<KEY>`, one of a table
/// `INTERVALS_ICU_<TABLE>__<KEY>`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Personal API key: intervals.icu, Settings, Developer Settings.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<Secret>,
    /// OAuth access token, instead of a key.
    #[schemars(with = "Option<String>")]
    pub access_token: Option<Secret>,
    /// The athlete that calls are about, and whose units are read; default is the key's owner.
    #[serde(deserialize_with = "values::text")]
    pub athlete_id: Option<String>,
    /// The service's root.
    pub base_url: String,
    /// Packs to offer: names, `all`, `default`, `@minimal`, `@analysis`, `@planning`, `@coach`, `-name` to take one out.
    pub packs: Words,
    /// Tools to offer, of those packs; `*` stands for any characters. Empty is all.
    pub tools: Words,
    /// Tools to take out.
    pub exclude_tools: Words,
    /// Tokens that the tools may cost a model together, 0 for no limit; rarer ones are left out first.
    pub max_tool_tokens: usize,
    /// Folder of packs without Rust, a TOML file each; default is `packs.d` beside config.toml.
    pub packs_dir: Option<PathBuf>,
    /// Let clients find and switch packs themselves; without `packs`, none is on at the start.
    pub dynamic: bool,
    /// Offer only what reads.
    pub read_only: bool,
    /// Deletes to offer: `none`, `safe` (of what would not be missed) or `full`.
    pub delete_mode: Deletes,
    /// Show `athlete_id` in the schemas.
    pub coach: bool,
    /// Athletes that may be named beside the own one: `any`, or ids.
    pub athletes: Words,
    /// Units of the text: `athlete`, `metric` or `imperial`.
    pub units: UnitsChoice,
    /// Time zone that decides what today is for the own athlete; default is what their record says.
    pub timezone: Option<String>,
    /// Answers as `text` or `json`.
    pub answer: AnswerForm,
    /// Send structured answers and output schemas.
    pub structured: bool,
    /// Where downloaded files are saved besides being linked.
    pub download_dir: Option<PathBuf>,
    /// `stdio`, `http` (streamable HTTP) and `sse` (the older HTTP+SSE), one or several.
    pub transport: Words,
    /// Address that HTTP listens on.
    pub host: String,
    /// Port that HTTP listens on.
    pub port: u16,
    /// Path of the HTTP endpoint; default is /mcp, and /sse for HTTP+SSE.
    pub path: Option<String>,
    /// Names of this server beside those of this machine; `*.example.org` for all below one.
    pub allowed_hosts: Words,
    /// Pages that may call beside those of this server, such as `https://app.example.org`; `:*` behind one for any port.
    pub allowed_origins: Words,
    /// Address by which clients reach this server, such as https://mcp.example.org.
    pub public_url: Option<String>,
    /// Listen on an address that others reach although anybody may call.
    pub allow_unauthenticated: bool,
    /// Callers send their own key as X-Intervals-Api-Key (and X-Intervals-Athlete-Id); the server's own is never used then.
    pub caller_credentials: bool,
    /// Keep no sessions over HTTP, so that any instance can answer any request.
    pub stateless: bool,
    /// Where HTTP's sessions are kept so that all instances know them: `redis://user:password@host:6379/0`, `rediss://` for TLS.
    #[schemars(with = "Option<String>")]
    pub redis_url: Option<Secret>,
    /// Token with which callers over HTTP prove who they are, of 16 characters or more.
    #[schemars(with = "Option<String>")]
    pub http_token: Option<Secret>,
    /// File whose first line is that token.
    pub http_token_file: Option<PathBuf>,
    /// What is logged to stderr: `off`, `error`, `warn`, `info`, `debug`, `trace`, or per target; HTTP adds `call=info`, a line per call, unless this is set.
    pub log: String,
    /// Log lines as `text` or `json`.
    pub log_format: LogFormat,
    /// Requests per second to the service, 0 for no limit; default is 10, and no limit for this machine.
    #[serde(deserialize_with = "values::number")]
    pub rate: Option<f64>,
    /// Requests at once before the rate holds.
    pub burst: u32,
    /// PEM certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Seconds that one call may take.
    pub deadline: u64,
    /// Seconds that athlete records are kept.
    pub cache: u64,
    /// Callers over HTTP may prove who they are with JWT access tokens (OAuth 2.1): `issuer` switches it on.
    pub oauth: OAuthConfig,
    /// How much HTTP takes on.
    pub limits: Limits,
    /// Callers over HTTP with a token and limits each; a limit that is left out is the server's own.
    pub http_tokens: Vec<HttpToken>,
    /// Arguments that are given here to every tool that has them: they leave the schemas and cannot be sent.
    #[schemars(example = serde_json::json!({"athlete_id": "i123"}))]
    pub fixed: JsonMap,
    /// What is said otherwise of single tools: `description`, `title`, `fixed` arguments.
    #[schemars(example = serde_json::json!({"icu_get_wellness_data":
        {"title": "Morning", "description": "MORNING values by day.", "fixed": {"days_back": 14}}}))]
    pub tool: BTreeMap<String, Override>,
    /// What packs are told, a table for each; docs/configuration.md has their keys.
    #[schemars(example = serde_json::json!({"wellness": {"fields": ["hrv", "sleep"]}}))]
    pub pack: BTreeMap<String, JsonMap>,
    /// What a `.env` takes away.
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
    /// The athletes that may be named beside the own one; `None` is any.
    pub fn restricted_to(&self) -> Option<Vec<String>> {
        (self.athletes.0 != ["any"]).then(|| self.athletes.0.clone())
    }

    /// Every key with its value; those of a table as `table.key`. Secrets are stars.
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
