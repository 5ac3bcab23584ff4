//! `icu_apply_plan_changes`
use intervals_core::{Athlete, Error, Result, tool, units::Count};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Applied {
    /// The plan that is followed.
    plan_id: Count,
    /// What was changed.
    changed: &'static str,
}

/// PUSH edits of the followed training plan to the calendar: its workouts from today on are replaced.
#[tool(destructive, idempotent, tier = rare, title = "Apply plan changes")]
async fn icu_apply_plan_changes(athlete: Athlete) -> Result<Applied> {
    // Without a plan the service does nothing and reports no error.
    let Some(plan_id) = athlete.profile().await?.training_plan_id else {
        return Err(Error::new(
            "the athlete follows no training plan",
            "Put one on the calendar with icu_apply_training_plan.",
        ));
    };
    athlete.library().apply_plan_changes().await?;
    Ok(Applied { plan_id, changed: "planned workouts of this plan from today on" })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::PLAN};
    use serde_json::json;

    #[tokio::test]
    async fn the_followed_plan_is_applied() {
        let demo = demo().await;
        let answer = demo.structured("icu_apply_plan_changes", json!({})).await;
        assert_eq!(answer["plan_id"], PLAN);
        assert_eq!(demo.writes(), ["PUT /api/v1/athlete/0/apply-plan-changes"]);
    }

    #[tokio::test]
    async fn without_a_plan_nothing_is_sent() {
        let demo = demo().await;
        demo.refuses("icu_apply_plan_changes", json!({"athlete_id": "i7002"}), "the athlete follows no training plan.")
            .await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
