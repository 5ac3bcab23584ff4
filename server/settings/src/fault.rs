//! Faults of the configuration: place, problem and remedy.
use std::fmt;

use crate::source::Source;

/// A fault of the configuration. Printed as `place: problem. remedy`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The key and its source, such as `packs (environment variable INTERVALS_ICU_PACKS)`.
    pub place: String,
    /// What is wrong.
    pub problem: String,
    /// How to correct it.
    pub remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.place, self.problem.trim_end_matches('.'), self.remedy)
    }
}

impl std::error::Error for Fault {}

impl Fault {
    /// Fault of the value of `key`. Without a source, the value is the default.
    pub fn of(key: &str, source: Option<&Source>, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        let place = source.map_or_else(|| format!("{key} (default)"), |source| format!("{key} ({source})"));
        Self { place, problem: problem.into(), remedy: remedy.into() }
    }
}
