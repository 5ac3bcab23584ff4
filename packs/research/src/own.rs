//! The own athlete: the prescribed arguments leave no room to name another.
use std::ops::Deref;

use intervals_core::{Athlete, Call, Error, FromCall, Result};

/// The key's owner. It stands before `Today`, which would take a named athlete's day.
pub struct Own(Athlete);

impl FromCall for Own {
    async fn from_call(call: &mut Call) -> Result<Self> {
        // Understood by all tools that act on an athlete; passed over, it would answer with the wrong one's data.
        if call.arguments.get("athlete_id").is_some_and(|id| !id.is_null()) {
            return Err(Error::new("search and fetch know the own athlete only", "Leave athlete_id out."));
        }
        Athlete::from_call(call).await.map(Self)
    }
}

impl Deref for Own {
    type Target = Athlete;

    fn deref(&self) -> &Athlete {
        &self.0
    }
}
