//! A method.
use std::io::Result;

use intervals_macros::tool;

struct Day;

impl Day {
    /// READ the day.
    #[tool(read)]
    async fn icu_get_day(&self) -> Result<()> {
        Ok(())
    }
}

fn main() {}
