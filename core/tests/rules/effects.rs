//! Tests of the rules about effects and answers.
use intervals_core::{
    Effect,
    registry::{StaticOrShared, ToolDef},
    schema,
    testing::{Policy, demo, rules, upstream_any},
};
use rstest::rstest;
use serde_json::json;

use super::{deletes, fails, finds, reads, with_tool, writes, writes_regardless};

#[rstest]
#[case(|tool: &mut ToolDef| tool.body = StaticOrShared::Static(&writes), "icu_good: it is marked Read, and PUT athlete/0/wellness/2026-07-01 needs Write")]
#[case(|tool: &mut ToolDef| tool.body = StaticOrShared::Static(&writes_regardless), "it is marked Read, and PUT")]
#[case(|tool: &mut ToolDef| { tool.body = StaticOrShared::Static(&deletes); tool.effect = Effect::Write }, "it is marked Write, and DELETE activity/i9001 needs Destructive")]
#[tokio::test]
async fn a_tool_that_does_more_than_it_says_is_found(#[case] change: fn(&mut ToolDef), #[case] fault: &str) {
    finds(&rules::effects(&with_tool(change), demo).await, fault);
}

#[rstest]
#[case(|tool: &mut ToolDef| { tool.body = StaticOrShared::Static(&reads); tool.effect = Effect::Write }, "it changes nothing, or passes over a refusal")]
#[case(|tool: &mut ToolDef| { tool.body = StaticOrShared::Static(&writes_regardless); tool.effect = Effect::Write }, "it changes nothing, or passes over a refusal")]
#[case(|tool: &mut ToolDef| { tool.body = StaticOrShared::Static(&fails); tool.effect = Effect::Write }, "its error does not say what was not sent: 2026-07-01 is no good")]
#[case(|tool: &mut ToolDef| tool.body = StaticOrShared::Static(&fails), "it only reads, and fails: 2026-07-01 is no good")]
#[tokio::test]
async fn a_tool_that_does_not_refuse_in_read_only_mode_is_found(#[case] change: fn(&mut ToolDef), #[case] fault: &str) {
    finds(&rules::read_only(&with_tool(change), demo).await, fault);
}

/// Schemas of the answer `{"date": "2026-07-01"}`.
#[rstest]
#[case(|tool: &mut ToolDef| tool.body = StaticOrShared::Static(&fails), "the call with its examples fails: 2026-07-01 is no good. Wait.")]
#[case(|tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| schema::none()), "the call with its examples fails: invalid arguments for icu_good")]
#[case(|tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| object(json!({"date": {"type": "integer"}}))), "answer.date: string is not [\"integer\"]")]
#[case(|tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| object(json!({}))), "answer.date is not in the schema")]
#[case(|tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| object(json!({"date": {"oneOf": []}}))), "answer.date: a schema without a type")]
#[case(|tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| {
    let mut schema = object(json!({"date": {"type": "string"}, "load": {"type": "number"}}));
    schema.insert("required".into(), json!(["load"]));
    schema
}), "answer.load is missing")]
#[tokio::test]
async fn an_answer_that_does_not_fit_is_found(#[case] change: fn(&mut ToolDef), #[case] fault: &str) {
    finds(&rules::answers(&with_tool(change), demo).await, fault);
}

fn object(properties: serde_json::Value) -> intervals_core::JsonMap {
    json!({"type": "object", "properties": properties}).as_object().unwrap().clone()
}

#[tokio::test]
async fn an_argument_that_excludes_another_is_left_out_of_the_example() {
    let mut subject = with_tool(|tool: &mut ToolDef| {
        tool.input = StaticOrShared::Static(&|settings| {
            let mut input = (super::tool().input)(settings);
            schema::add_property(&mut input, "other", json!({"type": "string", "examples": ["x"]}));
            input
        });
    });
    finds(&rules::answers(&subject, demo).await, "unknown field `other`");
    subject.policy = Policy { left_out: &[("icu_good", "other")], ..Policy::default() };
    rules::hold(&rules::answers(&subject, demo).await);
}

#[tokio::test]
async fn a_mock_server_stands_in_for_the_demo() {
    let start = async || upstream_any(json!({"id": "2026-07-01"})).await;
    let good = with_tool(|_| {});
    rules::hold(&rules::answers(&good, start).await);
    rules::hold(&rules::effects(&good, start).await);
}
