//! Tests that answers of this pack mark what others than the reader wrote.
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
async fn names_places_and_notes_of_others_are_quoted_and_say_so(#[case] athlete: Option<&str>) {
    let demo = marked().await;
    let calls = [
        ("icu_get_athlete_profile", json!({})),
        ("icu_get_fitness_summary", json!({})),
        ("icu_get_fitness_chart", json!({"days_back": 7, "days_ahead": 7})),
    ];
    for (tool, mut arguments) in calls {
        arguments["athlete_id"] = json!(athlete);
        let answer = demo.answer(tool, arguments).await;
        assert_eq!(misplaced_words(&answer), [""; 0], "{tool}:\n{}", answer.text);
    }
}

#[tokio::test]
async fn the_names_tags_and_notes_of_coached_athletes_are_quoted_and_say_so() {
    let answer = marked().await.answer("icu_list_athletes", json!({})).await;
    assert_eq!(misplaced_words(&answer), [""; 0], "{}", answer.text);
}
