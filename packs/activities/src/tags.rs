//! `icu_get_tags`
use intervals_core::{Athlete, Error, List, Result, client::Text, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// activity (default), event or workout.
    #[schemars(example = &"event")]
    of: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    tag: Text,
}

/// TAGS in use, to choose from.
#[tool(read, title = "Tags")]
async fn icu_get_tags(athlete: Athlete, args: Args) -> Result<List<Row>> {
    let kind = args.of.as_deref().unwrap_or("activity").to_lowercase();
    if !["activity", "event", "workout"].contains(&kind.as_str()) {
        return Err(Error::new(format!("of is \"{kind}\""), "It is activity, event or workout."));
    }
    let tags = athlete.tags_of(&kind).await?;
    Ok(List::from(tags.into_iter().map(|tag| Row { tag: tag.into() }).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::Options, demo_with};
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!({}), &["key", "long"])]
    #[case(json!({"of": "Event"}), &["key"])]
    #[case(json!({"of": "workout"}), &["sweetspot"])]
    #[tokio::test]
    async fn tags_of_each_kind_are_listed(#[case] arguments: serde_json::Value, #[case] some: &[&str]) {
        let text = demo().await.text("icu_get_tags", arguments).await;
        assert!(text.starts_with("tag\n") && some.iter().all(|tag| text.lines().any(|line| line == *tag)), "{text}");
    }

    #[tokio::test]
    async fn another_kind_is_refused_and_an_empty_account_has_none() {
        let demo = demo_with(Options { years: 0, ..Options::default() }).await;
        assert_eq!(
            demo.text("icu_get_tags", json!({"of": "gear"})).await,
            "of is \"gear\". It is activity, event or workout."
        );
        assert_eq!(demo.text("icu_get_tags", json!({})).await, "(0)\n");
    }
}
