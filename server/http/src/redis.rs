//! Sessions of the streamable transport on a Redis, so that one that was opened on this instance goes on at another.
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

/// Where a Redis is found. It may hold a password, so it cannot be printed.
pub struct Address(Client);

impl Address {
    /// `redis://`, with TLS `rediss://`, or `unix:`; `None` when it is none of them.
    pub fn parse(url: &str) -> Option<Self> {
        let client = Client::open(url).ok()?;
        // The library would let the address switch the certificate's check off.
        let unchecked = matches!(client.get_connection_info().addr(), ConnectionAddr::TcpTls { insecure: true, .. });
        (!unchecked).then_some(Self(client))
    }
}

/// The sessions of all instances. A record stands under a digest of session and owner, so that it is found by nobody else, and
/// that the keys tell nothing; it holds what the client said when it opened the session: its name, version and abilities.
pub struct Store {
    redis: ConnectionManager,
    /// How long a record stays without being renewed, in seconds.
    lasting: u64,
    /// The records of the sessions in memory here, should Redis lose them.
    records: Mutex<HashMap<SessionId, Arc<str>>>,
    down: AtomicBool,
}

/// Instead of a record: the session has been ended, also where it is still in memory.
const ENDED: &str = "";

/// A request waits no longer for the store.
const PATIENCE: Duration = Duration::from_secs(1);

impl Store {
    /// Connects with the first use. Sessions are forgotten that nobody used for `idle`; whoever has them looks every `period`.
    fn new(address: Address, idle: Duration, period: Duration) -> RedisResult<Self> {
        // Once per process: the client of the service may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // No retries: each would hold a caller up, and the next use is one.
        let config = ConnectionManagerConfig::new().set_number_of_retries(0);
        let config = config.set_connection_timeout(Some(PATIENCE)).set_response_timeout(Some(PATIENCE));
        Ok(Self {
            redis: ConnectionManager::new_lazy_with_config(address.0, config)?,
            lasting: (idle + period).as_secs(),
            records: Mutex::default(),
            down: AtomicBool::new(false),
        })
    }

    async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        let mut redis = self.redis.clone();
        let mut answer = command.query_async(&mut redis).await;
        if answer.as_ref().is_err_and(broken) {
            answer = command.query_async(&mut redis).await;
        }
        self.noticed(answer.as_ref().err());
        answer
    }

    async fn ask_all<T: FromRedisValue>(&self, commands: &Pipeline) -> RedisResult<T> {
        let mut redis = self.redis.clone();
        let mut answer = commands.query_async(&mut redis).await;
        if answer.as_ref().is_err_and(broken) {
            answer = commands.query_async(&mut redis).await;
        }
        self.noticed(answer.as_ref().err());
        answer
    }

    /// An outage is said once, and so is its end.
    fn noticed(&self, error: Option<&RedisError>) {
        match (error, self.down.swap(error.is_some(), Ordering::Relaxed)) {
            (Some(error), false) => tracing::warn!(
                %error,
                "the Redis of the sessions cannot be used: until it can, sessions are known to the instance they were opened on alone"
            ),
            (None, true) => tracing::warn!("the Redis of the sessions can be used again"),
            _ => {}
        }
    }

    fn records(&self) -> MutexGuard<'_, HashMap<SessionId, Arc<str>>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection had ended while nobody used it, and is being made anew.
fn broken(error: &RedisError) -> bool {
    error.is_io_error() && !error.is_timeout()
}

/// Where the record of an owner's session stands.
fn key(owner: &str, id: &str) -> String {
    let mut digest = Context::new(&SHA256);
    digest.update(owner.as_bytes());
    // Neither a session's id nor the end of an owner holds a line break.
    digest.update(b"\n");
    digest.update(id.as_bytes());
    format!("intervals-icu-mcp:session:{}", crate::hex::hex(digest.finish().as_ref()))
}

/// Where the record of the asking caller's session stands.
fn own_key(id: &str) -> Result<String, SessionStoreError> {
    let owner = REQUESTER.try_with(|requester| requester.owner.clone()).map_err(|_| "nobody asks")?;
    Ok(key(&owner, id))
}

#[async_trait]
impl SessionStore for Store {
    async fn load(&self, id: &str) -> Result<Option<SessionState>, SessionStoreError> {
        let record: Option<String> = self.ask(cmd("GET").arg(own_key(id)?)).await?;
        let Some(record) = record.filter(|record| record != ENDED) else { return Ok(None) };
        match serde_json::from_str(&record) {
            Ok(state) => {
                self.records().insert(id.into(), record.into());
                Ok(Some(state))
            }
            Err(error) => {
                // Of another version: its client opens a new session.
                tracing::warn!(%error, "a stored session cannot be read");
                Ok(None)
            }
        }
    }

    async fn store(&self, id: &str, state: &SessionState) -> Result<(), SessionStoreError> {
        let record = serde_json::to_string(state)?;
        self.records().insert(id.into(), record.as_str().into());
        let key = own_key(id)?;
        // The session works without, and an outage has been said.
        let _ = self.ask::<()>(cmd("SET").arg(key).arg(record).arg("EX").arg(self.lasting)).await;
        Ok(())
    }

    async fn delete(&self, id: &str) -> Result<(), SessionStoreError> {
        let key = own_key(id)?;
        // Only what is there: nobody can fill the store with what never was.
        let _ = self.ask::<()>(cmd("SET").arg(key).arg(ENDED).arg("XX").arg("EX").arg(self.lasting)).await;
        Ok(())
    }
}

/// Sessions in memory here and on Redis.
pub struct Shared {
    store: Arc<Store>,
    sessions: Arc<Sessions>,
}

impl Shared {
    /// Shares `sessions` from now until `end`.
    pub fn new(
        address: Address,
        sessions: Arc<Sessions>,
        idle: Duration,
        end: CancellationToken,
    ) -> anyhow::Result<Self> {
        let period = (idle / 4).clamp(Duration::from_secs(1), keeping::PERIOD);
        let store = Arc::new(Store::new(address, idle, period)?);
        let shared = Self { store, sessions };
        tokio::spawn(keeping::keep(shared.store.clone(), shared.sessions.clone(), period, end));
        Ok(shared)
    }

    /// For the transport.
    pub fn store(&self) -> Arc<dyn SessionStore> {
        self.store.clone()
    }

    /// The routes, with sessions of other instances known to them.
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
    fn an_address_names_a_redis_and_keeps_its_certificate_checked(#[case] url: &str, #[case] good: bool) {
        assert_eq!(Address::parse(url).is_some(), good);
    }

    #[test]
    fn a_record_is_found_by_its_owner_alone_and_its_key_tells_nothing() {
        let own = key("ada\nf00", "4f2c");
        assert_eq!(own, key("ada\nf00", "4f2c"));
        assert_ne!(own, key("bob\nf00", "4f2c"));
        assert_ne!(own, key("ada\n", "f00\n4f2c"));
        assert_ne!(own, key("ada\nf00", "4f2d"));
        assert!(!own.contains("ada") && !own.contains("4f2c") && own.len() == 26 + 64, "{own}");
    }
}
