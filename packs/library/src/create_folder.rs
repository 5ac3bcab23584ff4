//! `icu_create_workout_folder`
use intervals_core::{
    Athlete, ClientError, Error, Result,
    records::{
        folder::{NewFolder, Row},
        given,
    },
    tool,
};

/// ADD a folder or training plan to the library, empty or a copy.
#[tool(write, tier = rare, title = "Create workout folder")]
async fn icu_create_workout_folder(athlete: Athlete, args: NewFolder) -> Result<Row> {
    let only_in_updates = [("start_date", args.start_date.is_some()), ("rollout_weeks", args.rollout_weeks.is_some())];
    if let Some((name, _)) = only_in_updates.into_iter().find(|(_, given)| *given) {
        let advice = "Create the plan without it, then set it with icu_update_workout_folder.";
        return Err(Error::new(format!("{name} cannot be given with a new folder"), advice));
    }
    let mut fields = given(&args);
    // A copy has the type of its original, unless the call gives one.
    if args.copy_folder_id.is_none() {
        fields.entry("type").or_insert("FOLDER".into());
    }
    athlete.library().create_folder(fields).await.map_err(|error| match (error, args.copy_folder_id) {
        (ClientError::NotFound { .. }, Some(id)) => {
            Error::new(format!("there is no folder {id}"), "Use an id from icu_get_workout_library.")
        }
        (error, _) => error.into(),
    })
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{FOLDER, PLAN},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    #[rstest]
    #[case(json!({}), json!({"type": "FOLDER", "workouts": 0}))]
    #[case(json!({"folder_type": "plan", "description": "d"}), json!({"type": "PLAN", "workouts": 0, "description": "d"}))]
    #[case(json!({"copy_folder_id": FOLDER}), json!({"type": "FOLDER", "workouts": 6, "description": "Structured rides, indoors and out."}))]
    #[tokio::test]
    async fn a_folder_is_created_empty_or_as_a_copy(#[case] mut arguments: Value, #[case] expected: Value) {
        arguments["name"] = "New".into();
        let answer = demo().await.structured("icu_create_workout_folder", arguments).await;
        assert_eq!(answer["name"], "New");
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&answer[key], value, "{key}");
        }
    }

    #[tokio::test]
    async fn a_copied_plan_stays_a_plan() {
        let arguments = json!({"name": "Again", "copy_folder_id": PLAN});
        let answer = demo().await.structured("icu_create_workout_folder", arguments).await;
        assert_eq!((&answer["type"], &answer["weeks"]), (&json!("PLAN"), &json!(8)));
    }

    #[tokio::test]
    async fn the_error_of_a_missing_original_says_where_to_look() {
        let error = demo().await.text("icu_create_workout_folder", json!({"name": "x", "copy_folder_id": 5})).await;
        assert_eq!(error, "there is no folder 5. Use an id from icu_get_workout_library.");
    }

    #[rstest]
    #[case(json!({"name": ""}), "invalid arguments for icu_create_workout_folder: name: it cannot be empty. Call again with the arguments of the input schema.")]
    #[case(json!({"name": "x", "folder_type": "BOX"}), "invalid arguments for icu_create_workout_folder: folder_type: \"BOX\" is not known; it is one of FOLDER, PLAN. Call again with the arguments of the input schema.")]
    #[case(json!({"name": "x", "folder_type": "PLAN", "start_date": "2026-08-03"}),
        "start_date cannot be given with a new folder. Create the plan without it, then set it with icu_update_workout_folder.")]
    #[tokio::test]
    async fn invalid_arguments_are_not_sent(#[case] arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        assert_eq!(demo.text("icu_create_workout_folder", arguments).await, error);
        assert_eq!(demo.writes(), [""; 0]);
    }
}
