//! Sessions of streamable HTTP on a Redis, so that a session opened on this instance can continue on another.
mod keeping;
mod restoring;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::Router;
use redis::{
    Client, Cmd, ConnectionAddr, FromRedisValue, Pipeline, RedisError, RedisResult,
    aio::{ConnectionManager, ConnectionManagerConfig},
    cmd,
};
use ring::digest::{Context, SHA256};
use rmcp::transport::streamable_http_server::session::{
    SessionId,
    store::{SessionState, SessionStore, SessionStoreError},
};
use tokio_util::sync::CancellationToken;

use crate::sessions::{REQUESTER, Sessions};

/// The address of a Redis. It may hold a password, so it has no text form.
pub struct Address(Client);

impl Address {
    /// Parses `redis://`, `rediss://` (TLS) or `unix:`.
    pub fn parse(url: &str) -> Option<Self> {
        let client = Client::open(url).ok()?;
        // The library lets an address switch the check of the certificate off; this does not.
        let unchecked = matches!(client.get_connection_info().addr(), ConnectionAddr::TcpTls { insecure: true, .. });
        (!unchecked).then_some(Self(client))
    }
}

/// The sessions of all instances. The key of a record is a digest of session and owner, so that only the owner finds it and the key
/// reveals nothing. A record holds the client's `initialize` parameters: its name, version and capabilities.
pub struct RedisStore {
    redis: ConnectionManager,
    /// The lifetime of a record that is not renewed, in seconds.
    lifetime: u64,
    /// The records of the sessions in memory here, in case Redis loses them.
    records: Mutex<HashMap<SessionId, Arc<str>>>,
    down: AtomicBool,
}

/// The record of a session that has ended, but may still be in the memory of an instance.
const ENDED: &str = "";

/// The timeout of a request to Redis.
const TIMEOUT: Duration = Duration::from_secs(1);

impl RedisStore {
    /// Connects on first use. Records expire when they are unused for `idle`; each instance renews those in use every `period`.
    fn new(address: Address, idle: Duration, period: Duration) -> RedisResult<Self> {
        // Fails if the service's client has already installed it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // No retries: each would delay a caller, and the next request connects again.
        let config = ConnectionManagerConfig::new().set_number_of_retries(0);
        let config = config.set_connection_timeout(Some(TIMEOUT)).set_response_timeout(Some(TIMEOUT));
        Ok(Self {
            redis: ConnectionManager::new_lazy_with_config(address.0, config)?,
            lifetime: (idle + period).as_secs(),
            records: Mutex::default(),
            down: AtomicBool::new(false),
        })
    }

    async fn query<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        let mut redis = self.redis.clone();
        let mut answer = command.query_async(&mut redis).await;
        if answer.as_ref().is_err_and(is_disconnected) {
            answer = command.query_async(&mut redis).await;
        }
        self.log_outage(answer.as_ref().err());
        answer
    }

    async fn query_all<T: FromRedisValue>(&self, commands: &Pipeline) -> RedisResult<T> {
        let mut redis = self.redis.clone();
        let mut answer = commands.query_async(&mut redis).await;
        if answer.as_ref().is_err_and(is_disconnected) {
            answer = commands.query_async(&mut redis).await;
        }
        self.log_outage(answer.as_ref().err());
        answer
    }

    /// Logs the start and the end of an outage, once each.
    fn log_outage(&self, error: Option<&RedisError>) {
        match (error, self.down.swap(error.is_some(), Ordering::Relaxed)) {
            (Some(error), false) => tracing::warn!(
                %error,
                "the Redis of the sessions cannot be used: until it can, each session works only on the instance that opened it"
            ),
            (None, true) => tracing::warn!("the Redis of the sessions can be used again"),
            _ => {}
        }
    }

    fn records(&self) -> MutexGuard<'_, HashMap<SessionId, Arc<str>>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the idle connection was closed: the library reconnects, and a second try may succeed.
fn is_disconnected(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

/// The key of the record of an owner's session.
fn key(owner: &str, id: &str) -> String {
    let mut digest = Context::new(&SHA256);
    digest.update(owner.as_bytes());
    // Unambiguous: neither a session's id nor the last part of an owner holds a line break.
    digest.update(b"\n");
    digest.update(id.as_bytes());
    format!("intervals-icu-mcp:session:{}", crate::hex::hex(digest.finish().as_ref()))
}

/// The key of the record of the requester's session.
fn own_key(id: &str) -> Result<String, SessionStoreError> {
    let owner = REQUESTER.try_with(|requester| requester.owner.clone()).map_err(|_| "no requester")?;
    Ok(key(&owner, id))
}

#[async_trait]
impl SessionStore for RedisStore {
    async fn load(&self, id: &str) -> Result<Option<SessionState>, SessionStoreError> {
        let record: Option<String> = self.query(cmd("GET").arg(own_key(id)?)).await?;
        let Some(record) = record.filter(|record| record != ENDED) else { return Ok(None) };
        match serde_json::from_str(&record) {
            Ok(state) => {
                self.records().insert(id.into(), record.into());
                Ok(Some(state))
            }
            Err(error) => {
                // Written by another version. The client opens a new session.
                tracing::warn!(%error, "a stored session cannot be read");
                Ok(None)
            }
        }
    }

    async fn store(&self, id: &str, state: &SessionState) -> Result<(), SessionStoreError> {
        let record = serde_json::to_string(state)?;
        self.records().insert(id.into(), record.as_str().into());
        let key = own_key(id)?;
        // The session works without its record, and an outage is logged.
        let _ = self.query::<()>(cmd("SET").arg(key).arg(record).arg("EX").arg(self.lifetime)).await;
        Ok(())
    }

    async fn delete(&self, id: &str) -> Result<(), SessionStoreError> {
        let key = own_key(id)?;
        // Only if there is a record, so that nobody can fill the store by ending sessions that never existed.
        let _ = self.query::<()>(cmd("SET").arg(key).arg(ENDED).arg("XX").arg("EX").arg(self.lifetime)).await;
        Ok(())
    }
}

/// The sessions in memory, shared with other instances through Redis.
pub struct SharedSessions {
    store: Arc<RedisStore>,
    sessions: Arc<Sessions>,
}

impl SharedSessions {
    /// Shares `sessions` until `end` fires.
    pub fn new(
        address: Address,
        sessions: Arc<Sessions>,
        idle: Duration,
        end: CancellationToken,
    ) -> anyhow::Result<Self> {
        let period = (idle / 4).clamp(Duration::from_secs(1), keeping::PERIOD);
        let store = Arc::new(RedisStore::new(address, idle, period)?);
        let shared = Self { store, sessions };
        tokio::spawn(keeping::keep(shared.store.clone(), shared.sessions.clone(), period, end));
        Ok(shared)
    }

    /// The store, as the transport takes it.
    pub fn store(&self) -> Arc<dyn SessionStore> {
        self.store.clone()
    }

    /// Adds a layer to the routes that restores sessions of other instances.
    pub fn before(self, routes: Router) -> Router {
        restoring::before(self, routes)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("redis://127.0.0.1", true)]
    #[case("redis://:secret@redis.example:6380/2", true)]
    #[case("rediss://user:secret@redis.example", true)]
    #[case("rediss://redis.example#insecure", false)]
    #[case("http://redis.example", false)]
    #[case("redis.example:6379", false)]
    #[case("redis://", false)]
    #[case("redis://h/notanumber", false)]
    fn an_address_without_certificate_check_is_refused(#[case] url: &str, #[case] good: bool) {
        assert_eq!(Address::parse(url).is_some(), good);
    }

    #[test]
    fn a_key_depends_on_owner_and_session_and_reveals_neither() {
        let own = key("ada\nf00", "4f2c");
        assert_eq!(own, key("ada\nf00", "4f2c"));
        assert_ne!(own, key("bob\nf00", "4f2c"));
        assert_ne!(own, key("ada\n", "f00\n4f2c"));
        assert_ne!(own, key("ada\nf00", "4f2d"));
        assert!(!own.contains("ada") && !own.contains("4f2c") && own.len() == 26 + 64, "{own}");
    }
}
