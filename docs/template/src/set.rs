//! `icu_set_steps`
use intervals_core::{
    Athlete, Day, Error, Result,
    client::{ALL, Body},
    tool,
    units::Count,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// YYYY-MM-DD.
    #[schemars(example = &"2026-07-01")]
    date: Day,
    /// 0 to 300000; -1 clears.
    #[schemars(example = 9000)]
    steps: i64,
}

#[derive(Serialize, JsonSchema)]
struct Set {
    date: String,
    steps: Option<Count>,
}

// The fields of the service's answer that are used.
#[derive(Deserialize)]
struct Written {
    id: String,
    steps: Option<Count>,
}

/// SET the steps of one day; its other values stay.
#[tool(write, idempotent, title = "Set steps")]
async fn icu_set_steps(athlete: Athlete, args: Args) -> Result<Set> {
    if !(-1..=300_000).contains(&args.steps) {
        let problem = format!("steps is {}", args.steps);
        return Err(Error::new(problem, "It goes from 0 to 300000; -1 clears it."));
    }
    // An endpoint without a method in the client is called by its path, under the same guard.
    let path = ["athlete", athlete.id(), "wellness", &args.date.to_string()];
    let body = Body::Json(json!({"steps": args.steps}));
    let day: Written = athlete.client().put(&path, ALL, body).await?;
    Ok(Set { date: day.id, steps: day.steps })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use serde_json::json;

    #[tokio::test]
    async fn what_was_set_is_read_again() {
        let demo = demo().await;
        let set = demo.structured("icu_set_steps", json!({"date": "2026-07-01", "steps": 4321})).await;
        assert_eq!(set, json!({"date": "2026-07-01", "steps": 4321}));
        let day = json!({"oldest": "2026-07-01", "newest": "2026-07-01"});
        let read = demo.structured("icu_get_steps", day).await;
        assert_eq!(read["items"], json!([{"date": "2026-07-01", "steps": 4321}]));
    }

    #[tokio::test]
    async fn what_cannot_be_is_not_sent() {
        let demo = demo().await;
        let arguments = json!({"date": "2026-07-01", "steps": 300_001});
        demo.refuses("icu_set_steps", arguments, "steps is 300001. It goes from 0 to 300000; -1 clears it.").await;
        assert!(demo.writes().is_empty());
    }
}
