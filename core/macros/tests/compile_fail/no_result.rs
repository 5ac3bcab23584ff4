//! A function that returns no `Result`.
use intervals_macros::tool;

/// READ the day.
#[tool(read)]
async fn icu_get_day() -> u32 {
    1
}

fn main() {}
