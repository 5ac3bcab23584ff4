//! A misspelt option.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(raed)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
