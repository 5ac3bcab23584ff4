//! Sessions of streamable HTTP. Only the caller who opened a session can use it.
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
    quota::{Full, Permit, Quota},
};

/// The caller for whom the transport handles a request. The library accesses sessions without passing the caller.
#[derive(Clone)]
pub struct Requester {
    /// Identifies the owner of sessions.
    pub owner: Arc<str>,
    /// The key under which the caller's permits are counted.
    pub quota_key: Arc<str>,
    /// Set if there was no permit for another session.
    pub refused: Arc<OnceLock<Full>>,
}

tokio::task_local! {
    /// Set while the transport handles a request.
    pub static REQUESTER: Requester;
}

/// The sessions in memory, with their owners.
pub struct Sessions {
    local: LocalSessionManager,
    owned: Mutex<HashMap<SessionId, OwnedSession>>,
    quota: Arc<Quota>,
    level: Level,
}

struct OwnedSession {
    owner: Arc<str>,
    /// Whether it was used since the last call of [`Sessions::all`].
    used: bool,
    /// False while it is being restored.
    ready: bool,
    _permit: (Permit, Entered),
}

/// A session in memory.
#[cfg(feature = "redis-sessions")]
pub struct SessionInMemory {
    /// The session's id.
    pub id: SessionId,
    /// Identifies its owner.
    pub owner: Arc<str>,
    /// Whether it was used since the last call of [`Sessions::all`].
    pub used: bool,
}

/// How long the messages of an answered request are kept for a client that reconnects.
const REPLAY: Duration = Duration::from_secs(10);

impl Sessions {
    /// No sessions yet. A session ends after `idle` without a message.
    pub fn new(quota: Arc<Quota>, level: Level, idle: Duration) -> Self {
        let mut local = LocalSessionManager::default();
        local.session_config = SessionConfig::default();
        local.session_config.keep_alive = Some(idle);
        local.session_config.completed_cache_ttl = REPLAY;
        Self { local, owned: Mutex::default(), quota, level }
    }

    fn owned(&self) -> MutexGuard<'_, HashMap<SessionId, OwnedSession>> {
        self.owned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Fails unless the requester owns the session. Marks it as used, and returns whether it is ready.
    fn check_owner(&self, id: &SessionId) -> Result<bool, LocalSessionManagerError> {
        let requester = requester()?;
        match self.owned().get_mut(id).filter(|session| session.owner == requester.owner) {
            Some(session) => {
                session.used = true;
                Ok(session.ready)
            }
            None => Err(LocalSessionManagerError::SessionNotFound(id.clone())),
        }
    }

    /// Marks a restored session as ready.
    #[cfg(feature = "redis-sessions")]
    pub fn set_ready(&self, id: &SessionId) {
        if let Some(session) = self.owned().get_mut(id) {
            session.ready = true;
        }
    }

    /// All sessions. Resets whether each was used.
    #[cfg(feature = "redis-sessions")]
    pub fn all(&self) -> Vec<SessionInMemory> {
        let in_memory = |(id, session): (&SessionId, &mut OwnedSession)| SessionInMemory {
            id: id.clone(),
            owner: session.owner.clone(),
            used: std::mem::take(&mut session.used),
        };
        self.owned().iter_mut().map(in_memory).collect()
    }

    /// Takes a permit for another session. A refusal is noted in the requester.
    fn permit(&self, requester: &Requester) -> Result<(Permit, Entered), LocalSessionManagerError> {
        let permit = self.quota.take(&requester.quota_key).map_err(|full| {
            // The first reason is kept.
            let _ = requester.refused.set(full);
            LocalSessionManagerError::SessionNotFound("too many sessions".into())
        })?;
        Ok((permit, self.level.enter()))
    }
}

/// The requester of the current request. Fails outside a request.
fn requester() -> Result<Requester, LocalSessionManagerError> {
    REQUESTER.try_with(Clone::clone).map_err(|_| LocalSessionManagerError::SessionNotFound("no requester".into()))
}

impl SessionManager for Sessions {
    type Error = LocalSessionManagerError;
    type Transport = <LocalSessionManager as SessionManager>::Transport;

    async fn create_session(&self) -> Result<(SessionId, Self::Transport), Self::Error> {
        let requester = requester()?;
        let permit = self.permit(&requester)?;
        let (id, transport) = self.local.create_session().await?;
        let session = OwnedSession { owner: requester.owner, used: true, ready: true, _permit: permit };
        self.owned().insert(id.clone(), session);
        Ok((id, transport))
    }

    async fn initialize_session(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<ServerJsonRpcMessage, Self::Error> {
        self.local.initialize_session(id, message).await
    }

    /// Whether the requester has this session.
    async fn has_session(&self, id: &SessionId) -> Result<bool, Self::Error> {
        Ok(self.check_owner(id).unwrap_or_default() && self.local.has_session(id).await?)
    }

    /// Closes the session if the requester owns it. Otherwise does nothing, as for a session that does not exist.
    async fn close_session(&self, id: &SessionId) -> Result<(), Self::Error> {
        // There is no requester if the session ends by itself.
        if requester().is_ok() && self.check_owner(id).is_err() {
            return Ok(());
        }
        self.owned().remove(id);
        self.local.close_session(id).await
    }

    async fn create_stream(
        &self,
        id: &SessionId,
        message: ClientJsonRpcMessage,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Self::Error> {
        self.check_owner(id)?;
        self.local.create_stream(id, message).await
    }

    async fn accept_message(&self, id: &SessionId, message: ClientJsonRpcMessage) -> Result<(), Self::Error> {
        self.check_owner(id)?;
        self.local.accept_message(id, message).await
    }

    async fn create_standalone_stream(
        &self,
        id: &SessionId,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Self::Error> {
        self.check_owner(id)?;
        self.local.create_standalone_stream(id).await
    }

    async fn resume(
        &self,
        id: &SessionId,
        last_event_id: String,
    ) -> Result<impl Stream<Item = ServerSseMessage> + Send + Sync + 'static, Self::Error> {
        self.check_owner(id)?;
        self.local.resume(id, last_event_id).await
    }

    async fn restore_session(&self, id: SessionId) -> Result<RestoreOutcome<Self::Transport>, Self::Error> {
        let requester = requester()?;
        let permit = self.permit(&requester)?;
        let restored = self.local.restore_session(id.clone()).await?;
        if let RestoreOutcome::Restored(_) = restored {
            let session = OwnedSession { owner: requester.owner, used: true, ready: false, _permit: permit };
            self.owned().insert(id, session);
        }
        Ok(restored)
    }
}
