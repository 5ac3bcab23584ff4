//! Overrides of tools: the tables `[tool.<name>]` and `[fixed]` of the configuration.
use std::{collections::BTreeSet, sync::Arc};

use intervals_core::{
    Call, Error, JsonMap, Result, Settings, arguments,
    registry::{StaticOrShared, ToolDef},
};
use serde_json::Value;

use intervals_settings::{Config, Fault, Sources, config::Override};

use super::Catalog;
use crate::{known, spelling::hint};

impl Catalog {
    /// Replaces tools by wrappers with the operator's texts, tier and fixed arguments.
    ///
    /// # Errors
    /// All faults of the two tables: unknown tools and arguments, values of a wrong type, empty texts.
    pub fn apply_overrides(&mut self, config: &Config, sources: &Sources) -> Result<(), Vec<Fault>> {
        let mut faults = vec![];
        // A configuration may be used with several builds, and with and without `dynamic`.
        let elsewhere = |name: &str| known::tools().any(|(_, tool)| tool == name) || self.reserved.contains_key(name);
        let is_there = |name: &str| {
            self.tools.contains_key(name) || self.absent.has_tool(|absent| absent == name) || elsewhere(name)
        };
        for name in config.tool.keys().filter(|name| !is_there(name)) {
            let problem =
                format!("no tool of this build is called {name}{}", hint(name, self.tools.keys().map(|name| &**name)));
            faults.push(sources.fault(&format!("tool.{name}"), problem, "Correct the name; `tools` lists them."));
        }
        let plain = Override::default();
        let mut all_arguments = vec![];
        for (name, entry) in &mut self.tools {
            if config.fixed.is_empty() && !config.tool.contains_key(&**name) {
                continue;
            }
            let over = config.tool.get(&**name).unwrap_or(&plain);
            // `athlete_id` may be fixed whether or not the schemas show it.
            let schema = (entry.tool.input)(&Settings::default().with_coach());
            // `[fixed]` does not apply to the tools about tools, whose arguments are their own.
            let of_packs = !entry.about_tools;
            let has = |argument: &String| of_packs && properties(&schema).any(|property| property == argument);
            let own = over.fixed.iter().map(|(argument, value)| {
                let value = arguments::fixed(&schema, argument, value).map_err(|problem| {
                    let problem = format!("{problem}{}", argument_hint(&schema, argument));
                    let key = format!("tool.{name}.fixed.{argument}");
                    sources.fault(&key, problem, "Correct it; docs/tools.md has every argument.")
                })?;
                Ok((argument.clone(), value))
            });
            let others =
                config.fixed.iter().filter(|(argument, _)| has(argument) && !over.fixed.contains_key(*argument));
            let others = others.map(|(argument, value)| {
                let value = arguments::fixed(&schema, argument, value).map_err(|problem| {
                    let problem = format!("{name} does not take it: {problem}");
                    sources.fault(&format!("fixed.{argument}"), problem, "Correct it, or give it to single tools.")
                })?;
                Ok((argument.clone(), value))
            });
            let mut fixed = JsonMap::new();
            for one in own.chain(others) {
                match one {
                    Ok((argument, value)) => _ = fixed.insert(argument, value),
                    Err(fault) => faults.push(fault),
                }
            }
            for (key, text) in [("description", &over.description), ("title", &over.title)] {
                if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
                    let remedy = "Write it, or leave it out for the tool's own.";
                    faults.push(sources.fault(&format!("tool.{name}.{key}"), "it is empty", remedy));
                }
            }
            all_arguments.extend(properties(&schema).cloned());
            if *over != plain || !fixed.is_empty() {
                entry.tool = overridden(&entry.tool, over, fixed).into();
            }
        }
        let is_there = |name: &String| all_arguments.contains(name) || self.absent.has_argument(name);
        for argument in config.fixed.keys().filter(|argument| !is_there(argument)) {
            let problem = format!("no tool has the argument {argument}");
            let problem = format!("{problem}{}", hint(argument, all_arguments.iter().map(String::as_str)));
            faults.push(sources.fault(&format!("fixed.{argument}"), problem, "Correct it, or remove it."));
        }
        // A wrong value of `[fixed]` is a fault for each tool that has the argument; one is enough.
        let mut places = BTreeSet::new();
        faults.retain(|fault| places.insert(fault.place.clone()));
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

/// Names of the properties of a schema.
fn properties(schema: &JsonMap) -> impl Iterator<Item = &String> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|properties| properties.keys())
}

/// Suggestion for an unknown argument; empty for a known one.
fn argument_hint(schema: &JsonMap, argument: &str) -> String {
    match properties(schema).any(|known| known == argument) {
        true => String::new(),
        false => hint(argument, properties(schema).map(String::as_str)),
    }
}

/// Wraps a tool: replaces its texts and tier, removes fixed arguments from its schema and adds them to each call.
fn overridden(linked: &StaticOrShared<ToolDef>, over: &Override, fixed: JsonMap) -> ToolDef {
    let mut tool = ToolDef::clone(linked);
    if let Some(description) = &over.description {
        tool.description = description.trim().to_owned().into();
    }
    if let Some(tier) = over.tier {
        tool.tier = tier;
    }
    if let Some(title) = &over.title {
        tool.title = Some(title.trim().to_owned().into());
    }
    if !fixed.is_empty() {
        let (fixed, input, body) = (Arc::new(fixed), tool.input.clone(), tool.body.clone());
        let removed = fixed.clone();
        tool.input = StaticOrShared::Shared(Arc::new(move |settings| without_arguments(input(settings), &removed)));
        tool.body = StaticOrShared::Shared(Arc::new(move |mut call: Call| match insert_fixed(&mut call, &fixed) {
            Ok(()) => body(call),
            Err(error) => Box::pin(async { Err(error) }),
        }));
    }
    tool
}

/// Removes the fixed arguments from a schema.
fn without_arguments(mut schema: JsonMap, fixed: &JsonMap) -> JsonMap {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.retain(|name, _| !fixed.contains_key(name));
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| name.as_str().is_none_or(|name| !fixed.contains_key(name)));
        if required.is_empty() {
            schema.remove("required");
        }
    }
    schema
}

/// Adds the fixed arguments to a call.
///
/// # Errors
/// The call has a fixed argument: ignoring its value would mislead the caller.
fn insert_fixed(call: &mut Call, fixed: &JsonMap) -> Result<()> {
    if let Some(sent) = call.arguments.keys().find(|sent| fixed.contains_key(*sent)) {
        return Err(Error::new(format!("{sent} is set by this server's operator"), "Leave it out."));
    }
    call.arguments.extend(fixed.clone());
    Ok(())
}

#[cfg(test)]
mod tests;
