//! What a tool costs a model's context. The binary estimates; tests count with o200k and hold the estimate to the count.
use icu_core::{Settings, ToolDef};
use serde_json::json;

/// What a model sees of a tool: compact JSON of name, description and input schema.
pub fn seen(tool: &ToolDef, settings: &Settings) -> String {
    let (name, description) = (tool.name, tool.description);
    json!({"name": name, "description": description, "inputSchema": tool.input_schema(settings)}).to_string()
}

/// About how many o200k tokens a tool's JSON has.
///
/// A run of letters or digits is a token per six characters, a run of punctuation one per two: fitted to this catalogue.
pub fn estimate(json: &str) -> usize {
    let mut tokens = 0.0;
    let mut chars = json.chars().peekable();
    while let Some(first) = chars.next() {
        let word = first.is_alphanumeric();
        let mut length = 1_u32;
        while chars.peek().is_some_and(|c| c.is_alphanumeric() == word && !c.is_whitespace()) {
            chars.next();
            length += 1;
        }
        tokens += f64::from(length.div_ceil(if word { 9 } else { 3 }));
    }
    tokens as usize
}
