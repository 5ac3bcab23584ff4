//! An unknown tier.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read, tier = often)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
