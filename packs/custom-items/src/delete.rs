//! `icu_delete_custom_item`
use intervals_core::{ItemRef, Result, tool};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Deleted {
    deleted: i64,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// DELETE one custom item for good.
#[tool(destructive, delete = forever, idempotent, tier = rare, title = "Delete custom item")]
async fn icu_delete_custom_item(item: ItemRef) -> Result<Deleted> {
    let item = item.delete().await?;
    Ok(Deleted { deleted: item.id, kind: item.kind })
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        registry::Delete,
        testing::{self, demo, demo::FUELING_FIELD},
    };
    use serde_json::json;

    #[tokio::test]
    async fn an_item_is_deleted_once() {
        let demo = demo().await;
        let arguments = json!({"item_id": FUELING_FIELD.to_string()});
        let answer = demo.structured("icu_delete_custom_item", arguments.clone()).await;
        assert_eq!(answer, json!({"deleted": FUELING_FIELD, "type": "ACTIVITY_FIELD"}));
        demo.refuses("icu_delete_custom_item", arguments, "there is no athlete/0/custom-item/4103. ").await;
        assert_eq!(demo.writes(), ["DELETE /api/v1/athlete/0/custom-item/4103"]);
    }

    #[test]
    fn it_is_offered_only_in_delete_mode_full() {
        assert_eq!(testing::find("icu_delete_custom_item").unwrap().delete, Some(Delete::Forever));
    }
}
