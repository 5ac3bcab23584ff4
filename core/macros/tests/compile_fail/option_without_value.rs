//! An option without its value.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read, tier)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
