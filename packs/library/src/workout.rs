//! `icu_get_workout`
use intervals_core::{Notes, Result, WorkoutRef, records::workout::Full, tool};

use crate::written::with_cut_steps;

/// ONE library workout: its whole text and its steps.
#[tool(read, title = "Workout")]
async fn icu_get_workout(workout: WorkoutRef, notes: Notes) -> Result<Full> {
    let workout = workout.get().await?;
    workout.unread_steps().into_iter().for_each(|unread| notes.add(unread));
    Ok(with_cut_steps(workout, &notes))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{demo, demo::WORKOUT, operations::Operations, upstream_any};
    use serde_json::json;

    #[tokio::test]
    async fn text_and_steps_are_not_cut() {
        let answer = demo().await.answer("icu_get_workout", json!({"workout_id": WORKOUT})).await;
        let (_, steps) = answer.text.split_once("steps:\n").unwrap();
        assert_eq!(
            steps,
            "block|reps|duration|power|cadence|kind\n\
             ||0:10:00|ramp 50-75 %ftp||warmup\n\
             1|3|0:12:00|88-94 %ftp|85-95 rpm\n\
             1|3|0:04:00|55 %ftp\n\
             ||0:08:00|50 %ftp||cooldown\n"
        );
        assert!(answer.structured["description"].as_str().unwrap().starts_with("Hold it steady"));
    }

    #[tokio::test]
    async fn the_error_of_a_missing_workout_says_where_to_look() {
        let error = demo().await.text("icu_get_workout", json!({"workout_id": 5})).await;
        assert_eq!(error, "there is no library workout 5. Use an id from icu_get_workouts_in_folder.");
    }

    #[tokio::test]
    async fn steps_of_an_odd_shape_lose_only_themselves() {
        let steps = json!([{"duration": 60, "power": "100%"}]);
        let workout = json!({"id": 3, "name": "Odd", "description": "- 1m 100%", "athlete_id": "i5",
            "tags": "one", "workout_doc": {"steps": steps}});
        let bench = upstream_any(workout).await.imperial();
        let answer = bench.structured("icu_get_workout", json!({"workout_id": 3})).await;
        let note = answer["notes"][0].as_str().unwrap();
        assert!(note.starts_with("the steps could not be read: steps[0].power: "), "{note}");
        assert_eq!((&answer["tags_by_others"], &answer["steps"]), (&json!(["one"]), &json!([])));
        assert_eq!((&answer["description_by_others"], answer.get("name")), (&json!("- 1m 100%"), None));
    }

    #[tokio::test]
    async fn nulls_are_read_and_many_steps_are_cut() {
        let operations = Operations::embedded().unwrap();
        let steps: Vec<_> = (0..150).map(|_| json!({"duration": 60})).collect();
        let workout = operations.nulls("Workout", json!({"id": 3, "workout_doc": {"steps": steps}, "day": "4"}));
        let bench = upstream_any(workout).await.imperial();
        let answer = bench.structured("icu_get_workout", json!({"workout_id": 3})).await;
        assert_eq!((answer["steps"].as_array().unwrap().len(), &answer["day"]), (100, &json!(4)));
        assert_eq!(answer["notes"], json!(["50 more steps are left out"]));
    }
}
