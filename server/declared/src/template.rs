//! Templates of the values in a request: values of the pack file, with arguments in braces.
use intervals_core::JsonMap;
use serde_json::Value;

use super::form::json;

/// Template of a value, filled in for each call.
#[derive(Debug, PartialEq)]
pub(super) enum ValueTemplate {
    /// The same value in each call.
    Fixed(Value),
    /// `"{x}"`: the argument, in its own type.
    Argument(String),
    /// A text with arguments in it.
    Text(Vec<TextPart>),
    List(Vec<ValueTemplate>),
    Object(Vec<(String, ValueTemplate)>),
}

/// A part of a text: fixed, or an argument.
#[derive(Debug, PartialEq)]
pub(super) enum TextPart {
    Fixed(String),
    Argument(String),
}

impl ValueTemplate {
    /// Parses a template.
    ///
    /// # Errors
    /// A brace that does not enclose the name of an argument.
    pub fn of(value: &toml::Value) -> Result<Self, String> {
        Ok(match value {
            toml::Value::String(text) => Self::text(text)?,
            toml::Value::Array(items) => Self::List(items.iter().map(Self::of).collect::<Result<_, _>>()?),
            toml::Value::Table(members) => {
                let member = |(key, value): (&String, _)| Ok((key.clone(), Self::of(value)?));
                Self::Object(members.iter().map(member).collect::<Result<_, String>>()?)
            }
            plain => Self::Fixed(json(plain)),
        })
    }

    fn text(text: &str) -> Result<Self, String> {
        let mut pieces = pieces(text)?;
        Ok(match pieces.as_mut_slice() {
            [] => Self::Fixed(text.into()),
            [TextPart::Fixed(_)] => Self::Fixed(text.into()),
            [TextPart::Argument(name)] => Self::Argument(std::mem::take(name)),
            _ => Self::Text(pieces),
        })
    }

    /// Names of the arguments in it.
    pub fn arguments(&self) -> Vec<&str> {
        match self {
            Self::Fixed(_) => vec![],
            Self::Argument(name) => vec![name],
            Self::Text(pieces) => pieces.iter().filter_map(TextPart::argument).collect(),
            Self::List(items) => items.iter().flat_map(Self::arguments).collect(),
            Self::Object(members) => members.iter().flat_map(|(_, value)| value.arguments()).collect(),
        }
    }

    /// Names of all nested fields.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Fixed(_) | Self::Argument(_) | Self::Text(_) => vec![],
            Self::List(items) => items.iter().flat_map(Self::keys).collect(),
            Self::Object(members) => {
                members.iter().flat_map(|(key, value)| value.keys().into_iter().chain([key.as_str()])).collect()
            }
        }
    }

    /// Fills in the arguments. `None` if an argument is missing: the value is not sent then. A list or object keeps its other
    /// members; if none is left, it is `None` too, because sending an empty list would delete the existing one.
    pub fn fill(&self, arguments: &JsonMap) -> Option<Value> {
        match self {
            Self::Fixed(value) => Some(value.clone()),
            Self::Argument(name) => arguments.get(name).cloned(),
            Self::Text(pieces) => {
                let piece = |piece: &TextPart| match piece {
                    TextPart::Fixed(text) => Some(text.clone()),
                    TextPart::Argument(name) => arguments.get(name).map(in_text),
                };
                pieces.iter().map(piece).collect::<Option<String>>().map(Value::String)
            }
            Self::List(items) => {
                let given: Vec<_> = items.iter().filter_map(|item| item.fill(arguments)).collect();
                (!given.is_empty() || items.is_empty()).then_some(Value::Array(given))
            }
            Self::Object(members) => {
                let given = members.iter().filter_map(|(key, value)| Some((key.clone(), value.fill(arguments)?)));
                let given: JsonMap = given.collect();
                (!given.is_empty() || members.is_empty()).then_some(Value::Object(given))
            }
        }
    }
}

impl TextPart {
    fn argument(&self) -> Option<&str> {
        match self {
            Self::Fixed(_) => None,
            Self::Argument(name) => Some(name),
        }
    }
}

/// Splits a text at its braces.
///
/// # Errors
/// A brace that does not enclose the name of an argument.
pub(super) fn pieces(text: &str) -> Result<Vec<TextPart>, String> {
    let (mut pieces, mut rest) = (vec![], text);
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}').unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if before.contains('}') || name.is_empty() || !name.chars().all(plain) {
            return Err(format!("\"{text}\" has a brace that belongs to no argument"));
        }
        if !before.is_empty() {
            pieces.push(TextPart::Fixed(before.into()));
        }
        pieces.push(TextPart::Argument(name.into()));
        rest = behind;
    }
    if rest.contains('}') {
        return Err(format!("\"{text}\" has a brace that belongs to no argument"));
    }
    if !rest.is_empty() {
        pieces.push(TextPart::Fixed(rest.into()));
    }
    Ok(pieces)
}

/// A value as text, for a text or a URL; a list is joined by commas.
pub(super) fn in_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn template(toml: &str) -> Result<ValueTemplate, String> {
        ValueTemplate::of(&toml.parse::<toml::Table>().unwrap()["x"])
    }

    #[rstest]
    #[case("x = 5", Some(json!(5)))]
    #[case("x = '{n}'", Some(json!(7)))]
    #[case("x = 'at {n}: {words}'", Some(json!("at 7: a,b")))]
    #[case("x = '{not_given}'", None)]
    #[case("x = 'a {not_given}'", None)]
    #[case("x = ['{not_given}']", None)]
    #[case("x = { a = '{not_given}' }", None)]
    #[case("x = { a = [{ b = '{not_given}' }] }", None)]
    #[case("x = { a = ['{not_given}'], b = 1 }", Some(json!({"b": 1})))]
    #[case("x = '{none}'", Some(json!([])))]
    #[case("x = { a = [], b = {} }", Some(json!({"a": [], "b": {}})))]
    #[case("x = [{ a = '{n}', b = '{not_given}' }, '{not_given}', 2026-07-05]", Some(json!([{"a": 7}, "2026-07-05"])))]
    fn arguments_are_filled_in(#[case] toml: &str, #[case] sent: Option<Value>) {
        let arguments = json!({"n": 7, "words": ["a", "b"], "none": []});
        assert_eq!(template(toml).unwrap().fill(arguments.as_object().unwrap()), sent);
    }

    #[rstest]
    #[case("x = '{'")]
    #[case("x = 'a}'")]
    #[case("x = '{a b}'")]
    #[case("x = '}{a}'")]
    fn a_brace_without_an_argument_is_a_fault(#[case] toml: &str) {
        assert!(template(toml).unwrap_err().ends_with("has a brace that belongs to no argument"));
    }
}
