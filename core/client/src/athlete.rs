//! A client for one athlete, and the athletes that a key can access.
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::civil::Date;
use serde_json::json;

use crate::{ALL, AthleteProfile, Body, ClientError, Credential, Intervals, KnownAthlete, OWNER, Result};

/// A client for one athlete. Its methods are the requests that are scoped to an athlete.
pub struct Athlete {
    pub(crate) client: Intervals,
    pub(crate) id: String,
}

impl Athlete {
    /// The id used in paths; `0` is the key's owner.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client of the account, for paths without a method: `athlete.client().get(&["athlete", athlete.id(), …])`.
    pub fn client(&self) -> &Intervals {
        &self.client
    }
}

impl Intervals {
    /// A client for the athlete with this id.
    pub fn athlete(&self, id: impl Into<String>) -> Athlete {
        Athlete { client: self.clone(), id: id.into() }
    }

    /// `GET /athletes`: the key's owner and the athletes they follow or coach, if the client [offers](Self::offers) them. Fails
    /// with [`ClientError::NeedsKey`] on an access token.
    pub async fn athletes(&self) -> Result<Vec<KnownAthlete>> {
        if let Credential::AccessToken(_) = self.credential() {
            return Err(ClientError::NeedsKey);
        }
        let mut athletes: Vec<KnownAthlete> = self.list(&["athletes"], ALL).await?;
        // The key's owner has no permission on themselves. They are the client's own athlete unless another one is configured.
        let own = |a: &KnownAthlete| self.own_id() == OWNER && a.icu_permission.is_none();
        athletes.retain(|athlete| own(athlete) || self.offers(&athlete.id));
        Ok(athletes)
    }
}

impl Athlete {
    /// `GET /athlete/{id}`, cached for the cache time of the options.
    pub fn profile(&self) -> BoxFuture<'_, Result<Arc<AthleteProfile>>> {
        self.client.athlete_profile(&self.id)
    }

    /// `GET /athlete/{id}/activity-tags`, `/event-tags`, `/workout-tags`: the tags in use. `kind` is `activity`, `event` or
    /// `workout`.
    pub async fn tags_of(&self, kind: &str) -> Result<Vec<String>> {
        self.client.list(&self.path(&[&format!("{kind}-tags")]), ALL).await
    }

    /// `PUT /athlete/{id}`: replaces the notes; "" clears them.
    pub async fn set_notes(&self, notes: &str) -> Result<AthleteProfile> {
        self.client.put(&["athlete", &self.id], ALL, Body::Json(json!({"icu_notes": notes}))).await
    }

    pub(crate) fn path<'a>(&'a self, rest: &[&'a str]) -> Vec<&'a str> {
        [&["athlete", self.id.as_str()], rest].concat()
    }
}

/// A range of days in a query, both included.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(crate) struct Range {
    pub oldest: Date,
    pub newest: Date,
}
