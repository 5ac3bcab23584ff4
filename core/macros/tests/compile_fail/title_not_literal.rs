//! A title that is an expression.
use std::io::Result;

use intervals_macros::tool;

/// READ the day.
#[tool(read, title = concat!("Get", " day"))]
async fn icu_get_day() -> Result<()> {
    Ok(())
}

fn main() {}
