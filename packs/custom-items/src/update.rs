//! `icu_update_custom_item`
use intervals_core::{Athlete, Error, JsonMap, Notes, Result, arguments::json_or, client::CustomItem, tool};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    content::{self, Room},
    fields::{self, Fields},
    row::Row,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// From icu_get_custom_items.
    #[schemars(example = 4101)]
    item_id: i64,
    /// New name.
    #[schemars(example = &"Caffeine")]
    name: Option<String>,
    /// Such as INPUT_FIELD.
    #[serde(alias = "type")]
    #[schemars(example = &"INPUT_FIELD")]
    item_type: Option<String>,
    /// What it is for.
    #[schemars(example = &"mg a day")]
    description: Option<String>,
    /// All of it, with every key to keep.
    #[serde(default, deserialize_with = "json_or")]
    #[schemars(example = json!({"code": "Caffeine", "type": "numeric", "aggregate": "SUM", "units": "mg"}))]
    content: Option<JsonMap>,
    /// PRIVATE, FOLLOWERS or PUBLIC.
    #[schemars(example = &"FOLLOWERS")]
    visibility: Option<String>,
}

/// CHANGE a custom item. Content is replaced whole: read it first.
#[tool(write, idempotent, tier = rare, title = "Update custom item")]
async fn icu_update_custom_item(athlete: Athlete, notes: Notes, args: Args) -> Result<Row> {
    let Args { item_id, name, item_type, description, content, visibility } = args;
    let kind = item_type.as_deref().map(fields::item_type).transpose()?;
    if let Some(content) = &content {
        content::check_whole(content)?;
    }
    let fields = Fields { name, item_type, description, content: content.clone(), visibility }.write()?;
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside item_id."));
    }
    let items = athlete.custom_items();
    if content.is_some() || kind.is_some_and(content::is_field) {
        let before = items.one(item_id).await?;
        let field = kind.or(before.kind.as_deref()).filter(|kind| content::is_field(kind));
        match (&content, field) {
            (Some(content), Some(_)) => content::check_field(content)?,
            (None, Some(kind)) => remains(&before, kind)?,
            _ => {}
        }
        let lost = content.as_ref().map(|content| lost(&before, content)).unwrap_or_default();
        if !lost.is_empty() {
            notes.add(format!("content was replaced whole and lost {}", lost.join(", ")));
        }
    }
    let item = items.update(item_id, fields).await?;
    Ok(Row::with_content(&item, Room::SHAPE, &notes))
}

/// Whether the content that stays is that of a field.
fn remains(item: &CustomItem, kind: &str) -> Result<()> {
    let content = item.content.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    content::check_field(&content).map_err(|e| {
        let advice = "Give content with code and type as well.";
        Error::new(format!("as {kind} it would keep a content that is none of a field: {}", e.problem), advice)
    })
}

/// What a content had and the new one has not.
fn lost(before: &CustomItem, content: &JsonMap) -> Vec<String> {
    let before = before.content.as_ref().and_then(Value::as_object).into_iter().flatten();
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

    use super::*;

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
    async fn a_content_is_replaced_whole_and_what_is_lost_is_named() {
        let content = json!({"code": "Caffeine", "type": "numeric", "units": "cups"}).to_string();
        let arguments = json!({"item_id": WELLNESS_FIELD, "content": content});
        let answer = demo().await.structured("icu_update_custom_item", arguments).await;
        assert_eq!(answer["content"], json!({"code": "Caffeine", "type": "numeric", "units": "cups"}));
        assert_eq!(answer["notes"], json!(["content was replaced whole and lost aggregate, icon"]));
    }

    #[tokio::test]
    async fn a_content_that_was_read_in_part_is_not_written_back() {
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
    async fn what_becomes_a_field_has_the_content_of_one() {
        let demo = demo().await;
        let arguments = json!({"item_id": FITNESS_CHART, "item_type": "INPUT_FIELD"});
        let error = demo.text("icu_update_custom_item", arguments).await;
        assert_eq!(
            error,
            "as INPUT_FIELD it would keep a content that is none of a field: content.code is missing. Give content with code \
             and type as well."
        );
        assert_eq!(demo.writes(), [""; 0]);
        let arguments = json!({"item_id": WELLNESS_FIELD, "item_type": "ACTIVITY_FIELD"});
        let answer = demo.structured("icu_update_custom_item", arguments).await;
        assert_eq!(answer["type"], "ACTIVITY_FIELD");
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. ")]
    #[case(json!({"visibility": "everyone"}), "visibility is \"everyone\". ")]
    #[case(json!({"item_type": "FIELD"}), "item_type is \"FIELD\". ")]
    #[case(json!({"content": {"code": "Fueling", "type": "number"}}), "content.type is \"number\". ")]
    #[tokio::test]
    async fn what_the_service_would_refuse_is_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["item_id"] = FUELING_FIELD.into();
        demo.refuses("icu_update_custom_item", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
