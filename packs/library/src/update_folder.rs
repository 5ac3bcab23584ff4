//! `icu_update_workout_folder`
use intervals_core::{
    Error, FolderRef, Result,
    records::{
        Patch,
        folder::{Fields, Row},
    },
    tool,
};

/// CHANGE a library folder or plan; the rest stays.
#[tool(write, idempotent, tier = rare, title = "Update workout folder")]
async fn icu_update_workout_folder(folder: FolderRef, args: Patch<Fields>) -> Result<Row> {
    let fields = args.given();
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside folder_id."));
    }
    let Patch(Fields { start_date, rollout_weeks, .. }) = args;
    if (start_date.is_some() || rollout_weeks.is_some()) && !folder.get().await?.is_plan() {
        let problem = format!("folder {} is no plan, so it has no start and no rollout", folder.id());
        return Err(Error::new(problem, "Leave start_date and rollout_weeks out."));
    }
    let (_, now) = folder.update(fields).await?;
    Ok(now)
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{FOLDER, PLAN},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    #[tokio::test]
    async fn only_the_given_fields_change() {
        let arguments = json!({"folder_id": PLAN, "start_date": "2026-08-03", "description": "", "rollout_weeks": 3});
        let answer = demo().await.structured("icu_update_workout_folder", arguments).await;
        assert_eq!(
            (&answer["start"], &answer["rollout_weeks"], &answer["name"], answer.get("description")),
            (&json!("2026-08-03"), &json!(3), &json!("Half distance build"), None)
        );
    }

    #[tokio::test]
    async fn the_error_of_a_missing_folder_says_where_to_look() {
        let error = demo().await.text("icu_update_workout_folder", json!({"folder_id": 5, "name": "x"})).await;
        assert_eq!(error, "there is no folder 5. Use an id from icu_get_workout_library.");
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. ")]
    #[case(json!({"name": " "}), "invalid arguments for icu_update_workout_folder: name: it cannot be empty")]
    #[case(json!({"folder_id": PLAN, "rollout_weeks": 521}), "invalid arguments for icu_update_workout_folder: rollout_weeks: 521 is out of range: it goes from 0 to 520")]
    #[case(json!({"start_date": "2026-08-03"}), "folder 61001 is no plan, ")]
    #[case(json!({"folder_id": 5, "rollout_weeks": 1}), "there is no folder 5. ")]
    #[case(json!({"folder_id": "five", "rollout_weeks": 1}), "invalid arguments for icu_update_workout_folder: folder_id: ")]
    #[tokio::test]
    async fn invalid_arguments_are_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments.as_object_mut().unwrap().entry("folder_id").or_insert(FOLDER.into());
        demo.refuses("icu_update_workout_folder", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
