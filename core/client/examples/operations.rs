//! Makes `src/operations.json` of the service's OpenAPI document:
//! `cargo run -p intervals-client --example operations -- openapi.json` (the service publishes it at `/api/v1/docs`).
//!
//! Only facts are taken: methods, paths, parameters with type and whether required, names of body fields.
#![allow(clippy::indexing_slicing, reason = "a missing member of a JSON value reads as null")]
use std::{collections::BTreeMap, error::Error, fs};

use serde_json::{Map, Value, json};

const TARGET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/operations.json");

fn main() -> Result<(), Box<dyn Error>> {
    let spec = std::env::args().nth(1).ok_or("say where the OpenAPI document is")?;
    let spec: Value = serde_json::from_str(&fs::read_to_string(spec)?)?;
    let mut schemas = BTreeMap::new();
    let mut operations = vec![];
    for (path, methods) in members(&spec["paths"]) {
        for (method, operation) in members(methods) {
            let path = path.strip_prefix("/api/v1").unwrap_or(path);
            let body = body(&operation["requestBody"], &spec, &mut schemas);
            operations.push(json!({
                "method": method.to_uppercase(), "path": path, "query": query(&operation["parameters"]), "body": body,
            }));
        }
    }
    operations.sort_by_key(|operation| (operation["path"].to_string(), operation["method"].to_string()));
    let lines = |items: Vec<String>| items.join(",\n  ");
    let operations = lines(operations.iter().map(Value::to_string).collect());
    let schemas = lines(schemas.iter().map(|(name, fields)| format!("{}: {}", json!(name), json!(fields))).collect());
    fs::write(TARGET, format!("{{\"operations\": [\n  {operations}\n],\n\"schemas\": {{\n  {schemas}\n}}}}\n"))?;
    Ok(())
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Name to `type`, `[type]` for a comma-joined list; `*` behind it where required.
fn query(parameters: &Value) -> Map<String, Value> {
    let parameters = parameters.as_array().into_iter().flatten().filter(|p| p["in"] == "query");
    parameters
        .map(|p| {
            let word = |schema: &Value| schema["type"].as_str().unwrap_or("string").to_owned();
            let schema = &p["schema"];
            let kind = if schema["type"] == "array" { format!("[{}]", word(&schema["items"])) } else { word(schema) };
            let star = if p["required"] == true { "*" } else { "" };
            (p["name"].as_str().unwrap_or_default().to_owned(), json!(format!("{kind}{star}")))
        })
        .collect()
}

/// The schema's name, `[name]` for an array of it, `file` for an upload, null for none.
fn body(body: &Value, spec: &Value, schemas: &mut BTreeMap<String, Vec<String>>) -> Value {
    let content = &body["content"];
    let schema = &content["application/json"]["schema"];
    if content.get("multipart/form-data").is_some() || schema["properties"]["file"]["format"] == "binary" {
        return json!("file");
    }
    let array = schema["type"] == "array";
    let reference = if array { &schema["items"]["$ref"] } else { &schema["$ref"] };
    let Some(name) = reference.as_str().and_then(|reference| reference.rsplit('/').next()) else {
        return Value::Null;
    };
    let fields = members(&spec["components"]["schemas"][name]["properties"]).map(|(field, _)| field.clone()).collect();
    schemas.insert(name.into(), fields);
    json!(if array { format!("[{name}]") } else { name.to_owned() })
}
