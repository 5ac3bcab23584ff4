//! Who sends a request: what they may see, and whose data they reach.
use std::sync::Arc;

use intervals_catalog::View;
use intervals_core::{Effect, Intervals, Settings};

/// One caller. Over stdio that is the operator; over HTTP the transport finds out with each request.
#[derive(Clone)]
pub struct Admission {
    /// The caller's name in log lines; never a secret.
    pub name: Arc<str>,
    /// What the caller may see: the operator's view or less.
    pub view: Arc<View>,
    /// The account that the caller acts on, with no more effect than the view allows.
    pub client: Intervals,
    /// The settings of the caller's calls.
    pub settings: Arc<Settings>,
}

impl Admission {
    /// Replaces the view, and limits the account to it.
    pub fn seeing(self, view: Arc<View>) -> Self {
        let client = if view.read_only() { self.client.with_max_effect(Effect::Read) } else { self.client };
        Self { view, client, ..self }
    }
}
