//! Tests who is said to have written the texts of this pack's answers.
use intervals_core::testing::{
    demo::{
        self, COACHED,
        marked::{SHARED_FOLDER, SHARED_WORKOUT},
    },
    marked::{marked, misplaced_words},
};
use rstest::rstest;
use serde_json::json;

// What the coached athlete has.
const COACHED_FOLDER: u32 = 63_001;
const COACHED_WORKOUT: u32 = 64_001;

#[rstest]
#[case(None)]
#[case(Some(COACHED))]
#[tokio::test]
async fn folders_workouts_and_steps_of_others_are_quoted_and_say_so(#[case] athlete: Option<&str>) {
    let demo = marked().await;
    let calls = [
        ("icu_get_workout_library", json!({})),
        ("icu_get_workouts_in_folder", json!({"folder_id": demo::FOLDER})),
        ("icu_get_workouts_in_folder", json!({"folder_id": SHARED_FOLDER})),
        ("icu_get_workout", json!({"workout_id": demo::WORKOUT})),
        ("icu_get_workout", json!({"workout_id": SHARED_WORKOUT})),
        ("icu_get_workouts_in_folder", json!({"folder_id": COACHED_FOLDER})),
        ("icu_get_workout", json!({"workout_id": COACHED_WORKOUT})),
    ];
    let mut answered = 0;
    for (tool, mut arguments) in calls {
        arguments["athlete_id"] = json!(athlete);
        // Some records are of one of them only.
        let Ok(answer) = demo.run(tool, arguments.clone()).await else { continue };
        assert_eq!(misplaced_words(&answer), [""; 0], "{tool} {arguments}:\n{}", answer.text);
        answered += 1;
    }
    assert!(answered > 0);
}
