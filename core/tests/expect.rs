//! Tests that the kit's expectations fail when the call does otherwise.
use intervals_core::{
    Error, Result,
    testing::{ToolRunner, demo},
    tool,
};
use rstest::rstest;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

#[derive(Serialize, JsonSchema)]
struct Said {
    word: &'static str,
}

/// Answers.
#[tool(read)]
async fn well() -> Result<Said> {
    Ok(Said { word: "yes" })
}

/// Fails.
#[tool(read)]
async fn badly() -> Result<Said> {
    Err(Error::new("the word is missing", "Give one."))
}

#[tokio::test]
async fn what_is_expected_passes() {
    let demo = demo().await;
    demo.answers("well", json!({}), &["word", "yes"]).await;
    assert_eq!(demo.structured("well", json!({})).await, json!({"word": "yes"}));
    demo.refuses("badly", json!({}), "the word is missing. Give").await;
    assert!(demo.writes().is_empty() && !demo.requests().is_empty());
    demo.again().read_only().answer("well", json!({})).await;
}

#[rstest]
#[case("well", "")]
#[case("badly", "word is missing")]
#[tokio::test]
#[should_panic(expected = "{}")]
async fn a_call_that_is_not_refused_so_fails_the_test(#[case] tool: &str, #[case] start: &str) {
    demo().await.refuses(tool, json!({}), start).await;
}

#[rstest]
#[case("well", &["yes", "no"])]
#[case("badly", &["the word"])]
#[tokio::test]
#[should_panic(expected = "{}")]
async fn a_call_that_does_not_answer_so_fails_the_test(#[case] tool: &str, #[case] parts: &[&str]) {
    demo().await.answers(tool, json!({}), parts).await;
}

#[test]
#[should_panic(expected = "the runner keeps a service of this kind")]
fn only_a_demo_lists_what_reached_it() {
    ToolRunner::at("http://127.0.0.1:1").writes();
}
