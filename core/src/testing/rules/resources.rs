//! Rule: resources can be read, and belong to tools that only read.
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::{
    Effect, Pack,
    content::{Content, Template},
    static_or_shared::StaticOrShared,
    testing::{PackUnderTest, ToolRunner},
    uri,
};

/// The most offered values to try: the first ones may have no content.
const TRIED: usize = 10;

/// Checks that the tool of a resource exists and only reads, and that every resource can be read, and every template with values
/// that the pack offers.
pub async fn resources(subject: &PackUnderTest, start: impl AsyncFn() -> ToolRunner) -> Vec<String> {
    let bench = start().await;
    let mut faults = vec![];
    for pack in &subject.packs {
        let built = (pack.build)();
        for resource in built.resources() {
            let mut of_resource = of_tool(subject, resource.tool);
            if of_resource.is_empty() {
                of_resource.extend(read(subject, &bench, pack, &resource.uri).await.err());
            }
            faults.extend(of_resource.into_iter().map(|fault| format!("{}: {fault}", resource.uri)));
        }
        for template in built.templates() {
            let mut of_resource = of_tool(subject, template.tool);
            if of_resource.is_empty() {
                of_resource.extend(read_any(subject, &bench, pack, &template).await.err());
            }
            faults.extend(of_resource.into_iter().map(|fault| format!("{}: {fault}", template.uri)));
        }
    }
    faults
}

fn of_tool(subject: &PackUnderTest, tool: Option<&str>) -> Vec<String> {
    match tool.map(|name| (name, subject.find(name).map(|tool| tool.effect))) {
        None | Some((_, Some(Effect::Read))) => vec![],
        Some((name, None)) => vec![format!("it goes with {name}, which is not linked here")],
        Some((name, Some(effect))) => vec![format!("it goes with {name}, which is marked {effect:?}")],
    }
}

async fn read(subject: &PackUnderTest, bench: &ToolRunner, pack: &Pack, uri: &str) -> Result<(), String> {
    let shown = |tool: &str| subject.find(tool).map(StaticOrShared::from);
    let read = crate::pack::read(&*(pack.build)(), uri, &shown, bench.call(Value::Null)).await;
    match read.ok_or("neither the pack nor a tool reads it")? {
        Ok(read) => match read.content {
            Content::Text(text) if text.trim().is_empty() => Err("there is nothing in it".into()),
            Content::Bytes { data, .. } if data.is_empty() => Err("there is nothing in it".into()),
            _ => Ok(()),
        },
        Err(error) => Err(format!("it cannot be read: {error}")),
    }
}

/// Reads the template with the offered values of its variables, until one can be read.
async fn read_any(subject: &PackUnderTest, bench: &ToolRunner, pack: &Pack, template: &Template) -> Result<(), String> {
    let mut offers = vec![];
    for variable in uri::variables(&template.uri) {
        let offered = bench.complete(&*(pack.build)(), variable, "").await;
        let offered = offered.ok_or_else(|| format!("`complete` offers nothing for {variable}"))?;
        offers.push((variable, offered.map_err(|error| format!("`complete` fails for {variable}: {error}"))?));
    }
    let longest = offers.iter().map(|(_, values)| values.len()).max().unwrap_or_default().min(TRIED);
    let mut failed = "`complete` offers no values".to_owned();
    for n in 0..longest {
        let mut filled = template.uri.clone();
        for (variable, values) in &offers {
            let value = values.get(n).or(values.last()).map(String::as_str).unwrap_or_default();
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
            filled = filled.replace(&format!("{{{variable}}}"), &value);
        }
        match read(subject, bench, pack, &filled).await {
            Ok(()) => return Ok(()),
            Err(fault) => failed = format!("{filled}: {fault}"),
        }
    }
    Err(failed)
}
