//! Limits a client to the athletes that it may access.
use reqwest::Method;

use super::Intervals;
use crate::{Body, ClientError, Effect, Result, call_memory::owner_in};

/// Path segments after `activities` that are not ids of activities.
const NOT_IDS: &[&str] = &["search", "search-full", "interval-search", "manual"];

impl Intervals {
    /// Refuses a request that may be about an athlete outside the client's list, named by the path itself or by an activity.
    pub(super) async fn guard_athlete(&self, path: &[&str]) -> Result<()> {
        if self.athletes.is_none() {
            return Ok(());
        }
        let athlete = match path {
            // Filtered by `athletes()`.
            ["athletes"] => return Ok(()),
            // It covers all athletes whom the key's owner coaches.
            ["athlete", _, "athlete-summary"] => "of a summary".into(),
            // The service gives any activity under the id of the key's owner.
            ["athlete", id, "activities", ids] if !NOT_IDS.contains(ids) => {
                self.guard_owners(ids.split(',')).await?;
                (*id).to_owned()
            }
            ["athlete", id, ..] => (*id).to_owned(),
            ["activity", id, ..] => self.owner_of(id).await?,
            // Chats, shared events, plans of many athletes: the path does not name the athlete.
            _ => format!("behind {}", path.join("/")),
        };
        self.guard_id(athlete).await
    }

    async fn guard_id(&self, athlete: String) -> Result<()> {
        if self.offers(&athlete) || self.own().await?.id == athlete {
            return Ok(());
        }
        Err(ClientError::NotOffered { athlete })
    }

    async fn guard_owners(&self, activities: impl Iterator<Item = &str>) -> Result<()> {
        for activity in activities {
            self.guard_id(self.owner_of(activity).await?).await?;
        }
        Ok(())
    }

    async fn owner_of(&self, activity: &str) -> Result<String> {
        let owner = Box::pin(self.fetched_owner(activity)).await?;
        owner.ok_or_else(|| ClientError::NotOffered { athlete: "of this activity".into() })
    }

    /// Returns the id of an activity's athlete, where its record names one. In one call of a tool the activity is fetched once.
    pub async fn activity_owner(&self, activity: &str) -> Result<Option<String>> {
        self.guard_athlete(&["activity", activity]).await?;
        self.fetched_owner(activity).await
    }

    async fn fetched_owner(&self, activity: &str) -> Result<Option<String>> {
        if let Some(owner) = self.memory.as_ref().and_then(|memory| memory.owner(activity)) {
            return Ok(Some(owner));
        }
        let open = Self { athletes: None, allowed: Effect::Read, ..self.clone() };
        let reply = open.send(Method::GET, &["activity", activity], String::new(), Body::None).await?;
        // With the reply, its owner is remembered.
        let remembered = self.memory.as_ref().and_then(|memory| memory.owner(activity));
        Ok(remembered.or_else(|| owner_in(&reply.data)))
    }
}
