//! `icu_update_workout`
use intervals_core::{Error, Notes, Result, WorkoutRef, records::Tags, tool};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{fields::Fields, row::Whole};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// Title.
    #[schemars(example = &"Sweet spot 4x10")]
    name: Option<String>,
    /// Its steps as text, replaced whole.
    #[schemars(example = &"4x\n- 10m 90%\n- 5m 50%")]
    description: Option<String>,
    /// Sport, such as Ride or Run.
    #[serde(alias = "type", alias = "event_type")]
    #[schemars(example = &"Ride")]
    workout_type: Option<String>,
    /// Moves it there.
    #[schemars(example = 61_010)]
    folder_id: Option<i64>,
    /// Day of a plan, from 0.
    #[schemars(example = 9)]
    day: Option<i64>,
    /// For a workout without steps.
    #[serde(alias = "moving_time")]
    #[schemars(example = 3600)]
    duration_seconds: Option<i64>,
    /// Likewise.
    #[serde(alias = "distance")]
    #[schemars(example = 30_000.0)]
    distance_meters: Option<f64>,
    /// Likewise; TSS.
    #[serde(alias = "icu_training_load")]
    #[schemars(example = 70)]
    training_load: Option<i64>,
    /// AUTO, POWER, HR or PACE.
    #[schemars(example = &"AUTO")]
    target: Option<String>,
    /// Done indoors.
    #[schemars(example = false)]
    indoor: Option<bool>,
    /// Name or hex.
    #[schemars(example = &"blue")]
    color: Option<String>,
    /// Replaces all tags.
    #[schemars(example = ["sweetspot", "base"])]
    tags: Option<Tags>,
}

/// CHANGE a library workout. "" or [] clears.
#[tool(write, idempotent, title = "Update workout")]
async fn icu_update_workout(workout: WorkoutRef, notes: Notes, args: Args) -> Result<Whole> {
    let fields = Fields {
        folder_id: args.folder_id,
        name: args.name,
        description: args.description,
        workout_type: args.workout_type,
        day: args.day,
        duration_seconds: args.duration_seconds,
        distance_meters: args.distance_meters,
        training_load: args.training_load,
        target: args.target,
        indoor: args.indoor,
        color: args.color,
        tags: args.tags,
        rare: Default::default(),
    };
    let fields = fields.checked("")?;
    if fields.is_empty() {
        return Err(Error::new("there is nothing to change", "Give at least one field beside workout_id."));
    }
    let (_, now) = workout.update(fields.clone()).await?;
    Ok(Whole::written(&now, &fields, &notes))
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
    async fn a_text_that_is_not_understood_says_so() {
        let demo = demo().await;
        let answer = update(&demo, json!({"description": "10 minutes easy"})).await;
        assert!(answer["notes"][0].as_str().unwrap().ends_with("(see resource intervals-icu://workout-syntax)"));
    }

    #[rstest]
    #[case(json!({}), "there is nothing to change. Give at least one field beside workout_id.")]
    #[case(json!({"workout_type": "Bike"}), "workout_type: there is no type Bike. Use Ride,")]
    #[case(json!({"day": -2}), "day is -2. It goes from 0 to 3650.")]
    #[tokio::test]
    async fn what_is_wrong_is_not_sent(#[case] mut arguments: Value, #[case] error: &str) {
        let demo = demo().await;
        arguments["workout_id"] = WORKOUT.into();
        demo.refuses("icu_update_workout", arguments, error).await;
        assert_eq!(demo.writes(), [""; 0]);
    }
}
