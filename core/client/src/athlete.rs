//! Athletes: whom a key reaches, and a handle on one of them.
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::civil::Date;
use serde_json::json;

use crate::{ALL, AthleteProfile, Body, ClientError, Credential, Intervals, KnownAthlete, OWNER, Result};

/// A client for one athlete. Areas that are scoped to an athlete hang on it.
pub struct Athlete {
    pub(crate) client: Intervals,
    pub(crate) id: String,
}

impl Athlete {
    /// The id that stands in paths; `0` is the owner of the key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client itself, for paths without a method: `athlete.client().get(&["athlete", athlete.id(), …])`.
    pub fn client(&self) -> &Intervals {
        &self.client
    }
}

impl Intervals {
    /// The areas of the API for the athlete of this id.
    pub fn athlete(&self, id: impl Into<String>) -> Athlete {
        Athlete { client: self.clone(), id: id.into() }
    }

    /// `GET /athletes`: the key's owner and everybody they follow or coach, as far as the operator offers them. Needs an API key.
    pub async fn athletes(&self) -> Result<Vec<KnownAthlete>> {
        if let Credential::AccessToken(_) = self.credential() {
            return Err(ClientError::NeedsKey);
        }
        let mut athletes: Vec<KnownAthlete> = self.list(&["athletes"], ALL).await?;
        // The owner of the key has no permission on themselves; they are the own athlete unless another one is configured.
        let own = |a: &KnownAthlete| self.own_id() == OWNER && a.icu_permission.is_none();
        athletes.retain(|athlete| own(athlete) || self.offers(&athlete.id));
        Ok(athletes)
    }
}

impl Athlete {
    /// `GET /athlete/{id}`, kept for the cache time.
    pub fn profile(&self) -> BoxFuture<'_, Result<Arc<AthleteProfile>>> {
        self.client.athlete_profile(&self.id)
    }

    /// `GET /athlete/{id}/activity-tags`, `/event-tags`, `/workout-tags`: the tags in use. `of` is `activity`, `event` or
    /// `workout`.
    pub async fn tags_of(&self, of: &str) -> Result<Vec<String>> {
        self.client.list(&self.path(&[&format!("{of}-tags")]), ALL).await
    }

    /// `PUT /athlete/{id}`: replaces the notes, "" clears them.
    pub async fn set_notes(&self, notes: &str) -> Result<AthleteProfile> {
        self.client.put(&["athlete", &self.id], ALL, Body::Json(json!({"icu_notes": notes}))).await
    }

    pub(crate) fn path<'a>(&'a self, rest: &[&'a str]) -> Vec<&'a str> {
        [&["athlete", self.id.as_str()], rest].concat()
    }
}

/// A range of days as the service takes it; both ends are included.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(crate) struct Range {
    pub oldest: Date,
    pub newest: Date,
}
