//! Conversion of figment's errors into faults of the configuration.
use std::path::Path;

use figment::{
    Figment, Metadata,
    error::{Actual, Kind},
    value::Dict,
};
use intervals_core::nearest;

use super::layers::{self, COMMAND_LINE, DOTENV, ENVIRONMENT};
use crate::{fault::Fault, source::Source};

pub(super) fn missing_file(file: &Path) -> Fault {
    Fault {
        place: format!("--config {}", file.display()),
        problem: "there is no such file".into(),
        remedy: "Correct the path, or leave --config (or INTERVALS_ICU_CONFIG) out to use the defaults.".into(),
    }
}

pub(super) fn unreadable(file: &Path, error: &std::io::Error) -> Fault {
    Fault {
        place: file.display().to_string(),
        problem: format!("it cannot be read: {error}"),
        remedy: "Let this user read it: what it forbids is not known.".into(),
    }
}

/// Converts figment's error into one or more faults. It names only one unknown key of a table; this adds the others.
pub(super) fn faults(error: figment::Error, figment: &Figment, file: Option<&Path>) -> Vec<Fault> {
    let mut faults = vec![];
    for error in error {
        let Kind::UnknownField(_, known) = &error.kind else {
            faults.push(fault(error, file));
            continue;
        };
        // The last part of the path may be the unknown key itself.
        let tables = error.path.iter().filter(|part| *part != "default").map(String::as_str).collect::<Vec<_>>();
        let unknown = |table: &[&str]| {
            let table = table.join(".");
            let given = match table.as_str() {
                "" => figment.extract::<Dict>().ok()?,
                table => figment.find_value(table).ok()?.into_dict()?,
            };
            let key = |key: String| if table.is_empty() { key } else { format!("{table}.{key}") };
            Some(given.into_keys().filter(|key| !known.contains(&key.as_str())).map(key).collect::<Vec<_>>())
        };
        let keys = unknown(&tables).or_else(|| unknown(tables.split_last()?.1)).unwrap_or_default();
        if keys.is_empty() {
            faults.push(fault(error, file));
            continue;
        }
        faults.extend(keys.into_iter().map(|key| {
            let source = figment.find_metadata(&key).map(|metadata| source(metadata, &key, file));
            let name = key.rsplit('.').next().unwrap_or(&key);
            Fault::of(&key, source.as_ref(), "there is no such key", remedy_of_unknown(name, known))
        }));
    }
    faults
}

fn remedy_of_unknown(key: &str, known: &[&str]) -> String {
    match nearest(key, known.iter().copied()) {
        Some(near) => format!("Did you mean {near}? `config` lists all keys."),
        None => "Remove it; `config` lists all keys.".into(),
    }
}

fn fault(error: figment::Error, file: Option<&Path>) -> Fault {
    let mut path: Vec<_> = error.path.iter().filter(|part| *part != "default").cloned().collect();
    let field = match &error.kind {
        Kind::UnknownField(field, _) => Some(field.clone()),
        Kind::MissingField(field) => Some(field.to_string()),
        _ => None,
    };
    path.extend(field.filter(|field| path.last() != Some(field)));
    let key = key_text(&path);
    let source = error.metadata.as_ref().map(|metadata| source(metadata, &key, file));
    let (problem, remedy) = match &error.kind {
        Kind::UnknownField(field, known) => ("there is no such key".into(), remedy_of_unknown(field, known)),
        Kind::UnknownVariant(value, known) => {
            (format!("\"{value}\" is not a value of it"), format!("Use one of {}.", known.join(", ")))
        }
        Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => {
            // A value under `http_tokens` may be a token.
            let shown = if key.starts_with("http_tokens") { "it".into() } else { value_text(found) };
            (format!("{shown} is not {}", expected_value(expected)), format!("Write {}.", expected_value(expected)))
        }
        Kind::MissingField(_) => ("it is missing".into(), "Add it.".into()),
        Kind::Message(message) => (message.clone(), "Correct the value.".into()),
        other => (other.to_string(), "Correct the value.".into()),
    };
    if key.is_empty() {
        let place = source.map_or_else(|| "configuration".into(), |source| source.to_string());
        // The parser's message quotes the line, which may contain a key. Lines with `|` are that quote.
        let lines: Vec<_> =
            problem.lines().filter(|line| !line.contains('|')).map(str::trim).filter(|l| !l.is_empty()).collect();
        let problem = lines.join(": ");
        return Fault { place, problem, remedy: "Correct the file; config.example.toml shows the form.".into() };
    }
    Fault::of(&key, source.as_ref(), problem, remedy)
}

/// Formats a path: `oauth.issuer`, `http_tokens[1].name`.
fn key_text(path: &[String]) -> String {
    let mut key = String::new();
    for part in path {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            key.push_str(&format!("[{part}]"));
        } else {
            if !key.is_empty() {
                key.push('.');
            }
            key.push_str(part);
        }
    }
    key
}

/// The value as it is written in the source.
fn value_text(found: &Actual) -> String {
    match found {
        Actual::Str(text) => format!("\"{text}\""),
        Actual::Unsigned(number) => number.to_string(),
        Actual::Signed(number) => number.to_string(),
        Actual::Bool(value) => value.to_string(),
        other => other.to_string(),
    }
}

/// Plain words for serde's names of types.
fn expected_value(expected: &str) -> &str {
    match expected {
        "a boolean" => "true or false",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "usize" => "a whole number of 0 or more",
        "a string" | "path string" => "a text in quotes",
        "a sequence" => "a list of tables, as [[http_tokens]] starts one",
        "a map" => "a table",
        table if table.starts_with("struct ") => "a table",
        other => other,
    }
}

/// Converts figment's metadata into a source. `file` is the configuration file.
pub(super) fn source(metadata: &Metadata, key: &str, file: Option<&Path>) -> Source {
    match &*metadata.name {
        ENVIRONMENT => Source::Environment(layers::variable(key)),
        DOTENV => Source::Dotenv(layers::variable(key)),
        COMMAND_LINE => Source::Flag(layers::flag(key)),
        _ => Source::File(file.unwrap_or_else(|| Path::new("configuration file")).into()),
    }
}
