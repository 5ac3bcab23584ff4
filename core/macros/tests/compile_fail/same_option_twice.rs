//! The same option twice.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read, title = "Day", title = "Today")]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
