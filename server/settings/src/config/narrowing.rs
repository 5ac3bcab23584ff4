//! Selections of a `.env`, which only narrow those of the configuration.
use crate::values::Words;

/// Selections of a `.env`. They only narrow those of the configuration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrowing {
    /// Packs to keep, of the configured ones; empty keeps all.
    pub packs: Words,
    /// Tools to keep, of those packs; empty keeps all.
    pub tools: Words,
    /// Tools to exclude.
    pub exclude_tools: Words,
}

impl Narrowing {
    /// Whether it narrows nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
