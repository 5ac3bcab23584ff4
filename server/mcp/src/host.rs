//! What a tool can reach of the session that calls it.
use std::{future::ready, sync::Arc};

use futures::FutureExt;
use intervals_core::{BoxFuture, Host, host::Step};
use rmcp::{Peer, RoleServer, model::ProgressToken, service::RequestContext};

use crate::{dynamic::DynamicSession, wire};

/// The host of a tool that an MCP client calls.
pub struct SessionHost {
    peer: Peer<RoleServer>,
    /// What the client wants to be sent progress under; `None` when it wants none.
    progress: Option<ProgressToken>,
    /// What tools about tools see; `None` where sessions cannot switch packs.
    pub(crate) dynamic: Option<Arc<DynamicSession>>,
}

impl SessionHost {
    /// The host of one request.
    pub(crate) fn new(cx: &RequestContext<RoleServer>, dynamic: Option<DynamicSession>) -> Self {
        Self { peer: cx.peer.clone(), progress: cx.meta.get_progress_token(), dynamic: dynamic.map(Arc::new) }
    }
}

impl Host for SessionHost {
    fn progress(&self, step: Step) -> BoxFuture<'_, ()> {
        match &self.progress {
            Some(token) => wire::progress(self.peer.clone(), token.clone(), step).boxed(),
            None => ready(()).boxed(),
        }
    }
}
