//! `icu_update_workout`
use intervals_core::{
    Error, Notes, Result, WorkoutRef,
    records::{
        Patch,
        workout::{Fields, Full},
    },
    tool,
};

use crate::written::answer_to_write;

/// CHANGE a library workout. "" or [] clears.
#[tool(write, idempotent, title = "Update workout")]
async fn icu_update_workout(workout: WorkoutRef, notes: Notes, args: Patch<Fields>) -> Result<Full> {
    let fields = args.given();
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside workout_id."));
    }
    let (_, now) = workout.update(fields.clone()).await?;
    Ok(answer_to_write(now, &fields, &notes))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        ToolRunner, demo,
        demo::{EMPTY_FOLDER, WORKOUT},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    async fn update(bench: &ToolRunner, mut arguments: Value) -> Value {
        arguments["workout_id"] = WORKOUT.into();
        bench.structured("icu_update_workout", arguments).await
    }

    #[tokio::test]
    async fn only_the_given_fields_change_and_can_be_cleared() {
        let demo = demo().await;
        let answer = update(&demo, json!({"name": "Longer", "folder_id": EMPTY_FOLDER, "color": "blue"})).await;
        assert_eq!(
            (&answer["name"], &answer["folder_id"], &answer["load"], &answer["tags"]),
            (&json!("Longer"), &json!(EMPTY_FOLDER), &json!(66), &json!(["sweetspot"]))
        );
        let sent = demo.requests().into_iter().find(|request| request.method == "PUT").unwrap();
        let sent: Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(sent, json!({"folder_id": EMPTY_FOLDER, "name": "Longer", "color": "blue"}));
        let answer = update(&demo, json!({"description": "", "color": "", "tags": []})).await;
        assert_eq!((answer.get("load"), answer.get("color"), answer.get("notes")), (None, None, None));
        assert_eq!((&answer["tags"], &answer["steps"]), (&json!([]), &json!([])));
    }

    #[tokio::test]
    async fn a_text_that_is_not_understood_is_noted() {
        let demo = demo().await;
        let answer = update(&demo, json!({"description": "10 minutes easy"})).await;
        assert!(answer["notes"][0].as_str().unwrap().ends_with("(see resource intervals-icu://workout-syntax)"));
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. Give at least one field beside workout_id.")]
    #[case(json!({"workout_type": "Bike"}), "invalid arguments for icu_update_workout: workout_type: there is no type Bike. Use Ride,")]
    #[case(json!({"day": -2}), "invalid arguments for icu_update_workout: day: -2 is out of range: it goes from 0 to 3650")]
    #[tokio::test]
    async fn invalid_arguments_are_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["workout_id"] = WORKOUT.into();
        demo.refuses("icu_update_workout", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
