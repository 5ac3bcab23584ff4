//! Extracts the key's owner: the prescribed arguments cannot name another athlete.
use std::ops::Deref;

use intervals_core::{Athlete, Call, Error, FromCall, Result};

/// The key's owner.
pub struct Own(Athlete);

impl FromCall for Own {
    // Other tools take `athlete_id`; to ignore it would answer with the wrong athlete's data.
    fn check(call: &Call) -> Result<()> {
        if call.arguments.get("athlete_id").is_some_and(|id| !id.is_null()) {
            return Err(Error::new("search and fetch know the own athlete only", "Leave athlete_id out."));
        }
        Ok(())
    }

    async fn from_call(call: &mut Call) -> Result<Self> {
        Athlete::from_call(call).await.map(Self)
    }
}

impl Deref for Own {
    type Target = Athlete;

    fn deref(&self) -> &Athlete {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        Today,
        testing::{demo, demo::COACHED},
        tool,
    };
    use serde_json::json;

    use super::*;

    #[derive(serde::Serialize, schemars::JsonSchema)]
    struct Day {
        day: String,
    }

    /// TELLS the day.
    #[tool(read)]
    async fn own_behind_today(today: Today, _athlete: Own) -> Result<Day> {
        Ok(Day { day: today.date().to_string() })
    }

    #[tokio::test]
    async fn another_athlete_is_refused_wherever_the_parameter_stands() {
        let demo = demo().await;
        assert_eq!(demo.structured("own_behind_today", json!({})).await["day"], "2026-07-05");
        for athlete in [COACHED, "i1"] {
            let error = demo.error("own_behind_today", json!({"athlete_id": athlete})).await;
            assert_eq!(error.problem, "search and fetch know the own athlete only");
        }
    }
}
