//! Prompts and resources: what the server before this one offered, what is offered for their arguments, and what hides them.
use std::collections::BTreeSet;

use intervals_catalog::Catalog;
use intervals_core::{content::Content, testing::demo};

use crate::world::has_every_pack;

/// What the server before this one offered; who used a name finds it here.
const OLD_PROMPTS: [&str; 9] = [
    "activity_deep_dive",
    "analyze_recent_training",
    "generate_workout",
    "performance_analysis",
    "plan_training_week",
    "recovery_check",
    "training_plan_review",
    "verify_multi_athlete",
    "verify_setup",
];

const OLD_RESOURCES: [&str; 4] = [
    "intervals-icu://athlete/profile",
    "intervals-icu://custom-item-schemas",
    "intervals-icu://event-categories",
    "intervals-icu://workout-syntax",
];

#[test]
fn all_old_prompts_and_resources_are_there() {
    if !has_every_pack() {
        return;
    }
    let catalog = Catalog::linked().unwrap();
    let prompts: BTreeSet<_> =
        catalog.packs.values().flat_map(|loaded| loaded.pack.prompts()).map(|prompt| prompt.name).collect();
    assert_eq!(prompts, OLD_PROMPTS.into());
    let resources: BTreeSet<_> =
        catalog.packs.values().flat_map(|loaded| loaded.pack.resources()).map(|resource| resource.uri).collect();
    assert_eq!(resources, OLD_RESOURCES.map(String::from).into());
}

#[tokio::test]
async fn a_resource_tells_of_the_athlete_that_its_uri_names() {
    let demo = demo().await;
    if !Catalog::linked().unwrap().packs.contains_key("wellness") {
        return;
    }
    let day = "intervals-icu://wellness/2026-07-01";
    let read = async |uri: String| match demo.read(&uri).await.unwrap() {
        Ok(Content::Text(text)) => text,
        other => panic!("{other:?}"),
    };
    assert!(read(format!("{day}?athlete_id={}", demo::COACHED)).await.starts_with("athlete: Sam Brook (i7002)\n"));
    assert!(!read(day.into()).await.contains("athlete: "));
    demo.read(&format!("{day}?athlete={}", demo::COACHED)).await.unwrap().unwrap_err();
}

#[tokio::test]
async fn completions_begin_with_what_was_typed() {
    let demo = demo().await;
    let catalog = Catalog::linked().unwrap();
    let Some(loaded) = catalog.packs.get("wellness") else { return };
    let offered = demo.complete(&*loaded.pack, "date", "2026-06-2").await.unwrap().unwrap();
    assert_eq!(offered.first().map(String::as_str), Some("2026-06-29"));
    assert!(offered.iter().all(|date| date.starts_with("2026-06-2")));
    assert!(demo.complete(&*loaded.pack, "no_such", "").await.is_none());
}

#[tokio::test]
async fn a_resource_goes_with_its_tool() {
    let catalog = Catalog::linked().unwrap();
    for template in catalog.packs.values().flat_map(|loaded| loaded.pack.templates()) {
        assert!(template.tool.is_some(), "{} goes with no tool", template.uri);
    }
    if !catalog.packs.contains_key("wellness") {
        return;
    }
    let hidden = demo().await.hiding(&["icu_get_wellness_for_date"]);
    assert!(hidden.read("intervals-icu://wellness/2026-07-01").await.is_none());
}

#[cfg(feature = "demo")]
#[tokio::test]
async fn where_an_athlete_is_given_all_that_names_none_is_about_them() {
    use rmcp::model::{GetPromptRequestParams, ReadResourceRequestParams};

    use crate::protocol::{legacy, stdio};

    if !has_every_pack() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let given =
        format!("[fixed]\nathlete_id = \"{}\"\n[tool.icu_get_wellness_data.fixed]\ndays_back = 14\n", demo::COACHED);
    std::fs::write(&file, given).unwrap();
    let client = stdio(legacy(), &["--demo=2026-07-05", "--coach", "--config", file.to_str().unwrap()]).await;
    let profile = client.read_resource(ReadResourceRequestParams::new("intervals-icu://athlete/profile")).await;
    assert!(format!("{profile:?}").contains("Sam Brook"), "{profile:?}");
    let other = ReadResourceRequestParams::new("intervals-icu://wellness/2026-07-01?athlete_id=i7001");
    client.read_resource(other).await.unwrap_err();
    let prompt = client.get_prompt(GetPromptRequestParams::new("recovery_check")).await;
    let prompt = format!("{prompt:?}");
    assert!(
        prompt.contains("icu_get_wellness_data()") && prompt.contains("icu_get_recent_activities(days_back=7)"),
        "{prompt}"
    );
    client.cancel().await.unwrap();
}
