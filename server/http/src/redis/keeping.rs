//! Periodic work of each instance: renews the records of sessions in use, writes records again that Redis lost, and ends sessions that
//! were ended on another instance.
use std::{sync::Arc, time::Duration};

use redis::{RedisResult, pipe};
use rmcp::transport::streamable_http_server::session::{SessionId, SessionManager};
use tokio_util::sync::CancellationToken;

use super::{ENDED, RedisStore, Sessions, key};
use crate::sessions::SessionInMemory;

/// The longest period.
pub const PERIOD: Duration = Duration::from_secs(60);

/// Does the work every `period` until `end` fires.
pub async fn keep(store: Arc<RedisStore>, sessions: Arc<Sessions>, period: Duration, end: CancellationToken) {
    let mut ticks = tokio::time::interval(period);
    while end.run_until_cancelled(ticks.tick()).await.is_some() {
        // An outage is logged by the store.
        let Ok(ended) = store.renew(sessions.all()).await else { continue };
        for id in ended {
            if let Err(error) = sessions.close_session(&id).await {
                tracing::debug!(%error, "a session that was ended elsewhere");
            }
        }
    }
}

impl RedisStore {
    /// Renews the records of these sessions, and returns the sessions that were ended on another instance.
    async fn renew(&self, sessions: Vec<SessionInMemory>) -> RedisResult<Vec<SessionId>> {
        self.records().retain(|id, _| sessions.iter().any(|session| session.id == *id));
        let keys: Vec<_> = sessions.iter().map(|session| key(&session.owner, &session.id)).collect();
        let mut reads = pipe();
        // Without sessions too, so that an outage is noticed before the first session is opened.
        reads.cmd("PING").ignore();
        for key in &keys {
            reads.cmd("GET").arg(key);
        }
        let found: Vec<Option<String>> = self.query_all(&reads).await?;
        let (mut writes, mut ended) = (pipe(), vec![]);
        for ((session, key), found) in sessions.iter().zip(keys).zip(found) {
            match found.as_deref() {
                Some(ENDED) => ended.push(session.id.clone()),
                Some(_) if session.used => _ = writes.cmd("EXPIRE").arg(key).arg(self.lifetime).ignore(),
                Some(_) => {}
                None => {
                    if let Some(record) = self.records().get(&session.id) {
                        writes.cmd("SET").arg(key).arg(&**record).arg("NX").arg("EX").arg(self.lifetime).ignore();
                    }
                }
            }
        }
        if !writes.is_empty() {
            self.query_all::<()>(&writes).await?;
        }
        Ok(ended)
    }
}
