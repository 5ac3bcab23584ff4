//! Two parameters that are called `args`.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read)]
async fn icu_get_day(args: u32, _args: u32) -> Result<()> {
    let _ = args;
    Ok(())
}

fn main() {}
