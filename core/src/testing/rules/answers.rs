//! Rule: an answer fits its output schema.
use serde_json::{Map, Value};

use crate::testing::{PackUnderTest, ToolRunner};

/// Checks that the example call of every tool, each with a new runner, succeeds and that its answer fits the output schema.
pub async fn answers(subject: &PackUnderTest, start: impl AsyncFn() -> ToolRunner) -> Vec<String> {
    let mut faults = vec![];
    for tool in &subject.tools {
        let of_tool = match start().await.run_tool(tool, subject.example(tool)).await {
            Ok(answer) => unfit(&answer.structured, &Value::Object(tool.output_schema()), "answer"),
            Err(error) => vec![format!("the call with its examples fails: {error}")],
        };
        faults.extend(of_tool.into_iter().map(|fault| format!("{}: {fault}", tool.name)));
    }
    faults
}

/// The places where a value does not fit a schema. Supports only the keywords that answers use.
fn unfit(value: &Value, schema: &Value, at: &str) -> Vec<String> {
    let types: Vec<_> = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ if *schema == Value::Bool(true) || schema.as_object().is_some_and(Map::is_empty) => return vec![],
        _ => return vec![format!("{at}: a schema without a type: {schema}")],
    };
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = types.contains(&kind) || (kind == "integer" && types.contains(&"number"));
    if !fits {
        return vec![format!("{at}: {kind} is not {types:?}")];
    }
    match value {
        Value::Object(members) => {
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let missing = required.filter_map(Value::as_str).filter(|name| !members.contains_key(*name));
            let missing = missing.map(|name| format!("{at}.{name} is missing"));
            let properties = schema.get("properties");
            let unfit = members.iter().flat_map(|(name, member)| {
                let at = format!("{at}.{name}");
                match (properties.and_then(|properties| properties.get(name)), properties) {
                    (Some(schema), _) => unfit(member, schema, &at),
                    (None, Some(_)) => vec![format!("{at} is not in the schema")],
                    // A map, such as the athlete's custom fields, has no properties.
                    (None, None) => vec![],
                }
            });
            missing.chain(unfit).collect()
        }
        Value::Array(items) => {
            let schema = schema.get("items").unwrap_or(&Value::Bool(true));
            let unfit = items.iter().enumerate().flat_map(|(n, item)| unfit(item, schema, &format!("{at}[{n}]")));
            unfit.collect()
        }
        _ => vec![],
    }
}
