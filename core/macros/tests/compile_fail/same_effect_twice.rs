//! The same effect twice.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read, read)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
