//! Documents that are made of the code.
use std::fmt::Write;

use icu_core::{Effect, Settings};
use intervals_icu_mcp::{catalog::Catalog, config::Config};
use serde_json::Value;

use crate::world::{has_every_pack, hold, path};

#[test]
fn the_manual_of_tools_is_the_catalogue() {
    if !has_every_pack() {
        return;
    }
    let mut text = String::from(
        "# Tools\n\nMade of the code by the tests. An argument with `*` is required. With `coach = true` every tool that acts on an \
         athlete also takes `athlete_id`.\n",
    );
    let catalog = Catalog::linked().unwrap();
    for (name, loaded) in &catalog.packs {
        writeln!(text, "\n## {name}\n\n{}", loaded.card.about).unwrap();
        for resource in loaded.pack.resources() {
            writeln!(text, "\nResource `{}`: {}", resource.uri, resource.description).unwrap();
        }
        for template in loaded.pack.templates() {
            writeln!(text, "\nResource `{}`: {}", template.uri, template.description).unwrap();
        }
        for prompt in loaded.pack.prompts() {
            let arguments: Vec<_> = prompt.arguments.iter().map(|argument| argument.name).collect();
            writeln!(text, "\nPrompt `{}`({}): {}", prompt.name, arguments.join(", "), prompt.description).unwrap();
        }
        for entry in catalog.tools.values().filter(|entry| entry.pack == *name) {
            let tool = entry.tool;
            let effect = match (tool.effect, tool.delete) {
                (Effect::Read, _) => "reads".to_owned(),
                (Effect::Write, _) => "writes".to_owned(),
                (Effect::Destructive, None) => "destructive".to_owned(),
                (Effect::Destructive, Some(delete)) => format!("deletes, {}", format!("{delete:?}").to_lowercase()),
            };
            writeln!(text, "\n### `{}`\n\n{} ({effect})", tool.name, tool.description).unwrap();
            let schema = tool.input_schema(&Settings::default());
            let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
            let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
            for (n, (argument, property)) in properties.enumerate() {
                let blank = if n == 0 { "\n" } else { "" };
                let star = if required.iter().any(|name| name == argument) { "*" } else { "" };
                let word = |key: &str| property[key].as_str().unwrap_or_default();
                writeln!(text, "{blank}- `{argument}`{star} ({}): {}", word("type"), word("description")).unwrap();
            }
        }
    }
    hold("docs/tools.md", &text).unwrap();
}

#[test]
fn the_example_configuration_has_every_key_at_its_default() {
    let mut text = String::from(
        "# Every key at its default. Keys without one are commented out. Each is also a variable of the environment:\n\
         # INTERVALS_ICU_ and the key in capitals. Made of the code by the tests.\n",
    );
    let defaults = serde_json::to_value(Config::default()).unwrap();
    let schema = schemars::schema_for!(Config).to_value();
    for (key, property) in schema["properties"].as_object().unwrap() {
        let description = property["description"].as_str().unwrap_or_else(|| panic!("{key} has no doc comment"));
        let line = match &defaults[key] {
            Value::Null => format!("# {key} ="),
            value => format!("{key} = {value}"),
        };
        write!(text, "\n# {}\n{line}\n", description.replace('\n', " ")).unwrap();
    }
    hold("config.example.toml", &text).unwrap();
}

#[test]
fn the_example_configuration_changes_nothing() {
    let file = path("config.example.toml").display().to_string();
    let shown = |arguments: &[&str]| {
        let rows: Value = serde_json::from_str(&crate::world::run(arguments, &[]).out).unwrap();
        rows.as_array().unwrap().iter().map(|row| (row["key"].clone(), row["value"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(shown(&["config", "--json", "--config", &file]), shown(&["config", "--json"]));
}
