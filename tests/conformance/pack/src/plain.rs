//! Tools that return text, fail, or report progress.
use intervals_core::{Error, Progress, Result, tool};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Said {
    text: &'static str,
}

/// TEXT and nothing else.
#[tool(read, title = "Text")]
async fn test_simple_text() -> Result<Said> {
    Ok(Said { text: "This is a simple text response for testing." })
}

/// FAILS always.
#[tool(read, title = "Failure")]
async fn test_error_handling() -> Result<Said> {
    Err(Error::new("this tool intentionally returns an error for testing", "Expect it."))
}

/// PROGRESS in three steps.
#[tool(read, title = "Progress")]
async fn test_tool_with_progress(progress: Progress) -> Result<Said> {
    for done in [0, 50, 100] {
        progress.report(done, 100, "counting").await;
    }
    Ok(Said { text: "Counted to 100." })
}
