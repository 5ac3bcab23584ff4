//! Two effects.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read, write)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
