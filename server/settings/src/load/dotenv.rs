//! The `.env` of the working directory. It may come with a foreign project: only lines of ours are read, nothing in it stops the
//! server, and it cannot widen what the operator allows.
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

/// What a `.env` may set of keys that limit nothing. It must not say where the key goes, who may use it, or where files are written.
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
/// Keys that limit: of a `.env` and the configuration file, the narrower value counts.
const LIMITING: &[&str] = &["packs", "tools", "exclude_tools", "read_only", "delete_mode"];
/// The most that is read.
const MAX_BYTES: u64 = 64 * 1024;

/// The values of a `.env`.
pub(super) struct Dotenv {
    /// Those that limit nothing. The configuration file goes before them.
    pub layer: Layer,
    /// Those that limit.
    limits: Dict,
}

impl Dotenv {
    /// Reads the file. What cannot be used is a warning.
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
                // The line may hold a key: only its number is said.
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

    /// Narrows the configuration, and gives the keys that it did so with. A key for which `is_overridden` holds stands in the environment
    /// or on the command line, which go before both.
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
                // Whether these ask for more is known once it is known what there is.
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

/// Whether the values of a configuration that are checked only where they are used can be used.
fn is_usable(config: &Config) -> bool {
    config.timezone.as_deref().is_none_or(|name| name.is_empty() || TimeZone::get(name).is_ok())
        && levels(&config.log).is_ok()
        && config.deadline > 0
}

/// Where a value has to stand that a `.env` cannot set.
pub const DOTENV_REMEDY: &str = "set it in the environment or in config.toml";

fn set(words: &mut Words, value: &Value) -> bool {
    value.deserialize().map(|value| *words = value).is_ok()
}

/// The text of a regular file that is not large; a file that is not there is empty.
fn read_text(file: &Path) -> Result<String, String> {
    // A folder of this name is a Python environment. A device or a pipe may never end.
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

/// `INTERVALS_ICU_NAME=value`, also behind `export`; nothing for any other line. The value is taken as it stands: nothing is put in for
/// `$NAME`. In quotes it may hold `#` and, in double ones, `\n`, `\"` and `\\`.
fn assignment(line: &str) -> Option<Result<(String, String), &'static str>> {
    let line = line.trim();
    let line = line.strip_prefix("export ").map_or(line, str::trim_start);
    let (name, value) = line.split_once('=')?;
    let name = name.trim();
    if !name.starts_with(layers::PREFIX) {
        return None;
    }
    let value = value.trim();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => match unquoted(value.get(1..).unwrap_or_default(), quote) {
            Some(value) => value,
            None => return Some(Err("a quote is not closed")),
        },
        _ => value.split(" #").next().unwrap_or_default().trim_end().to_owned(),
    };
    Some(Ok((name.to_owned(), value)))
}

/// What stands before the closing quote.
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
    #[case("export INTERVALS_ICU_API_KEY = 'a b#c' # mine", Some("a b#c"))]
    #[case(r#"INTERVALS_ICU_API_KEY="a\"b\\c""#, Some(r#"a"b\c"#))]
    #[case("INTERVALS_ICU_API_KEY=${HOME}$USER # mine", Some("${HOME}$USER"))]
    #[case("INTERVALS_ICU_API_KEY=", Some(""))]
    #[case("# INTERVALS_ICU_API_KEY=abc", None)]
    #[case("APP_NAME=My App", None)]
    #[case("JSON={\"a\": 1}", None)]
    #[case("my-key", None)]
    fn only_lines_of_ours_are_read_and_nothing_is_put_in(#[case] line: &str, #[case] value: Option<&str>) {
        let read = assignment(line).map(|read| read.unwrap().1);
        assert_eq!(read.as_deref(), value);
    }
}
