//! Once in a while each instance looks after the records of its sessions: renews those in use, puts back what Redis lost, and ends
//! what was ended elsewhere.
use std::{sync::Arc, time::Duration};

use redis::{RedisResult, pipe};
use rmcp::transport::streamable_http_server::session::{SessionId, SessionManager};
use tokio_util::sync::CancellationToken;

use super::{ENDED, Sessions, Store, key};
use crate::sessions::InMemory;

/// How often, at most.
pub const PERIOD: Duration = Duration::from_secs(60);

/// Goes on until `end`.
pub async fn keep(store: Arc<Store>, sessions: Arc<Sessions>, period: Duration, end: CancellationToken) {
    let mut rounds = tokio::time::interval(period);
    while end.run_until_cancelled(rounds.tick()).await.is_some() {
        // An outage has been said.
        let Ok(ended) = store.round(sessions.all()).await else { continue };
        for id in ended {
            if let Err(error) = sessions.close_session(&id).await {
                tracing::debug!(%error, "a session that was ended elsewhere");
            }
        }
    }
}

impl Store {
    /// The sessions among `held` that were ended elsewhere.
    async fn round(&self, held: Vec<InMemory>) -> RedisResult<Vec<SessionId>> {
        self.records().retain(|id, _| held.iter().any(|held| held.id == *id));
        let keys: Vec<_> = held.iter().map(|held| key(&held.owner, &held.id)).collect();
        let mut look = pipe();
        // Also without a session: whether Redis can be used is known before the first one needs it.
        look.cmd("PING").ignore();
        for key in &keys {
            look.cmd("GET").arg(key);
        }
        let found: Vec<Option<String>> = self.ask_all(&look).await?;
        let (mut mend, mut ended) = (pipe(), vec![]);
        for ((held, key), found) in held.iter().zip(keys).zip(found) {
            match found.as_deref() {
                Some(ENDED) => ended.push(held.id.clone()),
                Some(_) if held.used => _ = mend.cmd("EXPIRE").arg(key).arg(self.lasting).ignore(),
                Some(_) => {}
                None => {
                    if let Some(record) = self.records().get(&held.id) {
                        mend.cmd("SET").arg(key).arg(&**record).arg("NX").arg("EX").arg(self.lasting).ignore();
                    }
                }
            }
        }
        if !mend.is_empty() {
            self.ask_all::<()>(&mend).await?;
        }
        Ok(ended)
    }
}
