//! A generic function.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read)]
async fn icu_get_day<T>() -> Result<()> {
    Ok(())
}

fn main() {}
