//! A function that is not async.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read)]
fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
