//! Rules: schemas have the forms that all models and clients accept.
use serde_json::Value;

use crate::{
    JsonMap,
    testing::{
        PackUnderTest,
        pack_under_test::{all_arguments, is_in},
    },
};

/// Checks that every argument has a description and an example.
pub fn arguments(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| {
        let settings = all_arguments();
        let (schema, examples) = (tool.input_schema(&settings), tool.example(&settings));
        let mut faults = vec![];
        for (argument, property) in properties(&schema) {
            let described = property.get("description").and_then(Value::as_str).is_some_and(|text| !text.is_empty());
            if !described && !is_in(subject.policy.summed_up, tool) {
                faults.push(format!("{argument} has no description"));
            }
            if !examples.contains_key(argument) {
                faults.push(format!("{argument} has no example"));
            }
        }
        faults
    })
}

/// Checks that both schemas are plain objects, without a choice at the top, members that may be null, or useless keywords.
pub fn schemas(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| {
        let mut faults = vec![];
        for (which, schema) in [("input", tool.input_schema(&all_arguments())), ("output", tool.output_schema())] {
            if schema.get("type").and_then(Value::as_str) != Some("object") {
                faults.push(format!("{which} is not an object"));
            }
            for choice in ["oneOf", "anyOf", "allOf", "not", "enum", "$ref", "$defs"] {
                if schema.contains_key(choice) {
                    faults.push(format!("{which} has {choice} at the top"));
                }
            }
            let schema = Value::Object(schema);
            faults.extend(nullable(&schema, which).into_iter().map(|at| format!("{at} may be null: leave it out")));
            let text = schema.to_string();
            for ballast in ["\"$schema\"", "\"additionalProperties\":false", "\"format\":", "\"examples\":"] {
                if text.contains(ballast) {
                    faults.push(format!("{which} has {ballast}"));
                }
            }
        }
        faults
    })
}

/// Checks that only core adds `athlete` and `notes`, because it would overwrite an answer's own. A prescribed answer has neither.
pub fn additions(subject: &PackUnderTest) -> Vec<String> {
    subject.of_tools(|tool| {
        let schema = tool.output_schema();
        let names: Vec<_> = properties(&schema).map(|(name, _)| name.as_str()).collect();
        let fits = if is_in(subject.policy.prescribed, tool) {
            !names.iter().any(|name| ["athlete", "notes"].contains(name))
        } else {
            // Core adds them after all others.
            names.ends_with(&["athlete", "notes"])
        };
        if fits { vec![] } else { vec![format!("athlete and notes are not the answer's own: {names:?}")] }
    })
}

fn properties(schema: &JsonMap) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

/// The members that may be null, at any depth. Items of arrays may be null.
fn nullable(schema: &Value, at: &str) -> Vec<String> {
    let mut places = vec![];
    for (word, inner) in schema.as_object().into_iter().flatten() {
        match (word.as_str(), inner) {
            ("properties", Value::Object(members)) => {
                for (name, member) in members {
                    let at = format!("{at}.{name}");
                    places.extend(nullable(member, &at));
                    if allows_null(member) {
                        places.push(at);
                    }
                }
            }
            ("items" | "additionalProperties", inner) => places.extend(nullable(inner, &format!("{at}[]"))),
            ("oneOf" | "anyOf" | "allOf" | "prefixItems", Value::Array(several)) => {
                places.extend(several.iter().flat_map(|one| nullable(one, at)));
            }
            _ => {}
        }
    }
    places
}

fn allows_null(schema: &Value) -> bool {
    let list = |word: &str| schema.get(word).and_then(Value::as_array).into_iter().flatten();
    let is_null = |value: &Value| value == "null";
    schema.get("type").is_some_and(is_null)
        || list("type").any(is_null)
        || schema.get("const").is_some_and(Value::is_null)
        || list("enum").any(Value::is_null)
        || list("oneOf").chain(list("anyOf")).any(allows_null)
}
