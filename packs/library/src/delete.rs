//! `icu_delete_workout`
use intervals_core::{DeleteMode, Result, WorkoutRef, answer::Deletions, tool};
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Also those added to the plan with it; default false.
    #[serde(default)]
    #[schemars(example = false)]
    others: bool,
}

/// DELETE a library workout; calendar events made from it stay.
#[tool(destructive, delete = guarded, idempotent, title = "Delete workout")]
async fn icu_delete_workout(workout: WorkoutRef, mode: DeleteMode, args: Args) -> Result<Deletions<i64>> {
    if args.others && mode != DeleteMode::Full {
        let mut kept = Deletions::default();
        let reason =
            "others can delete a whole plan, and delete mode safe deletes only single workouts: leave others out";
        kept.skip(workout.id(), reason);
        return Ok(kept);
    }
    let deleted = workout.delete(args.others).await?;
    let mut deletions = Deletions { deleted, ..Deletions::default() };
    if !deletions.deleted.contains(&workout.id()) {
        deletions.skip(workout.id(), "Intervals.icu does not list it as deleted; look for it before you repeat this");
    }
    Ok(deletions)
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        DeleteMode,
        testing::{
            demo,
            demo::{PLAN, WORKOUT},
            upstream_when,
            wiremock::{ResponseTemplate, matchers::any},
        },
    };
    use serde_json::json;

    #[tokio::test]
    async fn a_workout_is_deleted_once_also_in_safe_mode() {
        let demo = demo().await;
        assert_eq!(demo.settings.delete_mode, DeleteMode::Safe);
        let answer = demo.structured("icu_delete_workout", json!({"workout_id": WORKOUT})).await;
        assert_eq!(answer, json!({"deleted": [WORKOUT], "skipped": []}));
        let again = demo.text("icu_delete_workout", json!({"workout_id": WORKOUT})).await;
        assert_eq!(again, "there is no library workout 62001. Use an id from icu_get_workouts_in_folder.");
    }

    #[tokio::test]
    async fn other_workouts_of_a_plan_are_deleted_only_in_full_mode() {
        let mut demo = demo().await;
        let week = demo.structured("icu_get_workouts_in_folder", json!({"folder_id": PLAN, "week": 1})).await;
        let id = |place: usize| week["items"][place]["id"].clone();
        let one = demo.structured("icu_delete_workout", json!({"workout_id": id(0)})).await;
        assert_eq!(one["deleted"], json!([id(0)]));
        let others = json!({"workout_id": id(1), "others": true});
        let spared = demo.structured("icu_delete_workout", others.clone()).await;
        assert_eq!((&spared["deleted"], &spared["skipped"][0]["id"]), (&json!([]), &id(1)));
        assert!(spared["skipped"][0]["reason"].as_str().unwrap().contains("delete mode safe"), "{spared}");
        assert_eq!(demo.writes().len(), 1);
        demo.settings.delete_mode = DeleteMode::Full;
        let all = demo.structured("icu_delete_workout", others).await;
        assert_eq!(all["deleted"].as_array().unwrap().len(), 8);
    }

    #[tokio::test]
    async fn a_response_without_the_id_is_no_success() {
        let bench = upstream_when(any(), ResponseTemplate::new(200)).await.imperial();
        let answer = bench.structured("icu_delete_workout", json!({"workout_id": 1})).await;
        assert_eq!((&answer["deleted"], &answer["skipped"][0]["id"]), (&json!([]), &json!(1)));
    }
}
