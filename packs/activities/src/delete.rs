//! `icu_delete_activity`
use intervals_core::{Icu, Result, tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Such as i12345.
    #[schemars(example = &"i9007")]
    activity_id: String,
}

#[derive(Serialize, JsonSchema)]
struct Deleted {
    deleted: String,
}

/// DELETE one activity for good, with its file and streams.
#[tool(destructive, delete = forever, idempotent, tier = rare, title = "Delete activity")]
async fn icu_delete_activity(icu: Icu, args: Args) -> Result<Deleted> {
    let owner = icu.delete_activity(&args.activity_id).await?;
    icu.about(owner.as_deref());
    Ok(Deleted { deleted: args.activity_id })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::ToolRunner;
    use intervals_demo::Demo;
    use serde_json::json;

    #[tokio::test]
    async fn a_deleted_activity_is_gone() {
        let demo = Demo::start().await.unwrap();
        let bench = ToolRunner::at(&demo.url);
        let id = json!({"activity_id": intervals_demo::MANUAL});
        bench.run("icu_delete_activity", id.clone()).await.unwrap();
        let error = bench.run("icu_get_activity_details", id).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("there is no activity/{}. List first, and use an id from that answer.", intervals_demo::MANUAL)
        );
    }

    #[tokio::test]
    async fn an_id_cannot_leave_its_path() {
        let demo = Demo::start().await.unwrap();
        let bench = ToolRunner::at(&demo.url);
        for id in ["..", "../athlete/0", "", "i1/streams?x"] {
            bench.run("icu_delete_activity", json!({"activity_id": id})).await.unwrap_err();
        }
        assert!(demo.writes().iter().all(|write| write.starts_with("DELETE /api/v1/activity/") && write.contains('%')));
    }
}
