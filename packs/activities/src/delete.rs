//! `icu_delete_activity`
use intervals_core::{ActivityRef, Result, tool};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Deleted {
    deleted: String,
}

/// DELETE one activity for good, with its file and streams.
#[tool(destructive, delete = forever, idempotent, tier = rare, title = "Delete activity")]
async fn icu_delete_activity(activity: ActivityRef) -> Result<Deleted> {
    activity.delete().await?;
    Ok(Deleted { deleted: activity.id().into() })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::demo;
    use serde_json::json;

    #[tokio::test]
    async fn a_deleted_activity_is_gone() {
        let demo = demo().await;
        let id = json!({"activity_id": demo::MANUAL});
        demo.answer("icu_delete_activity", id.clone()).await;
        let error = demo.error("icu_get_activity_details", id).await;
        assert_eq!(
            error.to_string(),
            format!("there is no activity/{}. List first, and use an id from that answer.", demo::MANUAL)
        );
    }

    #[tokio::test]
    async fn an_id_cannot_leave_its_path() {
        let demo = demo().await;
        for id in ["..", "../athlete/0", "", "i1/streams?x"] {
            demo.error("icu_delete_activity", json!({"activity_id": id})).await;
        }
        assert!(demo.writes().iter().all(|write| write.starts_with("DELETE /api/v1/activity/") && write.contains('%')));
    }
}
