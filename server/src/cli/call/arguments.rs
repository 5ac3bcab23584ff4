//! A tool's arguments on the command line: `key=value`, read by the tool's schema, and JSON.
use std::{fs::File, io::Read};

use anyhow::{Context, bail, ensure};
use intervals_core::{JsonMap, arguments::fixed};
use serde_json::Value;

use intervals_catalog::spelling::hint;

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 << 20;

/// A tool's name and the arguments it accepts.
pub struct Takes<'a> {
    /// The tool's name.
    pub tool: &'a str,
    /// Its input schema, including arguments that are accepted but not advertised.
    pub schema: &'a JsonMap,
}

/// Reads arguments: `key=value`, `key=@file`, `key:=JSON`, a JSON object, `@file` with a JSON object, or `-` for one from `stdin`.
/// A later word overrides an earlier one.
pub fn read(words: &[String], takes: &Takes, mut stdin: impl Read) -> anyhow::Result<JsonMap> {
    let mut all = JsonMap::new();
    let mut typed: Vec<(&str, Vec<String>)> = vec![];
    for word in words {
        let json = match word.strip_prefix('@') {
            Some(file) => Some(text_of(file)?),
            None if word == "-" => Some(bounded(&mut stdin).context("stdin cannot be read")?),
            None => word.trim_start().starts_with(['{', '[']).then(|| word.clone()),
        };
        if let Some(json) = json {
            all.extend(serde_json::from_str::<JsonMap>(&json).context("the arguments are not a JSON object")?);
            continue;
        }
        let Some((key, value)) = word.split_once('=') else {
            bail!("{word} is no argument: write key=value, a JSON object, @FILE or - for stdin");
        };
        if let Some(key) = key.strip_suffix(':') {
            let value: Value = serde_json::from_str(value).with_context(|| format!("{key} is not JSON"))?;
            takes.property(key)?;
            all.insert(key.to_owned(), value);
            continue;
        }
        let value = match value.strip_prefix('@') {
            None => value.to_owned(),
            Some(file) => {
                let said = || format!("for a text that begins with @, write {key}:='\"@…\"'");
                text_of(file).with_context(said)?.trim_end_matches(['\r', '\n']).to_owned()
            }
        };
        match typed.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => typed.push((key, vec![value])),
        }
    }
    for (key, values) in typed {
        let value = takes.value(key, &values)?;
        all.insert(key.to_owned(), value);
    }
    Ok(all)
}

impl Takes<'_> {
    fn properties(&self) -> Option<&JsonMap> {
        self.schema.get("properties").and_then(Value::as_object)
    }

    fn property(&self, key: &str) -> anyhow::Result<&Value> {
        let found = self.properties().and_then(|properties| properties.get(key));
        found.with_context(|| {
            // Arguments that are only accepted for compatibility with the Python server are not suggested.
            let advertised = |(_, property): &(&String, &Value)| property.get("hidden").is_none();
            let known = self.properties().into_iter().flatten().filter(advertised);
            let known: Vec<_> = known.map(|(name, _)| name.as_str()).collect();
            let (tool, near) = (self.tool, hint(key, known.iter().copied()));
            let known = if known.is_empty() { "no arguments".into() } else { known.join(", ") };
            format!("{tool} has no argument {key}{near}; it takes {known}")
        })
    }

    /// Converts the texts typed for an argument, one for each time it was given, to its value.
    fn value(&self, key: &str, typed: &[String]) -> anyhow::Result<Value> {
        let property = self.property(key)?;
        let value = match (kind(property), typed) {
            ("array", texts) => {
                let items = property.get("items").map(kind).unwrap_or_default();
                let parts = texts.iter().map(|text| list(text, items)).collect::<Result<Vec<_>, _>>();
                Value::Array(parts.with_context(|| key.to_owned())?.concat())
            }
            // 2 stays 2 and does not become 2.0.
            ("number", [text]) if let Ok(number) = element(text, "number") => number,
            ("object", [text]) => json(text).with_context(|| key.to_owned())?,
            (_, [text]) => Value::String(text.clone()),
            _ => bail!("{key} is given {} times and holds one value", typed.len()),
        };
        fixed(self.schema, key, &value).map_err(|problem| anyhow::anyhow!("{key}: {problem}"))
    }
}

/// The elements of a list: a JSON array, a JSON object, or words separated by commas.
fn list(text: &str, items: &str) -> anyhow::Result<Vec<Value>> {
    let text = text.trim();
    match text.chars().next() {
        None => Ok(vec![]),
        Some('[') => Ok(serde_json::from_str(text).context("it is not a JSON array")?),
        _ if items == "object" => Ok(vec![json(text)?]),
        _ => text.split(',').map(|word| element(word.trim(), items)).collect(),
    }
}

fn element(word: &str, kind: &str) -> anyhow::Result<Value> {
    match kind {
        "integer" => {
            let number = word.parse::<i64>().ok().map(Value::from);
            number.with_context(|| format!("\"{word}\" is not a whole number"))
        }
        "number" => {
            let number = serde_json::from_str(word).ok().filter(Value::is_number);
            number.with_context(|| format!("\"{word}\" is not a number"))
        }
        _ => Ok(word.into()),
    }
}

fn json(text: &str) -> anyhow::Result<Value> {
    let value = serde_json::from_str(text).ok().filter(Value::is_object);
    value.with_context(|| format!("\"{text}\" is not a JSON object, such as {{\"key\": 1}}"))
}

/// A property's type; of several, the first that is not null.
pub fn kind(property: &Value) -> &str {
    let kinds = match property.get("type") {
        Some(Value::Array(kinds)) => kinds.as_slice(),
        Some(kind) => std::slice::from_ref(kind),
        None => &[],
    };
    kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
}

fn text_of(file: &str) -> anyhow::Result<String> {
    let read = File::open(file).map_err(anyhow::Error::from).and_then(bounded);
    read.with_context(|| format!("{file} cannot be read"))
}

fn bounded(from: impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    from.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    ensure!(text.len() as u64 <= MAX_BYTES, "it is larger than {} MiB", MAX_BYTES >> 20);
    Ok(text)
}

#[cfg(test)]
mod tests;
