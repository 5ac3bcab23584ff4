//! Keeps a client with a list of athletes to them.
use serde::Deserialize;

use super::{ALL, Intervals};
use crate::{ClientError, Effect, Result, lenient};

/// What stands behind `activities` in a path without being the ids of some.
const NOT_IDS: &[&str] = &["search", "search-full", "interval-search", "manual"];

/// Of an activity, whose it is.
#[derive(Deserialize)]
struct Owned {
    #[serde(default, deserialize_with = "lenient::optional_id")]
    icu_athlete_id: Option<String>,
}

impl Intervals {
    /// With a list of athletes, refuses what may belong to another one, whether the path names them or one of their activities.
    pub(super) async fn guard_athlete(&self, path: &[&str]) -> Result<()> {
        if self.athletes.is_none() {
            return Ok(());
        }
        let athlete = match path {
            // Filtered by `athletes()`.
            ["athletes"] => return Ok(()),
            // Tells of everybody whom the key's owner coaches.
            ["athlete", _, "athlete-summary"] => "of a summary".into(),
            // Any activity can be asked for under the own id.
            ["athlete", id, "activities", ids] if !NOT_IDS.contains(ids) => {
                self.guard_owners(ids.split(',')).await?;
                (*id).to_owned()
            }
            ["athlete", id, ..] => (*id).to_owned(),
            ["activity", id, ..] => self.owner_of(id).await?,
            // Chats, shared events, plans of many athletes: nothing in the path says whose they are.
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

    /// Whose activity it is: fetched once in a call. Asked for only when the athletes are limited.
    async fn owner_of(&self, activity: &str) -> Result<String> {
        if let Some(owner) = self.memory.as_ref().and_then(|memory| memory.owner(activity)) {
            return Ok(owner);
        }
        let open = Self { athletes: None, allowed: Effect::Read, ..self.clone() };
        let found: Owned = Box::pin(open.get(&["activity", activity], ALL)).await?;
        found.icu_athlete_id.ok_or_else(|| ClientError::NotOffered { athlete: "of this activity".into() })
    }
}
