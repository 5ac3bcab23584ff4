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
async fn comments_and_own_fields_of_others_are_quoted_and_say_so(#[case] athlete: Option<&str>) {
    let demo = marked().await;
    let calls = [
        ("icu_get_wellness_data", json!({"days_back": 30})),
        ("icu_get_wellness_for_date", json!({"date": "2026-07-02"})),
    ];
    for (tool, mut arguments) in calls {
        arguments["athlete_id"] = json!(athlete);
        let answer = demo.answer(tool, arguments).await;
        assert_eq!(misplaced_words(&answer), [""; 0], "{tool}:\n{}", answer.text);
    }
}
