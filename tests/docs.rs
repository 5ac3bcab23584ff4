//! Documents that are made of the code.
use std::fmt::Write;

use figment::{
    Figment,
    providers::{Format, Toml},
};
use icu_core::{Effect, Settings, Tier};
use intervals_icu_mcp::{catalog::Catalog, config::Config, profiles::PROFILES};
use serde_json::Value;

use crate::world::{has_every_pack, hold, path};

#[test]
fn the_manual_of_tools_is_the_catalogue() {
    if !has_every_pack() {
        return;
    }
    let mut text = String::from(
        "# Tools\n\nMade of the code by the tests. An argument with `*` is required. With `coach = true` every tool that acts on an \
         athlete also takes `athlete_id`. Where \
         `max_tool_tokens` has no room for all, tools that are `core` are kept first, and `rare` ones left out first.\n",
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
            let tool = &entry.tool;
            let effect = match (tool.effect, tool.delete) {
                (Effect::Read, _) => "reads".to_owned(),
                (Effect::Write, _) => "writes".to_owned(),
                (Effect::Destructive, None) => "destructive".to_owned(),
                (Effect::Destructive, Some(delete)) => format!("deletes, {}", format!("{delete:?}").to_lowercase()),
            };
            let tier = match tool.tier {
                Tier::Core => ", core",
                Tier::Common => "",
                Tier::Rare => ", rare",
            };
            writeln!(text, "\n### `{}`\n\n{} ({effect}{tier})", tool.name, tool.description).unwrap();
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
         # INTERVALS_ICU_ and the key in capitals, INTERVALS_ICU_OAUTH__ISSUER for one of a table; but for [[http_tokens]].\n\
         # Made of the code by the tests.\n",
    );
    let defaults = serde_json::to_value(Config::default()).unwrap();
    let schema = schemars::schema_for!(Config).to_value();
    let keys = |schema: &Value| schema["properties"].as_object().unwrap().clone();
    let definition = |property: &Value| {
        let name = property["$ref"].as_str()?.rsplit('/').next()?;
        // An enum of words is a plain value.
        Some(&schema["$defs"][name]).filter(|definition| definition["properties"].is_object())
    };
    // After a table's head no plain key can follow.
    let (mut tables, mut lists) = (vec![], vec![]);
    for (key, property) in keys(&schema) {
        let about = about(&key, &property);
        if let Some(table) = definition(&property) {
            tables.push((key, about, table));
        } else if let Some(table) = definition(&property["items"]) {
            lists.push((key, about, table));
        } else {
            write!(text, "\n{about}{}\n", line(&key, &defaults[&key])).unwrap();
        }
    }
    for (key, about_table, table) in tables {
        write!(text, "\n{about_table}[{key}]\n").unwrap();
        for (inner, property) in keys(table) {
            write!(text, "\n{}{}\n", about(&inner, &property), line(&inner, &defaults[&key][&inner])).unwrap();
        }
    }
    for (key, about_list, table) in lists {
        write!(text, "\n{about_list}# [[{key}]]\n").unwrap();
        for (inner, property) in keys(table) {
            let example = line(&inner, &property["examples"][0]);
            write!(text, "#\n{}# {}\n", about(&inner, &property), example.trim_start_matches("# ")).unwrap();
        }
    }
    hold("config.example.toml", &text).unwrap();
}

fn about(key: &str, property: &Value) -> String {
    let description = property["description"].as_str().unwrap_or_else(|| panic!("{key} has no doc comment"));
    format!("# {}\n", description.replace('\n', " "))
}

fn line(key: &str, value: &Value) -> String {
    match value {
        Value::Null => format!("# {key} ="),
        value => format!("{key} = {value}"),
    }
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

#[test]
fn what_a_client_is_told_to_paste_is_well_formed() {
    let text = std::fs::read_to_string(path("docs/clients.md")).unwrap();
    let blocks: Vec<_> = text.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect();
    let mut checked = std::collections::BTreeMap::<&str, usize>::new();
    for (kind, snippet) in blocks {
        let read = match kind {
            "json" => serde_json::from_str::<Value>(snippet).map_err(|e| e.to_string()),
            "toml" => {
                let read = Figment::from(Toml::string(snippet)).extract::<Value>();
                read.map_err(|e| e.to_string())
            }
            _ => continue,
        };
        let read = read.unwrap_or_else(|error| panic!("{error}:\n{snippet}"));
        // What is empty parses too.
        assert!(read.to_string().contains("intervals-icu"), "{snippet}");
        *checked.entry(kind).or_default() += 1;
    }
    assert!(checked.len() == 2 && text.matches("```").count().is_multiple_of(2), "{checked:?}");
}

#[test]
fn what_a_client_is_told_to_choose_is_there() {
    if !has_every_pack() {
        return;
    }
    let (text, catalog) = (std::fs::read_to_string(path("docs/clients.md")).unwrap(), Catalog::linked().unwrap());
    let chosen = ["?packs=", "--packs "].iter().flat_map(|mark| text.split(mark).skip(1));
    let words = chosen.flat_map(|rest| rest.split(['`', ' ', '&']).next().unwrap().split(','));
    let is_profile = |word: &str| PROFILES.iter().any(|profile| profile.name == word);
    let known = |word: &str| word == "default" || is_profile(word) || catalog.packs.contains_key(word);
    let unknown: Vec<_> = words.filter(|word| !known(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
