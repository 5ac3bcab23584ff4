//! Sessions of the streamable transport: each belongs to the caller who opened it, and to nobody else.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use futures::Stream;
use rmcp::{
    model::{ClientJsonRpcMessage, ServerJsonRpcMessage},
    transport::streamable_http_server::session::{
        RestoreOutcome, ServerSseMessage, SessionId, SessionManager,
        local::{LocalSessionManager, LocalSessionManagerError, SessionConfig},
    },
};

use crate::{
    metrics::{Entered, Level},
    quota::{Full, Quota, Seat},
};

/// On whose behalf the transport works on a request. The library asks for sessions without saying who wants them.
#[derive(Clone)]
pub struct Requester {
    /// Tells the owner of sessions from everybody else.
    pub owner: Arc<str>,
    /// Whose share of the sessions counts.
    pub who: Arc<str>,
    /// Set when there was no room for another session.
    pub refused: Arc<OnceLock<Full>>,
}

tokio::task_local! {
    /// Stands while the transport works on one request.
    pub static REQUESTER: Requester;
}

/// The sessions in memory, with their owners.
pub struct Sessions {
    local: LocalSessionManager,
    owners: Mutex<HashMap<SessionId, Owned>>,
    quota: Arc<Quota>,
    level: Level,
}

struct Owned {
    owner: Arc<str>,
    /// Since somebody last asked.
    used: bool,
    /// Not while it is being restored.
    ready: bool,
    _seat: (Seat, Entered),
}

/// A session in memory.
#[cfg(feature = "redis-sessions")]
pub struct InMemory {
    /// Which one.
    pub id: SessionId,
    /// Whose it is.
    pub owner: Arc<str>,
    /// Whether it was used since this was last asked.
    pub used: bool,
}

/// How long the messages of an answered request are kept for a client whose connection broke.
const REPLAY: Duration = Duration::from_secs(10);

impl Sessions {
    /// None yet. `idle` is how long one may be silent.
    pub fn new(quota: Arc<Quota>, level: Level, idle: Duration) -> Self {
        let mut local = LocalSessionManager::default();
        local.session_config = SessionConfig::default();
        local.session_config.keep_alive = Some(idle);
        local.session_config.completed_cache_ttl = REPLAY;
        Self { local, owners: Mutex::default(), quota, level }
    }

    fn owners(&self) -> MutexGuard<'_, HashMap<SessionId, Owned>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails to anybody but its owner, to whom it is in use from now on; says whether it is ready.
    fn own(&self, id: &SessionId) -> Result<bool, LocalSessionManagerError> {
        let requester = requester()?;
        match self.owners().get_mut(id).filter(|owned| owned.owner == requester.owner) {
            Some(owned) => {
                owned.used = true;
                Ok(owned.ready)
            }
            None => Err(LocalSessionManagerError::SessionNotFound(id.clone())),
        }
    }

    /// It is ready from now on.
    #[cfg(feature = "redis-sessions")]
    pub fn restored(&self, id: &SessionId) {
        if let Some(owned) = self.owners().get_mut(id) {
            owned.ready = true;
        }
    }

    /// All of them; what was used is told once.
    #[cfg(feature = "redis-sessions")]
    pub fn all(&self) -> Vec<InMemory> {
        let each = |(id, owned): (&SessionId, &mut Owned)| InMemory {
            id: id.clone(),
            owner: owned.owner.clone(),
            used: std::mem::take(&mut owned.used),
        };
        self.owners().iter_mut().map(each).collect()
    }

    fn seat(&self, requester: &Requester) -> Result<(Seat, Entered), LocalSessionManagerError> {
        let seat = self.quota.take(&requester.who).map_err(|full| {
            // The first reason stands.
            let _ = requester.refused.set(full);
            LocalSessionManagerError::SessionNotFound("no room for another session".into())
        })?;
        Ok((seat, self.level.enter()))
    }
}

fn requester() -> Result<Requester, LocalSessionManagerError> {
    // Only a request reaches a session, and each is worked on under its caller's name.
    REQUESTER.try_with(Clone::clone).map_err(|_| LocalSessionManagerError::SessionNotFound("nobody asks".into()))
}

impl SessionManager for Sessions {
    type Error = LocalSessionManagerError;
    type Transport = <LocalSessionManager as SessionManager>::Transport;

    async fn create_session(&self) -> Result<(SessionId, Self::Transport), Self::Error> {
        let requester = requester()?;
        let seat = self.seat(&requester)?;
        let (id, transport) = self.local.create_session().await?;
        self.owners().insert(id.clone(), Owned { owner: requester.owner, used: true, ready: true, _seat: seat });
        Ok((id, transport))
    }

    async fn initialize_session(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<ServerJsonRpcMessage, Self::Error> {
        self.local.initialize_session(id, message).await
    }

    /// To anybody but its owner a session does not exist.
    async fn has_session(&self, id: &SessionId) -> Result<bool, Self::Error> {
        Ok(self.own(id).unwrap_or_default() && self.local.has_session(id).await?)
    }

    /// A session that is somebody else's stays open, and the answer is that of one that does not exist.
    async fn close_session(&self, id: &SessionId) -> Result<(), Self::Error> {
        // Nobody asks when it ends by itself. Who asks for another's hears what they would hear if it did not exist.
        if requester().is_ok() && self.own(id).is_err() {
            return Ok(());
        }
        self.owners().remove(id);
        self.local.close_session(id).await
    }

    async fn create_stream(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Self::Error> {
        self.own(id)?;
        self.local.create_stream(id, message).await
    }

    async fn accept_message(&self, id: &SessionId, message: ClientJsonRpcMessage) -> Result<(), Self::Error> {
        self.own(id)?;
        self.local.accept_message(id, message).await
    }

    async fn create_standalone_stream(
        &self,
        id: &SessionId,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Self::Error> {
        self.own(id)?;
        self.local.create_standalone_stream(id).await
    }

    async fn resume(
        &self,
        id: &SessionId,
        last_event_id: String,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Self::Error> {
        self.own(id)?;
        self.local.resume(id, last_event_id).await
    }

    async fn restore_session(&self, id: SessionId) -> Result<RestoreOutcome<Self::Transport>, Self::Error> {
        let requester = requester()?;
        let seat = self.seat(&requester)?;
        let restored = self.local.restore_session(id.clone()).await?;
        if let RestoreOutcome::Restored(_) = restored {
            self.owners().insert(id, Owned { owner: requester.owner, used: true, ready: false, _seat: seat });
        }
        Ok(restored)
    }
}
