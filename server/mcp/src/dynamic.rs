//! What tools about tools see of the session that calls them.
use std::sync::Arc;

use intervals_catalog::View;

use crate::{hub::Hub, switches::Switches};

/// The session of a client that may switch packs, as tools about tools see it.
pub struct DynamicSession {
    /// What is offered now.
    pub hub: Arc<Hub>,
    /// All that the caller may switch on or call.
    pub allowed: View,
    /// What the session has switched; `None` without a session that lasts.
    pub switches: Option<Arc<Switches>>,
    /// Why the operator's last wish does not hold.
    pub refused: Option<Arc<str>>,
    /// Whether it is the operator who asks: others need not know how this machine is set up.
    pub operator: bool,
}
