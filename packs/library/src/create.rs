//! `icu_create_workout`
use intervals_core::{
    Athlete, Notes, Result,
    records::{
        New,
        workout::{Fields, Full},
    },
    tool,
};

use crate::written::answer_to_write;

/// ADD a workout to a folder or plan; steps give its load.
#[tool(write, title = "Create workout")]
async fn icu_create_workout(athlete: Athlete, notes: Notes, args: New<Fields>) -> Result<Full> {
    let fields = args.given();
    let workout = athlete.library().create_workout(fields.clone()).await?;
    Ok(answer_to_write(workout, &fields, &notes))
}

#[cfg(test)]
mod tests {
    use intervals_core::testing::{
        demo,
        demo::{EMPTY_FOLDER, PLAN},
    };
    use rstest::rstest;
    use serde_json::{Value, json};

    fn with(mut arguments: Value, more: Value) -> Value {
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        arguments
    }

    fn workout(more: Value) -> Value {
        with(json!({"folder_id": EMPTY_FOLDER, "name": "New", "workout_type": "Ride"}), more)
    }

    #[tokio::test]
    async fn a_text_becomes_steps_time_and_load() {
        let arguments = workout(json!({"folder_id": PLAN, "day": 8, "description": "4x\n- 10m 100%\n- 5m 50%",
            "workout_type": "ride", "target": "power", "tags": ["#hard", "bike"]}));
        let answer = demo().await.structured("icu_create_workout", arguments).await;
        assert_eq!((&answer["duration_s"], &answer["load"], &answer["day"]), (&json!(3600), &json!(75), &json!(8)));
        assert_eq!(answer["steps"][0]["reps"], 4);
        assert_eq!((&answer["tags"], &answer["target"]), (&json!(["hard", "bike"]), &json!("POWER")));
        assert_eq!((answer.get("notes"), answer.get("distance_m")), (None, None));
    }

    #[rstest]
    #[case(json!({"description": "ride easy"}), "the text has no steps")]
    #[case(json!({"description": "- 10m 50%\n4x\n- 1m 120%"}), "1 of 1 repeats were not read as such")]
    #[case(json!({"description": "- 10m 50%\n- 30sec 120%"}), "1 of 2 lines that start with - became no step")]
    #[case(json!({"description": "- 100m Z2 Pace", "workout_type": "Swim"}), "100m is 100 minutes; 100 metres would be 100mtr")]
    #[case(json!({"description": "- 10m 50%", "duration_seconds": 60, "training_load": 9}), "duration_seconds, training_load were not kept: computed from the steps")]
    #[case(json!({"description": "- 10m 50%\nMain 2x:\n- 5m RPE 4"}), "1 of 1 repeats were not read as such")]
    #[case(json!({"description": "- 10m 50%\n- 5m RPE 4"}), "1 of 2 steps lost the target that the line names (\"- 5m RPE 4\")")]
    #[case(json!({"description": "- 1km 4:30/km", "workout_type": "Run"}), "1 of 1 steps lost the target")]
    #[tokio::test]
    async fn what_the_service_did_not_keep_is_noted(#[case] more: Value, #[case] note: &str) {
        let answer = demo().await.structured("icu_create_workout", workout(more)).await;
        assert!(answer["notes"][0].as_str().unwrap().starts_with(note), "{answer}");
    }

    #[tokio::test]
    async fn without_steps_the_given_numbers_stay() {
        let more =
            json!({"workout_type": "Yoga", "duration_seconds": 1800, "distance_meters": 10.5, "training_load": 12});
        let answer = demo().await.structured("icu_create_workout", workout(more)).await;
        assert_eq!(
            (&answer["duration_s"], &answer["distance_m"], &answer["load"], answer.get("notes")),
            (&json!(1800), &json!(10.5), &json!(12), None)
        );
        // A folder that is no plan has no days.
        assert_eq!(answer.get("day"), None);
    }

    #[rstest]
    #[case(json!({"name": "x", "workout_type": "Ride"}), "missing field `folder_id`")]
    #[case(json!({"folder_id": EMPTY_FOLDER, "name": "x"}), "missing field `workout_type`")]
    #[case(workout(json!({"workout_type": "Bike"})), "workout_type: there is no type Bike. Use Ride,")]
    #[case(workout(json!({"day": -1})), "day: -1 is out of range")]
    #[case(workout(json!({"target": "FTP"})), "target: \"FTP\" is not known; it is one of AUTO, ")]
    #[case(workout(json!({"name": " "})), "name: it cannot be empty")]
    #[case(workout(json!({"duration_seconds": -5})), "duration_seconds: -5 is out of range")]
    #[case(workout(json!({"steps": []})), "unknown field `steps`")]
    #[tokio::test]
    async fn invalid_arguments_are_not_sent(#[case] arguments: Value, #[case] problem: &str) {
        let demo = demo().await;
        let error = demo.error("icu_create_workout", arguments).await;
        assert!(error.problem.contains(problem), "{error}");
        assert_eq!(demo.writes(), [""; 0]);
    }

    #[tokio::test]
    async fn a_coach_writes_for_an_athlete_but_not_in_read_only_mode() {
        let demo = demo().await;
        let arguments = workout(json!({"folder_id": 63_001, "athlete_id": "i7002"}));
        let error = demo.again().read_only().error("icu_create_workout", arguments.clone()).await;
        assert!(error.problem.contains("was not sent"), "{error}");
        let answer = demo.structured("icu_create_workout", arguments).await;
        assert_eq!(answer["athlete"], "Sam Brook (i7002)");
        assert_eq!(demo.writes(), ["POST /api/v1/athlete/i7002/workouts"]);
    }

    #[tokio::test]
    async fn the_examples_of_the_syntax_are_parsed_as_intended() {
        let demo = demo().await;
        let examples: Vec<_> = intervals_core::workout::WORKOUT_SYNTAX.split("```\n").skip(1).step_by(2).collect();
        let [ride, swim] = examples.as_slice() else { panic!("{examples:?}") };
        let expected = [
            (
                "Ride",
                ride,
                "block|reps|duration|power|cadence|kind|text\n\
                 ||0:10:00|ramp 50-75 %ftp||warmup\n\
                 1|4|0:08:00|95-100 %ftp|90 rpm||Steady\n\
                 1|4|0:04:00|55 %ftp||rest\n\
                 ||0:10:00|50 %ftp||cooldown\n",
            ),
            (
                "Swim",
                swim,
                "block|reps|duration|distance m|pace|kind|text\n\
                 ||0:07:39|400|Z1||Easy\n\
                 1|8|0:01:20|100|98-102 %pace\n\
                 1|8|0:00:20|||rest\n\
                 ||0:03:33|200|75 %pace\n",
            ),
        ];
        for (sport, text, steps) in expected {
            let arguments = workout(json!({"workout_type": sport, "description": text}));
            let answer = demo.answer("icu_create_workout", arguments).await;
            assert_eq!(answer.structured.get("notes"), None, "{sport}");
            assert_eq!(answer.text.split_once("steps:\n").unwrap().1, steps);
        }
    }

    #[tokio::test]
    async fn every_form_of_the_syntax_is_a_step_with_a_target() {
        let demo = demo().await;
        let forms = intervals_core::workout::WORKOUT_SYNTAX.lines().filter(|line| {
            ["- Duration", "- Power", "- Heart rate", "- Pace"].iter().any(|start| line.starts_with(start))
        });
        let mut tried = 0;
        for line in forms {
            let (words, _) = line.split_once("Units").unwrap_or((line, ""));
            for form in words.split('`').skip(1).step_by(2) {
                tried += 1;
                let measure = line.starts_with("- Duration");
                let text = if measure { format!("- {form}") } else { format!("- 5m {form}") };
                let sport = if line.starts_with("- Pace") { "Run" } else { "Ride" };
                let arguments = workout(json!({"workout_type": sport, "description": text}));
                let answer = demo.structured("icu_create_workout", arguments).await;
                let step = &answer["steps"][0];
                let target = ["power", "hr", "pace"].iter().any(|kind| step[*kind].is_string());
                assert!(measure || target, "{text}: {answer}");
                assert!(answer.get("notes").is_none() && step["duration_s"].is_u64(), "{text}: {answer}");
            }
        }
        assert!(tried > 15, "{tried}");
    }
}
