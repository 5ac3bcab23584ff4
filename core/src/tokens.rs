//! Estimates the tokens that a tool costs. Tests of the server check the estimate against exact o200k counts.
use serde_json::json;

use crate::{Settings, tool::ToolDef};

/// The JSON that a model sees of a tool: name, description and input schema, compact.
pub fn seen(tool: &ToolDef, settings: &Settings) -> String {
    let (name, description) = (&tool.name, &tool.description);
    json!({"name": name, "description": description, "inputSchema": tool.input_schema(settings)}).to_string()
}

/// Estimates the o200k tokens of a tool's JSON: one for every nine letters or digits of a word, and for every five marks between
/// words. A space belongs to the word after it. Fitted to this catalogue; a test checks it against the exact count.
pub fn estimate(json: &str) -> usize {
    let mut tokens = 0;
    let mut chars = json.chars().peekable();
    while let Some(first) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let word = first.is_alphanumeric();
        let mut length = 1_usize;
        while chars.next_if(|c| c.is_alphanumeric() == word && !c.is_whitespace()).is_some() {
            length += 1;
        }
        tokens += length.div_ceil(if word { 9 } else { 5 });
    }
    tokens
}
