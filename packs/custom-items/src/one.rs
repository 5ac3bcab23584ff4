//! `icu_get_custom_item`
use intervals_core::{ItemRef, Notes, Result, records::custom_item::Row, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::{Room, with_cut_content};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Long scripts uncut.
    #[serde(default)]
    #[schemars(example = true)]
    whole: bool,
}

/// ONE custom item with its content.
#[tool(read, tier = rare, title = "Custom item")]
async fn icu_get_custom_item(item: ItemRef, notes: Notes, args: Args) -> Result<Row> {
    Ok(with_cut_content(item.get().await?, if args.whole { Room::WHOLE } else { Room::SHAPE }, &notes))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{FITNESS_CHART, FUELING_FIELD},
        upstream_any,
    };
    use serde_json::{Value, json};

    async fn read(arguments: Value) -> intervals_core::answer::Answer {
        demo().await.answer("icu_get_custom_item", arguments).await
    }

    #[tokio::test]
    async fn a_content_is_json_that_can_be_sent_back() {
        let answer = read(json!({"item_id": FUELING_FIELD})).await;
        let content = &answer.structured["content"];
        assert_eq!((&content["code"], &content["aggregate"]), (&json!("Fueling"), &json!("AVERAGE")));
        assert!(answer.text.contains(&format!("content: {content}\n")), "{}", answer.text);
        assert_eq!((&answer.structured["visibility"], answer.structured.get("notes")), (&json!("FOLLOWERS"), None));
    }

    #[tokio::test]
    async fn a_large_content_is_cut_unless_whole_is_given() {
        let short = read(json!({"item_id": FITNESS_CHART})).await;
        let script = |answer: &intervals_core::answer::Answer| {
            answer.structured["content_by_others"]["script"].as_str().unwrap().to_owned()
        };
        assert!(script(&short).ends_with("characters]") && short.text.len() < 4000, "{}", short.text);
        assert_eq!(
            short.structured["notes"],
            json!(["content is cut; icu_get_custom_item with whole=true shows more"])
        );
        assert_eq!(short.structured["content_by_others"]["series"][23]["share"], 0.99);
        let whole = read(json!({"item_id": FITNESS_CHART, "whole": true})).await;
        assert!(script(&whole).len() > 10_000 && script(&whole).starts_with("  data"));
        assert_eq!(whole.structured.get("notes"), None);
        let by_others = &whole.structured["description_by_others"];
        assert!(whole.text.contains(&format!("description_by_others: {by_others}")), "{by_others}");
    }

    #[tokio::test]
    async fn a_content_too_large_for_an_answer_says_where_to_edit_it() {
        let item = json!({"id": 1.0, "content": {"script": "x".repeat(100_001)}});
        let bench = upstream_any(item).await.imperial();
        let answer = bench.structured("icu_get_custom_item", json!({"item_id": 1, "whole": true})).await;
        let note = "content is larger than an answer: it is cut, and can only be edited on intervals.icu";
        assert_eq!(answer["notes"], json!([note]));
    }

    #[tokio::test]
    async fn an_unknown_item_is_an_error() {
        let error = demo().await.text("icu_get_custom_item", json!({"item_id": 1})).await;
        assert_eq!(error, "there is no athlete/0/custom-item/1. List first, and use an id from that answer.");
    }
}
