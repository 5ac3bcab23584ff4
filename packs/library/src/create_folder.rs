//! `icu_create_workout_folder`
use intervals_core::{Athlete, ClientError, Error, JsonMap, Result, tool};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::row::FolderRow;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Title.
    #[schemars(example = &"Winter base")]
    name: String,
    /// FOLDER (default) or PLAN.
    #[serde(alias = "type")]
    #[schemars(example = &"PLAN")]
    folder_type: Option<String>,
    /// Markdown.
    #[schemars(example = &"Long and easy")]
    description: Option<String>,
    /// Starts as a copy of it.
    #[schemars(example = 61_010)]
    copy_folder_id: Option<i64>,
    #[schemars(extend("hidden" = true))]
    #[serde(alias = "start_date_local")]
    start_date: Option<Value>,
    #[schemars(extend("hidden" = true))]
    rollout_weeks: Option<Value>,
}

/// ADD a folder or training plan to the library, empty or a copy.
#[tool(write, tier = rare, title = "Create workout folder")]
async fn icu_create_workout_folder(athlete: Athlete, args: Args) -> Result<FolderRow> {
    if args.name.trim().is_empty() {
        return Err(Error::new("name is empty", "A folder needs a name."));
    }
    let later = [("start_date", args.start_date.is_some()), ("rollout_weeks", args.rollout_weeks.is_some())];
    if let Some((name, _)) = later.into_iter().find(|(_, given)| *given) {
        let advice = "Create the plan without it, then set it with icu_update_workout_folder.";
        return Err(Error::new(format!("{name} cannot be given with a new folder"), advice));
    }
    let kind = args.folder_type.as_deref().map(|kind| kind.trim().to_uppercase());
    if let Some(kind) = kind.as_deref().filter(|kind| !matches!(*kind, "FOLDER" | "PLAN")) {
        return Err(Error::new(format!("folder_type is \"{kind}\""), "It is FOLDER or PLAN."));
    }
    // A copy is what its original is, unless told otherwise.
    let kind = kind.or_else(|| args.copy_folder_id.is_none().then(|| "FOLDER".into()));
    let fields = [
        ("name", Some(Value::from(args.name))),
        ("type", kind.map(Value::from)),
        ("description", args.description.map(Value::from)),
        ("copy_folder_id", args.copy_folder_id.map(Value::from)),
    ];
    let fields: JsonMap = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    let folder = athlete.library().create_folder(fields).await.map_err(|error| match (error, args.copy_folder_id) {
        (ClientError::NotFound { .. }, Some(id)) => {
            Error::new(format!("there is no folder {id}"), "Use an id from icu_get_workout_library.")
        }
        (error, _) => error.into(),
    });
    Ok(FolderRow::of(&folder?, None))
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
    async fn a_folder_is_made_empty_or_as_a_copy(#[case] mut arguments: Value, #[case] expected: Value) {
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
    async fn an_original_that_is_not_there_says_where_to_look() {
        let error = demo().await.text("icu_create_workout_folder", json!({"name": "x", "copy_folder_id": 5})).await;
        assert_eq!(error, "there is no folder 5. Use an id from icu_get_workout_library.");
    }

    #[rstest]
    #[case(json!({"name": ""}), "name is empty. A folder needs a name.")]
    #[case(json!({"name": "x", "folder_type": "BOX"}), "folder_type is \"BOX\". It is FOLDER or PLAN.")]
    #[case(json!({"name": "x", "folder_type": "PLAN", "start_date": "2026-08-03"}),
        "start_date cannot be given with a new folder. Create the plan without it, then set it with icu_update_workout_folder.")]
    #[tokio::test]
    async fn what_is_wrong_is_not_sent(#[case] arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        assert_eq!(demo.text("icu_create_workout_folder", arguments).await, error);
        assert_eq!(demo.writes(), [""; 0]);
    }
}
