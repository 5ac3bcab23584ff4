//! Tests who is said to have written the texts of this pack's answers.
use intervals_core::testing::{
    demo::{COACHED, FITNESS_CHART},
    marked::{marked, misplaced_words},
};
use rstest::rstest;
use serde_json::json;

#[rstest]
#[case(None, FITNESS_CHART)]
#[case(Some(COACHED), 4301)]
#[tokio::test]
async fn names_descriptions_and_contents_of_others_are_quoted_and_say_so(
    #[case] athlete: Option<&str>,
    #[case] item: i64,
) {
    let demo = marked().await;
    let calls = [("icu_get_custom_items", json!({})), ("icu_get_custom_item", json!({"item_id": item}))];
    for (tool, mut arguments) in calls {
        arguments["athlete_id"] = json!(athlete);
        let answer = demo.answer(tool, arguments).await;
        assert_eq!(misplaced_words(&answer), [""; 0], "{tool}:\n{}", answer.text);
    }
}
