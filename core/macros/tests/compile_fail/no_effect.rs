//! Options without an effect.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(title = "Day")]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
