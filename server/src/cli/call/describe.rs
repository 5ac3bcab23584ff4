//! `call TOOL --help`: a tool's description and arguments.
use std::io::Write;

use intervals_catalog::{Entry, Why};
use intervals_core::{Effect, JsonMap, Settings};
use serde_json::{Value, json};

use super::arguments::kind;
use crate::cli::{
    table,
    terminal::{self, HEAD},
};

/// Writes the description as text. `hidden` is the reason if the tool is not offered, `program` the program's name.
pub fn text(
    entry: &Entry,
    hidden: Option<Why>,
    settings: &Settings,
    program: &str,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let Entry { pack, tool, .. } = entry;
    let (name, schema) = (&tool.name, tool.input_schema(settings));
    let does = match tool.effect {
        Effect::Read => "reads",
        Effect::Write => "writes",
        Effect::Destructive => "writes, and takes away or replaces what may not come back",
    };
    writeln!(out, "{HEAD}{name}{HEAD:#}: {}\n\npack {pack}; {does}", tool.description)?;
    if let Some(why) = hidden {
        writeln!(out, "not offered: {}", why.sentence(entry))?;
    }
    let arguments = arguments(&schema);
    if arguments.is_empty() {
        writeln!(out, "\nIt takes no arguments.")?;
    } else {
        let rows: Vec<Vec<&str>> = arguments.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let head = vec!["argument", "type", "needed", "about"];
        write!(out, "\n{}", table::rows(&[vec![head], rows].concat(), terminal::width()))?;
    }
    if properties(&schema).any(|(_, property)| takes(property).ends_with("object")) {
        writeln!(out, "\nWhat an object holds is in its schema: {program} call {name} --help --json")?;
    }
    let example = shown(&tool.example(settings), &schema);
    let example: String = example.iter().map(|word| format!(" {}", quoted(word))).collect();
    writeln!(out, "\n{HEAD}Example:{HEAD:#}\n  {program} call {name}{example}")?;
    Ok(())
}

/// Writes the description as JSON.
pub fn json(entry: &Entry, hidden: Option<Why>, settings: &Settings, out: &mut impl Write) -> anyhow::Result<()> {
    let Entry { pack, tool, .. } = entry;
    let facts = json!({
        "name": tool.name,
        "pack": pack,
        "effect": format!("{:?}", tool.effect).to_lowercase(),
        "description": tool.description,
        "offered": hidden.is_none(),
        "why": hidden.map(|why| why.sentence(entry)),
        "inputSchema": tool.input_schema(settings),
    });
    writeln!(out, "{facts}")?;
    Ok(())
}

fn properties(schema: &JsonMap) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn is_required(schema: &JsonMap, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|required| required == name))
}

/// Rows of name, type with range or values, whether it is required or its default, and description.
fn arguments(schema: &JsonMap) -> Vec<[String; 4]> {
    let rows = properties(schema).map(|(name, property)| {
        let needed = match property.get("default") {
            _ if is_required(schema, name) => "yes".into(),
            Some(default) => format!("default {default}"),
            None => String::new(),
        };
        let about = property.get("description").and_then(Value::as_str).unwrap_or_default();
        [name.clone(), takes(property), needed, about.into()]
    });
    rows.collect()
}

fn takes(property: &Value) -> String {
    if let Some(Value::Array(values)) = property.get("enum") {
        let values: Vec<_> = values.iter().filter_map(Value::as_str).collect();
        return values.join(" or ");
    }
    let bound = |word: &str| property.get(word).map(ToString::to_string);
    let range = match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => format!(" {least} to {most}"),
        (Some(least), None) => format!(" from {least}"),
        (None, Some(most)) => format!(" up to {most}"),
        (None, None) => String::new(),
    };
    match (kind(property), property.get("items")) {
        ("array", Some(items)) => format!("list of {}", takes(items)),
        ("", _) => format!("any{range}"),
        (kind, _) => format!("{kind}{range}"),
    }
}

/// The words of an example: the required arguments, filled up to two with optional ones, since few tools do much without.
fn shown(example: &JsonMap, schema: &JsonMap) -> Vec<String> {
    let known = example.iter().filter(|(name, _)| properties(schema).any(|(known, _)| known == *name));
    let (needed, others): (Vec<_>, Vec<_>) = known.partition(|(name, _)| is_required(schema, name));
    let more = 2_usize.saturating_sub(needed.len());
    let shown = needed.into_iter().chain(others.into_iter().take(more));
    words(&shown.map(|(name, value)| (name.clone(), value.clone())).collect())
}

/// The words to type for these arguments.
fn words(arguments: &JsonMap) -> Vec<String> {
    let word = |(name, value): (&String, &Value)| match value {
        Value::String(text) if !text.starts_with('@') => format!("{name}={text}"),
        Value::Array(items) => match items.iter().map(item).collect::<Option<Vec<_>>>() {
            Some(items) if !items.is_empty() => format!("{name}={}", items.join(",")),
            _ => format!("{name}={value}"),
        },
        Value::String(_) | Value::Null => format!("{name}:={value}"),
        value => format!("{name}={value}"),
    };
    arguments.iter().map(word).collect()
}

/// The text of an element, if it can be written between commas.
fn item(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => {
            let odd = text.is_empty() || text.contains(',') || text.starts_with(['[', '@']) || text.trim() != text;
            (!odd).then(|| text.clone())
        }
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Quotes a word for a POSIX shell if necessary.
fn quoted(word: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "_-./:=,@+".contains(c);
    if word.chars().all(bare) { word.into() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests;
