//! Documents that are made of the code.
use std::fmt::Write;

use figment::{
    Figment,
    providers::{Format, Toml},
};
use intervals_catalog::{Catalog, profiles::PROFILES};
use intervals_core::{Effect, Settings, registry::Tier};
use intervals_settings::Config;
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
    let (mut tables, mut lists, mut open) = (vec![], vec![], vec![]);
    for (key, property) in keys(&schema) {
        let about = about(&key, &property);
        if let Some(table) = definition(&property) {
            tables.push((key, about, table));
        } else if let Some(table) = definition(&property["items"]) {
            lists.push((key, about, table));
        } else if property["type"] == "object" {
            open.push((key, about, property["examples"][0].clone()));
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
    for (key, about, example) in open {
        write!(text, "\n{about}").unwrap();
        example_table(&mut text, &key, &example);
    }
    hold("config.example.toml", &text).unwrap();
}

/// A table whose keys are not known here, as a comment.
fn example_table(text: &mut String, name: &str, table: &Value) {
    let (tables, values): (Vec<_>, Vec<_>) =
        table.as_object().unwrap().iter().partition(|(_, value)| value.is_object());
    if !values.is_empty() {
        writeln!(text, "# [{name}]").unwrap();
    }
    for (key, value) in values {
        writeln!(text, "# {key} = {value}").unwrap();
    }
    for (key, table) in tables {
        example_table(text, &format!("{name}.{key}"), table);
    }
}

#[test]
fn the_manual_of_the_configuration_is_the_code() {
    if !has_every_pack() {
        return;
    }
    let mut text = String::from(MANUAL);
    let schema = schemars::schema_for!(Config).to_value();
    let defaults = serde_json::to_value(Config::default()).unwrap();
    let definition = |property: &Value| {
        let name =
            property["$ref"].as_str().or(property["additionalProperties"]["$ref"].as_str())?.rsplit('/').next()?;
        Some(schema["$defs"][name].clone()).filter(|definition| definition["properties"].is_object())
    };
    let keys = |schema: &Value| schema["properties"].as_object().unwrap().clone();
    let variable = |key: &str| format!("INTERVALS_ICU_{}", key.to_uppercase().replace('-', "_").replace('.', "__"));
    let head = |text: &mut String, title: &str| write!(text, "\n## {title}\n\n").unwrap();
    let columns = "| Key | Variable | Default | |\n|---|---|---|---|\n";
    let row = |text: &mut String, key: &str, inner: &str, default: &Value, property: &Value| {
        let default = if default.is_null() { String::new() } else { format!("`{default}`") };
        let said = said(key, property);
        let restart = Config::NEEDS_RESTART.contains(&key.split('.').next().unwrap());
        let restart = if restart { " Needs a restart." } else { "" };
        writeln!(text, "| `{inner}` | `{}` | {default} | {said}{restart} |", variable(key)).unwrap();
    };
    text.push_str(columns);
    let (plain, tables): (Vec<_>, Vec<_>) = keys(&schema).into_iter().partition(|(_, property)| {
        property["type"] != "object" && definition(property).is_none() && property["items"]["$ref"].is_null()
    });
    for (key, property) in &plain {
        row(&mut text, key, key, &defaults[key], property);
    }
    for (key, property) in &tables {
        let said = said(key, property);
        if let Some(table) = definition(property).filter(|_| property["$ref"].is_string()) {
            head(&mut text, &format!("`[{key}]`"));
            write!(text, "{said}\n\n{columns}").unwrap();
            for (inner, property) in keys(&table) {
                row(&mut text, &format!("{key}.{inner}"), &inner, &defaults[key][&inner], &property);
            }
        } else {
            let list = property["items"]["$ref"].as_str().and_then(|name| name.rsplit('/').next());
            let (name, table) = match list {
                Some(name) => (format!("`[[{key}]]`"), Some(schema["$defs"][name].clone())),
                None if key == "fixed" => ("`[fixed]`".into(), None),
                None => (format!("`[{key}.<name>]`"), definition(property)),
            };
            head(&mut text, &name);
            writeln!(text, "{said}").unwrap();
            for (n, (inner, property)) in table.iter().flat_map(keys).enumerate() {
                let blank = if n == 0 { "\n" } else { "" };
                writeln!(text, "{blank}- `{inner}`: {}", self::said(&inner, &property)).unwrap();
            }
            if let Some((_, more)) = OPEN.iter().find(|(known, _)| known == key) {
                write!(text, "\n{more}\n").unwrap();
            }
        }
    }
    let mut without = vec![];
    for (name, mut linked) in Catalog::linked().unwrap().packs {
        let mut section = intervals_core::config::ConfigTable::default();
        linked.pack.configure(&mut section).unwrap();
        let known: Vec<_> = section.known().collect();
        if known.is_empty() {
            without.push(format!("`{name}`"));
            continue;
        }
        write!(text, "\n### `[pack.{name}]`\n\n{columns}").unwrap();
        for (key, property) in known {
            row(&mut text, &format!("pack.{name}.{key}"), key, &property["default"], property);
        }
    }
    write!(text, "\nThese packs have no keys: {}.\n", without.join(", ")).unwrap();
    hold("docs/configuration.md", &text).unwrap();
}

const MANUAL: &str = "# Configuration

Made of the code by the tests. What nobody sets has its default. Each source goes before the ones above it:

1. the API key that `setup` stored: in the file `credentials` beside `config.toml`, which only its owner can read, or in the keychain
   of the operating system, in a build with the feature `keychain` (off by default: on Linux it adds 1.5 MB);
2. `.env` in the working directory, with the variables below. It may belong to somebody else's project, so it never stops the server
   and never widens what is offered: only lines of `INTERVALS_ICU_*` are read, a value that cannot be used is a warning, and of `packs`,
   `tools`, `exclude_tools`, `read_only` and `delete_mode` the narrower counts, here or in `config.toml` (or its default);
3. `config.toml`: the file of `--config`, else of `INTERVALS_ICU_CONFIG`, else `intervals-icu-mcp/config.toml` in the platform's
   configuration folder (on Linux `~/.config`). A file that cannot be read is a mistake, since what it forbids is not known;
4. variables of the environment;
5. the command line.

A list may be written as one text with commas. A relative path in a file is relative to that file's folder, elsewhere to the working
directory; `~` is the home folder. A mistake is said with its source, key and remedy, and the server does not start.
`config` shows every value and where it comes from; `config.example.toml` has the whole file.

## While the server runs

A server that was started with a `config.toml` looks at it every two seconds, and at the folder of
[packs without Rust](declarative-packs.md). On SIGHUP (not on Windows) it reads everything again at once, also the files that hold
tokens. What is valid holds from the next request on: clients hear that their lists have changed, and a token that is gone lets nobody
in. Keys that need a restart are named in the log, and keep their value until then. What cannot be used is said in the log, at level
`error`, and with `dynamic` by the tool `icu_list_packs`; all that held before still holds, also when the file is gone. A faulty file
of a pack without Rust takes that pack out and nothing else, at the start too.
A server that was started without a file never looks for one; with neither a file nor such a folder its clients may keep their lists.

## Keys

";

/// What there is to say of a table whose keys the code does not know.
const OPEN: &[(&str, &str)] = &[
    ("http_tokens", "These stand in the file only."),
    (
        "fixed",
        "`INTERVALS_ICU_FIXED__ATHLETE_ID=i123` is the same over the environment. A call that sends a fixed argument is \
         refused. This spares a model an argument; whom a key may reach at all is what `athletes` says.",
    ),
    (
        "tool",
        "What stands in `fixed` goes before what `[fixed]` says for all. These stand in the file only:\n\n```toml\n\
         [tool.icu_get_wellness_data]\ndescription = \"MORNING values of the last two weeks.\"\n\n\
         [tool.icu_get_wellness_data.fixed]\ndays_back = 14\n```",
    ),
    ("pack", "A section is no place for secrets: `config` shows it. No `.env` can set it."),
];

fn said(key: &str, property: &Value) -> String {
    let description = property["description"].as_str().unwrap_or_else(|| panic!("{key} has no doc comment"));
    description.replace('\n', " ").replace('|', "\\|")
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
    let words = chosen.flat_map(|rest| rest.split(['`', ' ', '&', '\n']).next().unwrap().split(','));
    let is_profile = |word: &str| PROFILES.iter().any(|profile| profile.name == word);
    let known = |word: &str| word == "default" || is_profile(word) || catalog.packs.contains_key(word);
    let unknown: Vec<_> = words.filter(|word| !known(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
