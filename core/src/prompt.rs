//! Prompts: templates that a person picks, and that give the model a plan of tool calls.
use std::{cell::RefCell, fmt::Write};

use crate::{
    Error, JsonMap, Result,
    content::{Block, PromptMessage, Role},
};

/// A message template that a person picks.
#[non_exhaustive]
pub struct Prompt {
    /// Its name, unique over all packs.
    pub name: &'static str,
    /// A title for people.
    pub title: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// Its arguments.
    pub arguments: &'static [PromptArgument],
    /// The tools that it needs. The prompt is hidden when one of them is.
    pub needs: &'static [&'static str],
    /// Writes the message. [`PromptCall::show`] adds what comes before it, such as an image.
    pub render: fn(&PromptCall) -> String,
}

/// An argument of a prompt; its value is always a string.
#[non_exhaustive]
pub struct PromptArgument {
    /// Its name.
    pub name: &'static str,
    /// One sentence.
    pub description: &'static str,
    /// The default value; `None` makes the argument required.
    pub default: Option<&'static str>,
    /// Suggested values; others are accepted too.
    pub choices: &'static [&'static str],
}

/// The tools and arguments that a prompt may name. A closure that returns whether a tool is shown implements it.
pub trait Callable {
    /// Whether this tool may be called.
    fn shows(&self, tool: &str) -> bool;

    /// Whether the tool takes this argument.
    fn takes(&self, _tool: &str, _argument: &str) -> bool {
        true
    }
}

impl<F: Fn(&str) -> bool> Callable for F {
    fn shows(&self, tool: &str) -> bool {
        self(tool)
    }
}

/// One use of a prompt.
pub struct PromptCall<'a> {
    arguments: Vec<(&'static str, String)>,
    callable: &'a dyn Callable,
    blocks: RefCell<Vec<Block>>,
}

impl PromptArgument {
    /// A required argument. Its description is one sentence.
    pub const fn new(name: &'static str, description: &'static str) -> Self {
        Self { name, description, default: None, choices: &[] }
    }

    /// Sets the default value, which makes the argument optional.
    pub const fn with_default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    /// Sets the suggested values.
    pub const fn with_choices(self, choices: &'static [&'static str]) -> Self {
        Self { choices, ..self }
    }
}

impl Prompt {
    /// A prompt without arguments and needed tools; [`with_render`](Self::with_render) completes it. Its description is one
    /// sentence.
    pub const fn new(name: &'static str, title: &'static str, description: &'static str) -> Self {
        Self { name, title, description, arguments: &[], needs: &[], render: |_| String::new() }
    }

    /// Sets the arguments.
    pub const fn with_arguments(self, arguments: &'static [PromptArgument]) -> Self {
        Self { arguments, ..self }
    }

    /// Sets the tools that it needs.
    pub const fn with_needs(self, needs: &'static [&'static str]) -> Self {
        Self { needs, ..self }
    }

    /// Sets the function that writes the message.
    pub const fn with_render(self, render: fn(&PromptCall) -> String) -> Self {
        Self { render, ..self }
    }

    /// The messages for these arguments, without the steps and arguments that are not `callable`.
    ///
    /// Fails on an argument that is missing, unknown, or neither text nor a number.
    pub fn messages(&self, given: &JsonMap, callable: &dyn Callable) -> Result<Vec<PromptMessage>> {
        let known = || self.arguments.iter().map(|argument| argument.name).collect::<Vec<_>>().join(", ");
        if let Some(unknown) = given.keys().find(|key| !self.arguments.iter().any(|one| one.name == key.as_str())) {
            let advice =
                if self.arguments.is_empty() { "It takes none.".into() } else { format!("It takes {}.", known()) };
            return Err(Error::new(format!("{} has no argument {unknown}", self.name), advice));
        }
        let value = |argument: &PromptArgument| {
            let given = match given.get(argument.name) {
                None | Some(serde_json::Value::Null) => None,
                Some(serde_json::Value::String(text)) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
                Some(serde_json::Value::Number(number)) => Some(number.to_string()),
                Some(other) => {
                    return Err(Error::new(format!("{} is {other}", argument.name), "Give it as text."));
                }
            };
            match given.or_else(|| argument.default.map(Into::into)) {
                Some(value) => Ok((argument.name, value)),
                None => Err(Error::new(format!("{} is missing", argument.name), argument.description)),
            }
        };
        let arguments = self.arguments.iter().map(value).collect::<Result<_>>()?;
        let call = PromptCall { arguments, callable, blocks: RefCell::default() };
        let text = (self.render)(&call);
        let blocks = call.blocks.into_inner().into_iter().chain([Block::Text(text)]);
        Ok(blocks.map(|content| PromptMessage { role: Role::User, content }).collect())
    }
}

impl PromptCall<'_> {
    /// The value of an argument, or its default, as one line.
    pub fn get(&self, name: &str) -> String {
        let value = self.arguments.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        crate::text::one_line(value.unwrap_or_default())
    }

    /// Adds a message before the text: an image, a sound, or the text of a resource.
    pub fn show(&self, block: Block) {
        self.blocks.borrow_mut().push(block);
    }

    /// Whether a tool may be called.
    pub fn shows(&self, tool: &str) -> bool {
        self.callable.shows(tool)
    }

    /// The text of an opening, numbered steps, and a closing. A step is a call as `icu_tool(argument=value)` and its purpose. Steps
    /// of hidden tools and arguments that may not be sent are left out.
    pub fn plan(&self, opening: &str, steps: &[(String, &str)], closing: &str) -> String {
        let mut text = format!("{opening}\n");
        let shown = steps.iter().filter(|(call, _)| self.shows(call.split('(').next().unwrap_or_default()));
        for (n, (call, why)) in shown.enumerate() {
            let _ = writeln!(text, "{}. {}: {why}", n + 1, self.callable_part(call));
        }
        text + closing
    }

    /// A call without the arguments that may not be sent.
    fn callable_part(&self, call: &str) -> String {
        let Some((tool, arguments)) = call.strip_suffix(')').and_then(|call| call.split_once('(')) else {
            return call.into();
        };
        let takes = |argument: &&str| match argument.split_once('=') {
            Some((name, _)) => self.callable.takes(tool, name),
            // The rest of a value that holds a comma.
            None => true,
        };
        format!("{tool}({})", arguments.split(", ").filter(takes).collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PROMPT: Prompt = Prompt {
        name: "review",
        title: "Review",
        description: "Reviews some days.",
        arguments: &[
            PromptArgument { name: "days", description: "How many days.", default: Some("7"), choices: &[] },
            PromptArgument { name: "goal", description: "What for.", default: None, choices: &["fun"] },
        ],
        needs: &[],
        render: |call| {
            let steps = [(format!("icu_a(days={})", call.get("days")), "first"), ("icu_b".into(), "then")];
            call.plan(&format!("For {}:", call.get("goal")), &steps, "Be brief.")
        },
    };

    fn text(given: serde_json::Value, hidden: &str) -> Result<String> {
        let messages = PROMPT.messages(given.as_object().unwrap(), &|tool: &str| tool != hidden)?;
        match &messages[0].content {
            Block::Text(text) => Ok(text.clone()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn defaults_are_filled_in_and_hidden_tools_left_out() {
        assert_eq!(
            text(json!({"goal": "fun\nand games"}), "").unwrap(),
            "For fun and games:\n1. icu_a(days=7): first\n2. icu_b: then\nBe brief."
        );
        assert_eq!(text(json!({"goal": "fun", "days": "3"}), "icu_a").unwrap(), "For fun:\n1. icu_b: then\nBe brief.");
    }

    #[test]
    fn an_argument_that_may_not_be_sent_is_left_out() {
        struct Without;
        impl Callable for Without {
            fn shows(&self, _: &str) -> bool {
                true
            }
            fn takes(&self, tool: &str, argument: &str) -> bool {
                (tool, argument) != ("icu_a", "days")
            }
        }
        let render = |call: &PromptCall| {
            let steps = [("icu_a(days=7, sport=Ride, Run)".into(), "first"), ("icu_b(days=7)".into(), "then")];
            call.plan("Go.", &steps, "Stop.")
        };
        let messages = Prompt { arguments: &[], render, ..PROMPT }.messages(&JsonMap::new(), &Without).unwrap();
        let expected = "Go.\n1. icu_a(sport=Ride, Run): first\n2. icu_b(days=7): then\nStop.";
        assert_eq!(messages[0].content, Block::Text(expected.into()));
    }

    #[test]
    fn what_is_shown_stands_before_the_text() {
        let image = || Block::Image { data: vec![1], media_type: "image/png".into() };
        let render = |call: &PromptCall| {
            call.show(Block::Image { data: vec![1], media_type: "image/png".into() });
            "Look at it.".to_owned()
        };
        let messages = Prompt { arguments: &[], render, ..PROMPT }.messages(&JsonMap::new(), &|_: &str| true).unwrap();
        let blocks: Vec<_> = messages.into_iter().map(|message| message.content).collect();
        assert_eq!(blocks, [image(), Block::Text("Look at it.".into())]);
    }

    #[test]
    fn arguments_are_checked() {
        assert_eq!(text(json!({}), "").unwrap_err().to_string(), "goal is missing. What for.");
        assert_eq!(text(json!({"goal": ["fun"]}), "").unwrap_err().to_string(), "goal is [\"fun\"]. Give it as text.");
        assert!(text(json!({"goal": "fun", "days": 3}), "").unwrap().contains("days=3"));
        let unknown = text(json!({"goal": "fun", "period": "9"}), "").unwrap_err();
        assert_eq!(unknown.to_string(), "review has no argument period. It takes days, goal.");
    }
}
