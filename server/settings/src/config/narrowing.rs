//! What a `.env` takes away from what the configuration offers.
use crate::values::Words;

/// What a `.env` takes away from what the configuration offers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Narrowing {
    /// Packs to offer, of those that are configured; empty is all of them.
    pub packs: Words,
    /// Tools to offer, of those; empty is all of them.
    pub tools: Words,
    /// Tools to take out.
    pub exclude_tools: Words,
}

impl Narrowing {
    /// Whether it takes nothing away.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
