//! Rules that every tool keeps; each walk names all failures at once.
use icu_core::{Delete, Effect, testing::Bench};
use icu_demo::Demo;
use intervals_icu_mcp::{catalog::Catalog, wire};
use serde_json::Value;

use crate::world::{all_arguments, example, tools};

/// Walks all tools and fails with everything that `faults` found.
fn walk(faults: impl Fn(&'static icu_core::ToolDef) -> Vec<String>) {
    let all: Vec<_> =
        tools().into_iter().flat_map(|tool| faults(tool).into_iter().map(|f| format!("{}: {f}", tool.name))).collect();
    assert!(all.is_empty(), "{all:#?}");
}

/// Tools whose name, arguments and answer somebody else prescribes.
const PRESCRIBED: &[(&str, &str)] = &[
    ("search", "ChatGPT's deep research and company knowledge ask for a tool of this name and form"),
    ("fetch", "the same"),
];

fn is_prescribed(tool: &icu_core::ToolDef) -> bool {
    PRESCRIBED.iter().any(|(name, _)| *name == tool.name)
}

#[test]
fn names_are_of_one_kind() {
    walk(|tool| {
        let mut faults = vec![];
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let own = tool.name.starts_with("icu_") || is_prescribed(tool);
        if !own || !tool.name.chars().all(plain) || tool.name.len() > 40 {
            faults.push("a name is icu_… in lower case, up to 40 characters".into());
        }
        if tool.title.as_deref().is_none_or(str::is_empty) {
            faults.push("no title".into());
        }
        if !tool.description.ends_with('.') || tool.description.len() > 300 {
            faults.push("a description is a sentence or two".into());
        }
        faults
    });
    for (name, loaded) in Catalog::linked().unwrap().packs {
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        assert!(loaded.card.about.ends_with('.') && loaded.card.about.len() < 120, "{name}");
    }
}

#[test]
fn what_deletes_says_how_final_it_is() {
    walk(|tool| {
        let deletes = tool.name.contains("delete");
        match (deletes, tool.delete, tool.effect) {
            (true, None, _) => vec!["it deletes: say delete = forever or guarded".into()],
            (_, Some(Delete::Forever | Delete::Guarded), Effect::Read | Effect::Write) => {
                vec!["what deletes is destructive".into()]
            }
            _ => vec![],
        }
    });
}

#[test]
fn all_four_annotations_follow_from_the_effect() {
    walk(|tool| {
        let annotations = wire::tool(tool, &all_arguments(), true).annotations.unwrap();
        let (read, destroys) = (tool.effect == Effect::Read, tool.effect == Effect::Destructive);
        let sent = (annotations.read_only_hint, annotations.destructive_hint, annotations.idempotent_hint);
        let derived = (Some(read), Some(destroys), Some(read || tool.idempotent));
        if sent == derived && annotations.open_world_hint == Some(true) {
            vec![]
        } else {
            vec![format!("{annotations:?}")]
        }
    });
}

/// Tools whose arguments are described in the tool's own sentence.
const SHARED: &[(&str, &str)] = &[
    ("icu_update_wellness", "thirty numbers share their units and scales"),
    ("icu_create_event", "flags and numbers whose names say all"),
    ("icu_update_event", "the same"),
];

#[test]
fn every_argument_is_described_and_has_an_example() {
    walk(|tool| {
        let settings = all_arguments();
        let (schema, examples) = (tool.input_schema(&settings), tool.example(&settings));
        let mut faults = vec![];
        for (argument, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if property.get("description").is_none() && !SHARED.iter().any(|(name, _)| *name == tool.name) {
                faults.push(format!("{argument} has no description"));
            }
            if !examples.contains_key(argument) {
                faults.push(format!("{argument} has no example"));
            }
        }
        faults
    });
}

#[test]
fn schemas_are_plain_objects_without_ballast() {
    walk(|tool| {
        let mut faults = vec![];
        for (which, schema) in [("input", tool.input_schema(&all_arguments())), ("output", tool.output_schema())] {
            if schema.get("type").and_then(Value::as_str) != Some("object") {
                faults.push(format!("{which} is not an object"));
            }
            for choice in ["oneOf", "anyOf", "allOf", "not", "$ref", "$defs"] {
                if schema.contains_key(choice) {
                    faults.push(format!("{which} has {choice} at the top"));
                }
            }
            let text = Value::Object(schema).to_string();
            for ballast in ["\"$schema\"", "\"additionalProperties\":false", "\"format\":", "\"examples\":"] {
                if text.contains(ballast) {
                    faults.push(format!("{which} has {ballast}"));
                }
            }
        }
        faults
    });
}

#[test]
fn no_answer_takes_the_names_that_core_adds() {
    // An answer's own `athlete` or `notes` would be overwritten. Core adds both to the schema, so look at its order: last.
    walk(|tool| {
        let schema = tool.output_schema();
        let properties: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
        let fits = match is_prescribed(tool) {
            true => !properties.iter().any(|name| name == "athlete" || name == "notes"),
            false => properties.ends_with(&["athlete".into(), "notes".into()]),
        };
        if fits { vec![] } else { vec![format!("{properties:?}")] }
    });
}

#[tokio::test]
async fn no_tool_writes_in_read_only_mode() {
    let demo = Demo::start().await.unwrap();
    let bench = Bench::at(&demo.url).read_only();
    let mut faults = vec![];
    for tool in tools() {
        let outcome = bench.run(&tool.name, Value::Object(example(tool))).await;
        let refused = outcome.as_ref().is_err_and(|error| error.problem.contains("was not sent"));
        if if tool.effect == Effect::Read { outcome.is_err() } else { !refused } {
            faults.push(format!("{}: {outcome:?}", tool.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!(demo.writes(), [""; 0]);
    assert!(!demo.requests().is_empty());
}

#[tokio::test]
async fn every_answer_fits_its_output_schema() {
    for tool in tools() {
        let demo = Demo::start().await.unwrap();
        let bench = Bench::at(&demo.url);
        let answer = bench.run(&tool.name, Value::Object(example(tool))).await;
        let answer = answer.unwrap_or_else(|error| panic!("{}: {error}", tool.name));
        let faults = unfit(&answer.structured, &Value::Object(tool.output_schema()), "");
        assert!(faults.is_empty(), "{}: {faults:#?}", tool.name);
    }
}

/// Where a value does not fit a schema of the few words that ours are made of.
fn unfit(value: &Value, schema: &Value, at: &str) -> Vec<String> {
    let types: Vec<_> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ if *schema == Value::Bool(true) || schema.as_object().is_some_and(serde_json::Map::is_empty) => return vec![],
        _ => return vec![format!("{at}: a schema without a type: {schema}")],
    };
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = types.contains(&found) || (found == "integer" && types.contains(&"number"));
    if !fits {
        return vec![format!("{at}: {found} is not {types:?}")];
    }
    let mut faults = vec![];
    if let Value::Object(members) = value {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !members.contains_key(name) {
                faults.push(format!("{at}.{name} is missing"));
            }
        }
        for (name, member) in members {
            match schema["properties"].get(name) {
                Some(schema) => faults.extend(unfit(member, schema, &format!("{at}.{name}"))),
                // A map, such as the athlete's own fields, has no properties.
                None if schema.get("properties").is_some() => faults.push(format!("{at}.{name} is not in the schema")),
                None => {}
            }
        }
    }
    if let Value::Array(items) = value {
        faults.extend(
            items.iter().enumerate().flat_map(|(n, item)| unfit(item, &schema["items"], &format!("{at}[{n}]"))),
        );
    }
    faults
}
