//! `icu_update_custom_item`
use intervals_core::{
    Error, ItemRef, JsonMap, Notes, Result,
    records::{
        Patch,
        custom_item::{Fields, Row},
    },
    tool,
};

use crate::content::{self, Room, with_cut_content};

/// CHANGE a custom item. Content is replaced whole: read it first.
#[tool(write, idempotent, tier = rare, title = "Update custom item")]
async fn icu_update_custom_item(item: ItemRef, notes: Notes, args: Patch<Fields>) -> Result<Row> {
    let fields = args.given();
    let Patch(Fields { item_type, content, .. }) = args;
    let kind = item_type.map(|kind| kind.0);
    if let Some(content) = &content {
        content::check_whole(content)?;
    }
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside item_id."));
    }
    if content.is_some() || kind.is_some_and(content::is_field) {
        let before = item.get().await?;
        let field = kind.or(before.kind.as_deref()).filter(|kind| content::is_field(kind));
        match (&content, field) {
            (Some(content), Some(_)) => content::check_field(content)?,
            (None, Some(kind)) => check_kept_content(&before, kind)?,
            _ => {}
        }
        let lost = content.as_ref().map(|content| lost_keys(&before, content)).unwrap_or_default();
        if !lost.is_empty() {
            notes.add(format!("content was replaced whole and lost {}", lost.join(", ")));
        }
    }
    Ok(with_cut_content(item.update(fields).await?, Room::SHAPE, &notes))
}

/// Checks that the content that the item keeps is valid for a field.
fn check_kept_content(item: &Row, kind: &str) -> Result<()> {
    let content = item.content.as_ref().map(|content| content.0.clone()).unwrap_or_default();
    content::check_field(&content).map_err(|e| {
        let advice = "Give content with code and type as well.";
        Error::new(format!("its content does not fit {kind}: {}", e.problem), advice)
    })
}

/// Returns the keys of the old content that the new one lacks.
fn lost_keys(before: &Row, content: &JsonMap) -> Vec<String> {
    let before = before.content.iter().flat_map(|content| &content.0);
    let lost = before.filter(|(key, value)| !value.is_null() && !content.contains_key(*key));
    lost.map(|(key, _)| key.clone()).take(20).collect()
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{FITNESS_CHART, FUELING_FIELD, WELLNESS_FIELD},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn only_the_given_fields_are_sent() {
        let demo = demo().await;
        let arguments = json!({"item_id": WELLNESS_FIELD, "name": "Coffee"});
        let answer = demo.structured("icu_update_custom_item", arguments).await;
        assert_eq!((&answer["name"], &answer["content"]["units"]), (&json!("Coffee"), &json!("mg")));
        let writes: Vec<_> = demo.requests().into_iter().filter(|request| request.method == "PUT").collect();
        assert_eq!(writes[0].body, br#"{"name":"Coffee"}"#);
    }

    #[tokio::test]
    async fn a_content_is_replaced_whole_and_lost_keys_are_named() {
        let content = json!({"code": "Caffeine", "type": "numeric", "units": "cups"}).to_string();
        let arguments = json!({"item_id": WELLNESS_FIELD, "content": content});
        let answer = demo().await.structured("icu_update_custom_item", arguments).await;
        assert_eq!(answer["content"], json!({"code": "Caffeine", "type": "numeric", "units": "cups"}));
        assert_eq!(answer["notes"], json!(["content was replaced whole and lost aggregate, icon"]));
    }

    #[tokio::test]
    async fn a_content_that_was_cut_is_not_written() {
        let demo = demo().await;
        let read = async |whole: bool| {
            let arguments = json!({"item_id": FITNESS_CHART, "whole": whole});
            demo.structured("icu_get_custom_item", arguments).await["content_by_others"].take()
        };
        let write = |content: Value| json!({"item_id": FITNESS_CHART, "content": content});
        let arguments = write(read(false).await);
        demo.refuses("icu_update_custom_item", arguments, "content was cut when it was read. Read it with").await;
        assert_eq!(demo.writes(), [""; 0]);
        let whole = read(true).await;
        demo.answer("icu_update_custom_item", write(whole.clone())).await;
        assert_eq!(read(true).await, whole);
    }

    #[tokio::test]
    async fn an_item_becomes_a_field_only_with_the_content_of_one() {
        let demo = demo().await;
        let arguments = json!({"item_id": FITNESS_CHART, "item_type": "INPUT_FIELD"});
        let error = demo.text("icu_update_custom_item", arguments).await;
        assert_eq!(
            error,
            "its content does not fit INPUT_FIELD: content.code is missing. Give content with code and type as well."
        );
        assert_eq!(demo.writes(), [""; 0]);
        let arguments = json!({"item_id": WELLNESS_FIELD, "item_type": "ACTIVITY_FIELD"});
        let answer = demo.structured("icu_update_custom_item", arguments).await;
        assert_eq!(answer["type"], "ACTIVITY_FIELD");
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. ")]
    #[case(json!({"visibility": "everyone"}), "invalid arguments for icu_update_custom_item: visibility: \"everyone\" is not known; ")]
    #[case(json!({"item_type": "FIELD"}), "invalid arguments for icu_update_custom_item: item_type: \"FIELD\" is not known; ")]
    #[case(json!({"content": {"code": "Fueling", "type": "number"}}), "content.type is \"number\". ")]
    #[tokio::test]
    async fn what_the_service_would_refuse_is_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["item_id"] = FUELING_FIELD.into();
        demo.refuses("icu_update_custom_item", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
