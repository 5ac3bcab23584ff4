//! Tests who is said to have written the texts of this pack's answers.
use intervals_core::testing::{
    demo::COACHED,
    marked::{marked, misplaced_words},
};
use rstest::rstest;
use serde_json::json;

#[rstest]
#[case(None)]
#[case(Some(COACHED))]
#[tokio::test]
async fn names_of_zones_of_others_are_quoted_and_say_so(#[case] athlete: Option<&str>) {
    let demo = marked().await;
    let calls = [("icu_get_sport_settings", json!({})), ("icu_apply_sport_settings", json!({"sport_id": "Ride"}))];
    for (tool, mut arguments) in calls {
        arguments["athlete_id"] = json!(athlete);
        let answer = demo.answer(tool, arguments).await;
        assert_eq!(misplaced_words(&answer), [""; 0], "{tool}:\n{}", answer.text);
    }
}
