//! Arguments taken by a pattern.
use std::io::Result;

use intervals_macros::tool;

struct Args {
    id: u32,
}

/// READ the day.
#[tool(read)]
async fn icu_get_day(Args { id }: Args) -> Result<()> {
    drop(id);
    Ok(())
}

fn main() {}
