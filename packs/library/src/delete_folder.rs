//! `icu_delete_workout_folder`
use intervals_core::{
    DeleteMode, Error, FolderRef, Notes, Result,
    answer::Deletions,
    client::{Owner, Text},
    tool,
};
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Serialize, JsonSchema)]
struct Deleted {
    owner: Option<Owner>,
    folder: Option<Text>,
    /// That were in it.
    workouts: usize,
    #[serde(flatten)]
    deletions: Deletions<i64>,
}

/// DELETE a folder or plan; in safe mode only an empty one. Calendar events stay.
#[tool(destructive, delete = guarded, idempotent, tier = rare, title = "Delete workout folder")]
async fn icu_delete_workout_folder(folder: FolderRef, mode: DeleteMode, notes: Notes) -> Result<Deleted> {
    let (id, athlete) = (folder.id(), folder.athlete());
    // The service answers 200 whether the folder exists or not.
    let folder = folder.get().await?;
    let (is_plan, workouts) = (folder.is_plan(), folder.workouts);
    if folder.read_only == Some(true) {
        let problem = format!("folder {id} belongs to somebody else");
        return Err(Error::new(problem, "Ask its owner, or stop following it on intervals.icu."));
    }
    let mut deletions = Deletions::default();
    if workouts > 0 && mode != DeleteMode::Full {
        let reason = format!("it holds {workouts} workouts, and delete mode safe removes only empty folders");
        deletions.skip(id, reason);
    } else {
        athlete.library().delete_folder(id).await?;
        deletions.deleted.push(id);
        if is_plan && workouts > 0 {
            notes.add("calendar events that were made from the plan are still there");
        }
    }
    Ok(Deleted { owner: folder.owner, folder: folder.name, workouts, deletions })
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        DeleteMode,
        testing::{
            demo,
            demo::{EMPTY_FOLDER, PLAN},
            upstream_any,
        },
    };
    use serde_json::json;

    #[tokio::test]
    async fn safe_mode_deletes_only_empty_folders() {
        let demo = demo().await;
        let spared = demo.structured("icu_delete_workout_folder", json!({"folder_id": PLAN})).await;
        assert_eq!((&spared["deleted"], &spared["workouts"]), (&json!([]), &json!(48)));
        assert_eq!(
            spared["skipped"][0]["reason"],
            "it holds 48 workouts, and delete mode safe removes only empty folders"
        );
        assert_eq!(demo.writes(), [""; 0]);
        let gone = demo.structured("icu_delete_workout_folder", json!({"folder_id": EMPTY_FOLDER})).await;
        assert_eq!(gone["deleted"], json!([EMPTY_FOLDER]));
        let again = demo.text("icu_delete_workout_folder", json!({"folder_id": EMPTY_FOLDER})).await;
        assert_eq!(again, "there is no folder 61009. Use an id from icu_get_workout_library.");
    }

    #[tokio::test]
    async fn full_mode_deletes_a_plan_and_notes_that_events_stay() {
        let mut demo = demo().await;
        demo.settings.delete_mode = DeleteMode::Full;
        let answer = demo.structured("icu_delete_workout_folder", json!({"folder_id": PLAN})).await;
        assert_eq!(answer["deleted"], json!([PLAN]));
        assert_eq!(answer["notes"], json!(["calendar events that were made from the plan are still there"]));
    }

    #[tokio::test]
    async fn a_folder_has_workouts_when_either_number_says_so() {
        let folders = json!([{"id": 1, "num_workouts": null, "children": [{"id": 2}]}, {"id": 3, "num_workouts": 4},
            {"id": 5, "canEdit": false}]);
        let bench = upstream_any(folders).await.imperial();
        for id in [1, 3] {
            let answer = bench.structured("icu_delete_workout_folder", json!({"folder_id": id})).await;
            assert_eq!(answer["deleted"], json!([]), "{id}");
        }
        bench.refuses("icu_delete_workout_folder", json!({"folder_id": 5}), "folder 5 belongs to somebody else.").await;
    }
}
