//! Rule: prompts name existing tools and arguments.
use serde_json::Value;

use crate::{
    JsonMap, Result,
    content::Block,
    prompt::Prompt,
    testing::{PackUnderTest, pack_under_test::all_arguments},
};

/// Checks that a prompt needs and names existing tools with arguments that they have, and that it does not name hidden tools that
/// it does not need.
pub fn prompts(subject: &PackUnderTest) -> Vec<String> {
    let mut faults = vec![];
    for prompt in subject.packs.iter().flat_map(|pack| (pack.build)().prompts()) {
        let of_prompt =
            faults_of(&prompt, subject).unwrap_or_else(|error| vec![format!("it cannot be written: {error}")]);
        faults.extend(of_prompt.into_iter().map(|fault| format!("{}: {fault}", prompt.name)));
    }
    faults
}

fn faults_of(prompt: &Prompt, subject: &PackUnderTest) -> Result<Vec<String>> {
    let prefixes = match subject.policy.prefix {
        "icu_" => vec!["icu_"],
        own => vec!["icu_", own],
    };
    let elsewhere = |tool: &str| subject.policy.elsewhere.contains(&tool);
    let exists = |tool: &str| subject.find(tool).is_some() || elsewhere(tool);
    let mut faults = vec![];
    for (tool, arguments) in calls(&text(prompt, |_| true)?, &prefixes) {
        match subject.find(tool) {
            Some(tool) => {
                let schema = tool.input_schema(&all_arguments());
                let properties = schema.get("properties").and_then(Value::as_object);
                let unknown = |name: &&str| properties.is_none_or(|properties| !properties.contains_key(*name));
                faults.extend(arguments.into_iter().filter(unknown).map(|name| format!("{} has no {name}", tool.name)));
            }
            None if elsewhere(tool) => {}
            None => {
                faults.push(format!("it names {tool}, which is not linked here; one of another pack is `elsewhere`"))
            }
        }
    }
    let missing = prompt.needs.iter().filter(|tool| !exists(tool));
    faults.extend(missing.map(|tool| format!("it needs {tool}, which is not linked here")));
    if prompt.needs.is_empty() {
        faults.push("it needs no tool, so it would stay when all are hidden".into());
    }
    let bare = text(prompt, |tool| prompt.needs.contains(&tool))?;
    let hidden = calls(&bare, &prefixes).into_iter().filter(|(tool, _)| !prompt.needs.contains(tool) && exists(tool));
    faults.extend(hidden.map(|(tool, _)| format!("it names {tool} where that is hidden: make it a step, or need it")));
    Ok(faults)
}

/// The text of a prompt with all arguments.
fn text(prompt: &Prompt, shown: impl Fn(&str) -> bool) -> Result<String> {
    let value = |argument: &crate::prompt::PromptArgument| {
        argument.choices.first().copied().or(argument.default).unwrap_or("1").into()
    };
    let arguments: JsonMap = prompt.arguments.iter().map(|one| (one.name.to_owned(), value(one))).collect();
    let blocks = prompt.messages(&arguments, &shown)?.into_iter().map(|message| message.content);
    Ok(blocks.filter_map(|block| if let Block::Text(text) = block { Some(text) } else { None }).collect())
}

/// The calls in a text: each tool's name, and the names of its arguments.
fn calls<'a>(text: &'a str, prefixes: &[&str]) -> Vec<(&'a str, Vec<&'a str>)> {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut calls = vec![];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        if !in_word(before) && prefixes.iter().any(|prefix| rest.starts_with(prefix)) {
            let (name, behind) = rest.split_at(rest.find(|c| !in_word(c)).unwrap_or(rest.len()));
            calls.push((name, arguments(behind)));
        }
        before = c;
    }
    calls
}

/// The names in `(a=1, b="x, y")`.
fn arguments(behind: &str) -> Vec<&str> {
    let inner = behind.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(inner, _)| inner);
    // A value in quotes may hold commas.
    let outside = inner.split('"').step_by(2);
    let parts = outside.flat_map(|plain| plain.split(','));
    parts.map(|part| part.split('=').next().unwrap_or_default().trim()).filter(|name| !name.is_empty()).collect()
}
