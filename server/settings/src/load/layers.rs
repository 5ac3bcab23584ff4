//! Layers of variables and flags: `.env`, the environment, the command line.
use std::cell::LazyCell;

use figment::{
    Metadata, Profile, Provider,
    value::{Dict, Map, Value},
};
use intervals_core::nearest;

use crate::config::Config;

pub(super) const PREFIX: &str = "INTERVALS_ICU_";
/// Keys of the Python server that have no meaning any more.
const IGNORED: &[&str] = &["debug_metadata"];
/// Keys that only a file can set, because one text cannot hold their value.
const FILE_ONLY: &[&str] = &["http_tokens"];

/// Names of the layers.
pub(super) const ENVIRONMENT: &str = "environment";
pub(super) const DOTENV: &str = ".env";
pub(super) const COMMAND_LINE: &str = "command line";

/// A layer: values by key, from one source.
#[derive(Clone)]
pub struct Layer {
    name: &'static str,
    values: Dict,
}

impl Layer {
    pub(super) fn new(name: &'static str, values: Dict) -> Self {
        Self { name, values }
    }

    /// The layer of the command line. `values` are texts by key, as the user wrote them.
    pub fn command_line<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        // Most servers start without options.
        let defaults = LazyCell::new(|| Config::default().rows());
        let value = |(key, text): (&str, String)| {
            let default = defaults.iter().find(|(known, _)| known == key).map(|(_, default)| default);
            (key.to_owned(), default.map_or_else(|| text.clone().into(), |default| typed(&text, default)))
        };
        Self { name: COMMAND_LINE, values: values.into_iter().map(value).collect() }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}

/// Environment variable of a key: `oauth.issuer` is `INTERVALS_ICU_OAUTH__ISSUER`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.to_uppercase().replace('-', "_").replace('.', "__"))
}

/// The layer of the environment. An unknown `INTERVALS_ICU_*` is only a warning, because it may belong to another program.
pub(super) fn environment(variables: Vec<(String, String)>, warnings: &mut Vec<String>) -> Layer {
    Layer { name: ENVIRONMENT, values: values_by_key(variables, ENVIRONMENT, warnings) }
}

/// Values by key of the `INTERVALS_ICU_*` variables. An unknown one is a warning.
pub(super) fn values_by_key(variables: Vec<(String, String)>, source: &str, warnings: &mut Vec<String>) -> Dict {
    let variables: Vec<_> = variables.into_iter().filter(|(name, _)| name.starts_with(PREFIX)).collect();
    if variables.is_empty() {
        return Dict::new();
    }
    let mut defaults = Config::default().rows();
    defaults.retain(|(key, _)| !FILE_ONLY.contains(&key.as_str()));
    let mut values = Dict::new();
    for (name, value) in variables {
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        let key = key.to_lowercase().replace("__", ".");
        // `INTERVALS_ICU_CONFIG` is the path of the file, not a key in it.
        if key == "config" {
            continue;
        }
        // A client's template makes a blank value of an unset variable: it must not override a lower layer.
        // A blank value of an authentication key is not skipped: a secret that did not arrive must not open the server.
        if value.trim().is_empty() && !["http_token", "http_token_file", "oauth.issuer"].contains(&key.as_str()) {
            continue;
        }
        // A name without its underscores, such as READONLY, is accepted: a restriction must not be ignored.
        let bare = |key: &str| key.replace('_', "");
        let exact = defaults.iter().find(|(known, _)| *known == key);
        match exact.or_else(|| defaults.iter().find(|(known, _)| bare(known) == bare(&key))) {
            Some((known, default)) => insert(&mut values, known, typed(&value, default)),
            None if let Some(key) = open_key(&key) => insert(&mut values, &key, value.into()),
            None if IGNORED.contains(&key.as_str()) => {
                warnings.push(format!("{name} ({source}) has no meaning any more and can be removed"));
            }
            None => {
                let near = nearest(&key, defaults.iter().map(|(key, _)| key.as_str()));
                let hint = near.map(|key| format!(" (did you mean {}?)", variable(key))).unwrap_or_default();
                warnings.push(format!("{name} ({source}) is not a variable of this server{hint}"));
            }
        }
    }
    values
}

/// Key of a table with free names: a fixed argument, or a key of a pack. In a pack's name, `_` becomes `-`.
fn open_key(key: &str) -> Option<String> {
    match key.split('.').collect::<Vec<_>>().as_slice() {
        ["fixed", argument] if !argument.is_empty() => Some(key.into()),
        ["pack", pack, key] if !pack.is_empty() && !key.is_empty() => {
            Some(format!("pack.{}.{key}", pack.replace('_', "-")))
        }
        _ => None,
    }
}

/// Inserts a value by its key; `table.key` is inserted into a table.
fn insert(values: &mut Dict, key: &str, value: Value) {
    let Some((table, key)) = key.split_once('.') else {
        values.insert(key.to_owned(), value);
        return;
    };
    let table = values.entry(table.to_owned()).or_insert_with(|| Dict::new().into());
    if let Value::Dict(_, inner) = table {
        insert(inner, key, value);
    }
}

/// Converts a text to the type of the key's default: a switch, a whole number, else the text itself.
fn typed(text: &str, default: &serde_json::Value) -> Value {
    let trimmed = text.trim();
    match default {
        serde_json::Value::Bool(_) => match trimmed.to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => true.into(),
            "false" | "0" | "no" | "off" => false.into(),
            _ => text.into(),
        },
        serde_json::Value::Number(_) => trimmed.parse::<u64>().map_or_else(|_| text.into(), Value::from),
        _ => text.into(),
    }
}

/// Command line option of a key, without its `--`.
pub fn flag(key: &str) -> String {
    match key {
        "allowed_hosts" => "allowed-host".into(),
        key => key.replace('_', "-"),
    }
}
