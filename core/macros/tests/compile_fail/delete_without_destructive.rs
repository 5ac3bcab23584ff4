//! A way to delete for a tool that does not delete.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(write, delete = forever)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
