//! The `.env` of the working directory. It may belong to another project: only `INTERVALS_ICU_*` lines are read, faults are only
//! warnings, and it can narrow but never widen what the operator allows.
use std::{fs::File, io::Read, path::Path};

use figment::{
    Figment,
    value::{Dict, Value},
};
use jiff::tz::TimeZone;

use super::layers::{self, DOTENV, Layer, variable};
use crate::{
    config::{Config, Deletes},
    levels::levels,
    values::Words,
};

/// Keys that a `.env` may set. None of them decides where the API key is sent, who may use it, or where files are written.
const SETTABLE: &[&str] = &[
    "api_key",
    "access_token",
    "athlete_id",
    "coach",
    "units",
    "timezone",
    "answer",
    "structured",
    "log",
    "log_format",
    "deadline",
];
/// Keys that a `.env` may only narrow: the narrower value of `.env` and the configuration file applies.
const LIMITING: &[&str] = &["packs", "tools", "exclude_tools", "read_only", "delete_mode"];
/// Largest `.env` that is read, bytes.
const MAX_BYTES: u64 = 64 * 1024;

/// Values of a `.env`.
pub(super) struct Dotenv {
    /// Values of [`SETTABLE`] keys. The configuration file overrides them.
    pub layer: Layer,
    /// Values of [`LIMITING`] keys.
    limits: Dict,
}

impl Dotenv {
    /// Reads the file. Faults are warnings, and only the faulty line or value is skipped.
    pub fn read(file: &Path, warnings: &mut Vec<String>) -> Self {
        let text = match read_text(file) {
            Ok(text) => text,
            Err(problem) => {
                warnings.push(format!(".env is passed over: {problem}"));
                String::new()
            }
        };
        let mut variables = vec![];
        for (number, line) in (1..).zip(text.lines()) {
            match assignment(line) {
                None => {}
                Some(Ok(variable)) => variables.push(variable),
                // The line may contain a key, so the warning has only its number.
                Some(Err(problem)) => warnings.push(format!(".env, line {number} is passed over: {problem}")),
            }
        }
        let mut values = layers::values_by_key(variables, DOTENV, warnings);
        values.retain(|key, value| {
            let name = variable(key);
            if !SETTABLE.contains(&key.as_str()) && !LIMITING.contains(&key.as_str()) {
                warnings.push(format!("{name} in .env is not obeyed: {DOTENV_REMEDY}"));
                return false;
            }
            let layer = Layer::new(DOTENV, Dict::from_iter([(key.clone(), value.clone())]));
            let usable = Figment::from(layer).extract::<Config>().is_ok_and(|config| is_usable(&config));
            if !usable {
                warnings.push(format!("{name} in .env is passed over: it is no value of {key}"));
            }
            usable
        });
        let (limits, rest) = values.into_iter().partition(|(key, _)| LIMITING.contains(&key.as_str()));
        Self { layer: Layer::new(DOTENV, rest), limits }
    }

    /// Narrows the configuration. Returns the keys that did. A key for which `is_overridden` is true is set by the environment or
    /// the command line, which override `.env` and the file.
    pub fn narrow(
        self,
        config: &mut Config,
        is_overridden: impl Fn(&str) -> bool,
        warnings: &mut Vec<String>,
    ) -> Vec<String> {
        let mut keys = vec![];
        for (key, value) in self.limits.into_iter().filter(|(key, _)| !is_overridden(key)) {
            let narrower = match (key.as_str(), value) {
                ("read_only", value) => {
                    let narrower = value.to_bool() == Some(true);
                    config.read_only |= narrower;
                    narrower
                }
                ("delete_mode", value) => match value.deserialize::<Deletes>() {
                    Ok(mode) if mode <= config.delete_mode => {
                        config.delete_mode = mode;
                        true
                    }
                    _ => false,
                },
                // Whether these would widen anything is known only once the catalogue is.
                ("packs", value) => set(&mut config.narrowing.packs, &value),
                ("tools", value) => set(&mut config.narrowing.tools, &value),
                (_, value) => set(&mut config.narrowing.exclude_tools, &value),
            };
            if narrower {
                keys.push(key);
            } else {
                warnings
                    .push(format!("{} in .env is not obeyed, since it allows more: {DOTENV_REMEDY}", variable(&key)));
            }
        }
        keys
    }
}

/// Checks the values that the rest of the server checks only when it uses them.
fn is_usable(config: &Config) -> bool {
    config.timezone.as_deref().is_none_or(|name| name.is_empty() || TimeZone::get(name).is_ok())
        && levels(&config.log).is_ok()
        && config.deadline > 0
}

/// Remedy for a value that a `.env` cannot set.
pub const DOTENV_REMEDY: &str = "set it in the environment or in config.toml";

fn set(words: &mut Words, value: &Value) -> bool {
    value.deserialize().map(|value| *words = value).is_ok()
}

/// Text of a regular file of up to [`MAX_BYTES`]; empty if there is no such file.
fn read_text(file: &Path) -> Result<String, String> {
    // A folder named `.env` is a Python environment. A device or pipe may never end.
    let is_file = match file.metadata() {
        Ok(metadata) => metadata.is_file(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(String::new()),
        Err(e) => return Err(e.to_string()),
    };
    if !is_file {
        return Ok(String::new());
    }
    let mut data = vec![];
    let read = File::open(file).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut data));
    read.map_err(|e| e.to_string())?;
    if data.len() as u64 > MAX_BYTES {
        return Err(format!("it has more than {} KiB", MAX_BYTES / 1024));
    }
    let text = String::from_utf8_lossy(&data);
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned())
}

/// Parses `INTERVALS_ICU_NAME=value`, also after `export`; `None` for any other line. `$NAME` is not expanded. A quoted value may
/// contain `#`, and in double quotes the escapes `\n`, `\"` and `\\`.
fn assignment(line: &str) -> Option<Result<(String, String), &'static str>> {
    let line = line.trim();
    let line = line.strip_prefix("export ").map_or(line, str::trim_start);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    if !name.starts_with(layers::PREFIX) {
        return None;
    }
    let value = match value.trim_start().chars().next() {
        Some(quote @ ('"' | '\'')) => match unquoted(value.trim_start().get(1..).unwrap_or_default(), quote) {
            Some(value) => value,
            None => return Some(Err("a quote is not closed")),
        },
        // A comment starts at a # after a space or a tab.
        _ => value.split(" #").flat_map(|part| part.split("\t#")).next().unwrap_or_default().trim().to_owned(),
    };
    Some(Ok((name.to_owned(), value)))
}

/// Text before the closing quote, with escapes resolved; `None` if there is no closing quote.
fn unquoted(text: &str, quote: char) -> Option<String> {
    let mut value = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next()? {
            c if c == quote => return Some(value),
            '\\' if quote == '"' => match chars.next()? {
                'n' => value.push('\n'),
                c => value.push(c),
            },
            c => value.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("INTERVALS_ICU_API_KEY=abc", Some("abc"))]
    #[case("INTERVALS_ICU_API_KEY= # mine", Some(""))]
    #[case("INTERVALS_ICU_API_KEY=abc\t# mine", Some("abc"))]
    #[case("INTERVALS_ICU_API_KEY=a#b", Some("a#b"))]
    #[case("export INTERVALS_ICU_API_KEY = 'a b#c' # mine", Some("a b#c"))]
    #[case(r#"INTERVALS_ICU_API_KEY="a\"b\\c""#, Some(r#"a"b\c"#))]
    #[case("INTERVALS_ICU_API_KEY=${HOME}$USER # mine", Some("${HOME}$USER"))]
    #[case("INTERVALS_ICU_API_KEY=", Some(""))]
    #[case("# INTERVALS_ICU_API_KEY=abc", None)]
    #[case("APP_NAME=My App", None)]
    #[case("JSON={\"a\": 1}", None)]
    #[case("my-key", None)]
    fn only_our_variables_are_read_and_none_is_expanded(#[case] line: &str, #[case] value: Option<&str>) {
        let read = assignment(line).map(|read| read.unwrap().1);
        assert_eq!(read.as_deref(), value);
    }
}
