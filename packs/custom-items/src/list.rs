//! `icu_get_custom_items`
use intervals_core::{
    Athlete, List, Notes, Result,
    list::{Limit, Offset},
    records::{
        Word,
        custom_item::{ItemTypes, Row},
    },
    tool,
};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct Args {
    /// Such as INPUT_FIELD.
    #[schemars(example = &"INPUT_FIELD")]
    item_type: Option<Word<ItemTypes>>,
    /// Most rows.
    #[schemars(example = 30)]
    limit: Limit<30>,
    offset: Offset,
}

/// LIST own fields, charts, streams and zones, without their content.
#[tool(read, tier = rare, title = "Custom items")]
async fn icu_get_custom_items(athlete: Athlete, notes: Notes, args: Args) -> Result<List<Row>> {
    let limit = args.limit.rows(&notes);
    let kind = args.item_type.map(|kind| kind.0);
    let mut items: Vec<Row> = athlete.custom_items().list().await?;
    items.retain(|item| kind.is_none() || item.kind.as_deref() == kind);
    for item in &mut items {
        (item.content, item.updated) = (None, None);
    }
    Ok(List::first(items, limit, args.offset))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{COACHED, FITNESS_CHART, Options, WELLNESS_FIELD},
        demo_with,
        operations::Operations,
        upstream_any,
    };
    use serde_json::json;

    #[tokio::test]
    async fn fields_come_with_their_code_and_without_content() {
        let answer = demo().await.answer("icu_get_custom_items", json!({})).await;
        assert_eq!(
            answer.structured["items"][0],
            json!({"id": WELLNESS_FIELD, "type": "INPUT_FIELD", "name": "Caffeine", "visibility": "PRIVATE",
                "code": "Caffeine", "index": 0, "usage_count": 0, "description": "Coffee and tea, in mg a day"})
        );
        assert!(!answer.text.contains("data.push") && answer.text.len() < 700, "{}", answer.text);
    }

    #[tokio::test]
    async fn an_item_copied_from_others_is_text_by_others() {
        let answer = demo().await.answer("icu_get_custom_items", json!({"item_type": "fitness chart"})).await;
        let row = &answer.structured["items"][0];
        assert_eq!(
            (&row["id"], &row["name_by_others"], row.get("name")),
            (&json!(FITNESS_CHART), &json!("Form by week"), None)
        );
        assert!(answer.text.contains("\"Form by week\"") && answer.structured["total"] == 1, "{}", answer.text);
    }

    #[tokio::test]
    async fn a_list_is_limited_and_an_unknown_type_is_refused() {
        let demo = demo().await;
        let answer = demo.structured("icu_get_custom_items", json!({"limit": 1})).await;
        assert_eq!((&answer["total"], &answer["next"]), (&json!(4), &json!({"offset": 1})));
        let start = "invalid arguments for icu_get_custom_items: item_type: \"CHART\" is not known; it is one of FITNESS_CHART, FITNESS_TABLE, ";
        demo.refuses("icu_get_custom_items", json!({"item_type": "CHART"}), start).await;
    }

    #[tokio::test]
    async fn an_item_without_values_is_a_row() {
        let nulls = Operations::embedded().unwrap();
        let body =
            json!([nulls.nulls("CustomItem", json!({"id": 1})), {"id": 2, "content": "odd", "name": ""}, {"id": {}}]);
        let answer = upstream_any(body).await.imperial().answer("icu_get_custom_items", json!({})).await;
        assert_eq!(answer.structured["items"], json!([{"id": 1}, {"id": 2}]));
        assert!(answer.structured["notes"][0].as_str().unwrap().starts_with("1 record of custom-item could not"));
    }

    #[tokio::test]
    async fn another_athletes_items_name_the_athlete_and_an_empty_account_has_none() {
        let answer = demo().await.structured("icu_get_custom_items", json!({"athlete_id": COACHED})).await;
        assert_eq!((&answer["total"], &answer["athlete"]), (&json!(1), &json!("Sam Brook (i7002)")));
        let empty = demo_with(Options { years: 0, ..Options::default() }).await;
        assert_eq!(empty.text("icu_get_custom_items", json!({})).await, "(0)\n");
    }
}
