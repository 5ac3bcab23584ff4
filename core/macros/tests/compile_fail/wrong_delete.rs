//! An unknown way to delete.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(destructive, delete = soft)]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
