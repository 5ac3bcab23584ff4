//! Who sends a request: what they may see, and whose data they reach.
use std::sync::Arc;

use intervals_core::{Effect, Intervals, Settings};

use crate::view::View;

/// The request of a stream that stays open without work: settling it gives the place among the requests back, for one among the sessions.
/// It fails when there is none.
#[cfg(feature = "http")]
#[derive(Clone)]
pub struct OpenStream(pub Arc<dyn Fn() -> Result<(), &'static str> + Send + Sync>);

/// One caller. Over stdio that is the operator; over HTTP the transport finds out with each request.
#[derive(Clone)]
pub struct Caller {
    /// As log lines name them; never a secret.
    pub name: Arc<str>,
    /// What they may see: the operator's view or less.
    pub view: Arc<View>,
    /// The account they act on, allowed no more than their view.
    pub client: Intervals,
    /// The wishes that hold for their calls.
    pub settings: Arc<Settings>,
}

impl Caller {
    /// The same caller, who sees only what `view` shows.
    pub fn seeing(self, view: Arc<View>) -> Self {
        let client = if view.read_only() { self.client.with_max_effect(Effect::Read) } else { self.client };
        Self { view, client, ..self }
    }
}
