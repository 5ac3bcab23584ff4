//! A function that returns nothing.
use intervals_macros::tool;

/// READ the day.
#[tool(read)]
async fn icu_get_day() {

}

fn main() {}
