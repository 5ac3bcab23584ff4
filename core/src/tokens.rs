//! What a tool costs a model's context. This estimates; the tests of the server count with o200k and hold the estimate to the count.
use serde_json::json;

use crate::{Settings, tool::ToolDef};

/// What a model sees of a tool: compact JSON of name, description and input schema.
pub fn seen(tool: &ToolDef, settings: &Settings) -> String {
    let (name, description) = (&tool.name, &tool.description);
    json!({"name": name, "description": description, "inputSchema": tool.input_schema(settings)}).to_string()
}

/// About how many o200k tokens a tool's JSON has: one for every nine letters or digits of a word, and for every five marks between
/// words; spaces are part of the word behind them. Fitted to this catalogue, and held to the exact count by a test.
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
