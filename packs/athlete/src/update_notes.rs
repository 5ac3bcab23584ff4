//! `icu_update_athlete_notes`
use intervals_core::{Athlete, Result, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Markdown; "" clears.
    #[schemars(example = &"Left knee: no sprints")]
    notes: String,
}

#[derive(Serialize, JsonSchema)]
struct Updated {
    id: String,
    name: Option<String>,
    notes_md: Option<String>,
}

/// REPLACE the notes kept on an athlete; read them first with icu_get_athlete_profile.
#[tool(write, idempotent, tier = rare, title = "Update athlete notes")]
async fn icu_update_athlete_notes(athlete: Athlete, args: Args) -> Result<Updated> {
    let profile = athlete.set_notes(&args.notes).await?;
    Ok(Updated { id: profile.id, name: profile.name, notes_md: profile.icu_notes })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::ToolRunner;
    use intervals_demo::{COACHED, Demo};
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("# Plan\nEasy week".to_owned())]
    #[case("long ".repeat(1000).trim().to_owned())]
    #[case(String::new())]
    #[tokio::test]
    async fn notes_are_replaced_whole_and_seen_at_once(#[case] notes: String) {
        let demo = Demo::start().await.unwrap();
        let bench = ToolRunner::at(&demo.url);
        // Read before, so that a stale cache would show.
        bench.run("icu_get_athlete_profile", json!({"athlete_id": COACHED})).await.unwrap();
        let arguments = json!({"athlete_id": COACHED, "notes": notes});
        bench.run("icu_update_athlete_notes", arguments).await.unwrap();
        let profile = bench.run("icu_get_athlete_profile", json!({"athlete_id": COACHED})).await.unwrap();
        assert_eq!(profile.structured.get("notes_md").and_then(|n| n.as_str()).unwrap_or_default(), notes);
    }
}
