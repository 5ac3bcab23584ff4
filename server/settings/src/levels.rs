//! The levels of the log, as `log` says them.
use tracing_subscriber::filter::{LevelFilter, ParseError, Targets};

/// Reads `warn`, or `warn,intervals_core=debug`. A word that is no level would be taken for a target, and log everything of it.
pub fn levels(log: &str) -> Result<Targets, String> {
    match log.split(',').find(|part| !part.contains('=') && part.trim().parse::<LevelFilter>().is_err()) {
        Some(odd) => Err(format!("\"{odd}\" is not a level")),
        None => log.parse().map_err(|e: ParseError| e.to_string()),
    }
}
