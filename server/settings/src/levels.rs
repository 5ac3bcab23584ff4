//! Parser of the key `log`: log levels by target.
use tracing_subscriber::filter::{LevelFilter, ParseError, Targets};

/// Parses log levels, such as `warn` or `warn,intervals_core=debug`.
///
/// # Errors
/// A word without `=` that is not a level. `Targets` alone would take it for a target, and log everything of it.
pub fn levels(log: &str) -> Result<Targets, String> {
    match log.split(',').find(|part| !part.contains('=') && part.trim().parse::<LevelFilter>().is_err()) {
        Some(odd) => Err(format!("\"{odd}\" is not a level")),
        None => log.parse().map_err(|e: ParseError| e.to_string()),
    }
}
