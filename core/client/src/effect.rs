//! What a request does at the service, and so what a client must be allowed for it.

/// What a tool may do upstream; a greater effect includes the lesser ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Adds or changes.
    Write,
    /// Takes away or replaces what may not come back.
    Destructive,
}
