//! `icu_update_athlete_notes`
use intervals_core::{Athlete, Result, client::Text, tool};
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
    name: Option<Text>,
    notes_md: Option<Text>,
}

/// REPLACE the notes kept on an athlete; read them first with icu_get_athlete_profile.
#[tool(write, idempotent, tier = rare, title = "Update athlete notes")]
async fn icu_update_athlete_notes(athlete: Athlete, args: Args) -> Result<Updated> {
    let profile = athlete.set_notes(&args.notes).await?;
    Ok(Updated { id: profile.id, name: profile.name.map(Text::from), notes_md: profile.icu_notes.map(Text::from) })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::COACHED};
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("# Plan\nEasy week".to_owned())]
    #[case("long ".repeat(1000).trim().to_owned())]
    #[case(String::new())]
    #[tokio::test]
    async fn notes_are_replaced_whole_and_seen_at_once(#[case] notes: String) {
        let demo = demo().await;
        // This read fills the cache, so that a stale one would show.
        demo.answer("icu_get_athlete_profile", json!({"athlete_id": COACHED})).await;
        demo.answer("icu_update_athlete_notes", json!({"athlete_id": COACHED, "notes": notes})).await;
        let profile = demo.structured("icu_get_athlete_profile", json!({"athlete_id": COACHED})).await;
        assert_eq!(profile.get("notes_md_by_others").and_then(|n| n.as_str()).unwrap_or_default(), notes);
    }
}
