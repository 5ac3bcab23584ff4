//! The effect of a request at the service, which a client must be allowed to have.

/// The effect of a request, or the most that a tool may do upstream. A greater effect includes the lesser ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Adds or changes data.
    Write,
    /// Deletes or replaces data that may not come back.
    Destructive,
}
