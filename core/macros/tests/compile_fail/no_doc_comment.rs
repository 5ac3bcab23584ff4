//! A function without a doc comment.
use std::io::Result;

use intervals_macros::tool;

#[tool(read)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
