//! Tests of the rules about names, descriptions, schemas, cards and budgets.
use intervals_core::{
    Effect, JsonMap, Pack,
    registry::{Delete, StaticOrShared, ToolDef},
    testing::{PackUnderTest, Policy, rules},
};
use rstest::rstest;
use serde_json::{Value, json};

use super::{PACK, finds, subject, tool, with_tool};

type Rule = fn(&PackUnderTest) -> Vec<String>;

fn object(value: Value) -> JsonMap {
    value.as_object().unwrap().clone()
}

/// A schema with one member.
fn with_member(member: Value) -> JsonMap {
    object(json!({"type": "object", "properties": {"x": member}}))
}

#[rstest]
#[case(rules::names, |tool: &mut ToolDef| tool.name = "good".into(), "good: a name is icu_")]
#[case(rules::names, |tool: &mut ToolDef| tool.name = "icu_getGood".into(), "in lower case")]
#[case(rules::names, |tool: &mut ToolDef| tool.name = "icu_a_name_that_goes_on_for_forty_characters".into(), "up to 40")]
#[case(rules::names, |tool: &mut ToolDef| tool.title = None, "icu_good: it has no title")]
#[case(rules::descriptions, |tool: &mut ToolDef| tool.description = "GOOD of one day".into(), "a sentence or two")]
#[case(rules::descriptions, |tool: &mut ToolDef| tool.description = "gOOD AND BAD.".into(), "a sentence or two")]
#[case(rules::descriptions, |tool: &mut ToolDef| tool.description = format!("GOOD {}.", "x".repeat(300)).into(), "up to 300")]
#[case(rules::descriptions, |tool: &mut ToolDef| tool.description = "This tool gets the GOOD of one day.".into(), "starts with what tells this tool")]
#[case(rules::arguments, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| with_member(json!({"type": "string", "examples": ["1"]}))), "x has no description")]
#[case(rules::arguments, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| with_member(json!({"type": "string", "description": "", "examples": ["1"]}))), "x has no description")]
#[case(rules::arguments, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| with_member(json!({"type": "string", "description": "Some."}))), "x has no example")]
#[case(rules::schemas, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| object(json!({"type": "array"}))), "input is not an object")]
#[case(rules::schemas, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| object(json!({"type": "object", "oneOf": [{"type": "object"}]}))), "input has oneOf at the top")]
#[case(rules::schemas, |tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| object(json!({"type": "object", "$ref": "#/$defs/X"}))), "output has $ref at the top")]
#[case(rules::schemas, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| with_member(json!({"oneOf": [{"type": "string"}, {"type": "null"}]}))), "input.x may be null")]
#[case(rules::schemas, |tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| with_member(json!({"type": "array", "items": with_member(json!({"const": null}))}))), "output.x[].x may be null")]
#[case(rules::schemas, |tool: &mut ToolDef| tool.input = StaticOrShared::Static(&|_| object(json!({"type": "object", "$schema": "x"}))), "input has \"$schema\"")]
#[case(rules::additions, |tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| with_member(json!({"type": "string"}))), "athlete and notes are not the answer's own")]
#[case(rules::additions, |tool: &mut ToolDef| tool.output = StaticOrShared::Static(&|| object(json!({"type": "object", "properties": {"notes": {}, "x": {}, "athlete": {}}}))), "not the answer's own")]
#[case(rules::deletes, |tool: &mut ToolDef| tool.name = "icu_delete_good".into(), "say delete = forever or guarded")]
#[case(rules::deletes, |tool: &mut ToolDef| { tool.delete = Some(Delete::Guarded); tool.effect = Effect::Write }, "what deletes is destructive")]
fn a_tool_that_breaks_a_rule_is_found(#[case] rule: Rule, #[case] change: fn(&mut ToolDef), #[case] fault: &str) {
    finds(&rule(&with_tool(change)), fault);
}

#[test]
fn two_tools_of_one_name_are_both_found() {
    let faults = rules::names(&subject(PACK, [tool(), tool()], Policy::default()));
    assert_eq!(faults, ["icu_good: good has a tool of this name too"; 2]);
    // A tool of another crate that is linked into this binary.
    let faults = rules::names(&with_tool(|tool: &mut ToolDef| tool.name = "honest_post".into()));
    assert_eq!(faults.last().unwrap(), "honest_post: all has a tool of this name too");
}

#[test]
fn two_tools_that_say_the_same_are_both_found() {
    let faults =
        rules::descriptions(&subject(PACK, [tool(), ToolDef { name: "icu_also".into(), ..tool() }], Policy::default()));
    assert_eq!(faults, ["icu_good: icu_also says the same", "icu_also: icu_good says the same"]);
}

#[rstest]
#[case(|pack: &mut Pack| pack.name = "Good", "a word in lower case")]
#[case(|pack: &mut Pack| pack.name = "-good", "a word in lower case")]
#[case(|pack: &mut Pack| pack.name = "default", "other than all and default")]
#[case(|pack: &mut Pack| pack.about = "Good: what is good", "one sentence")]
#[case(|pack: &mut Pack| pack.about = "Good things. And more.", "one sentence")]
#[case(|pack: &mut Pack| pack.about = Box::leak(format!("Good {}.", "x".repeat(120)).into_boxed_str()), "up to 120")]
#[case(|pack: &mut Pack| pack.krate = "other", "it has no tool")]
fn a_card_that_breaks_a_rule_is_found(#[case] change: fn(&mut Pack), #[case] fault: &str) {
    let mut pack = PACK;
    change(&mut pack);
    finds(&rules::cards(&subject(pack, [tool()], Policy::default())), fault);
}

/// Makes a tool cost about 300 tokens.
fn costly(tool: &mut ToolDef) {
    tool.input = StaticOrShared::Static(&|_| {
        let named = |n| (format!("argument_{n}"), json!({"type": "integer", "description": "A number of some kind."}));
        object(json!({"type": "object", "properties": JsonMap::from_iter((0..18).map(named))}))
    });
}

#[test]
fn a_costly_tool_is_found_unless_it_is_wide() {
    let mut subject = with_tool(costly);
    finds(&rules::budget(&subject), "tokens, 250 allowed");
    subject.policy.wide = &[("icu_good", "it has eighteen numbers")];
    rules::hold(&rules::budget(&subject));
    subject.policy.tokens = str::len;
    finds(&rules::budget(&subject), "tokens, 400 allowed");
}

#[test]
fn exceptions_excuse_the_tools_that_they_name() {
    let mut subject = with_tool(|tool: &mut ToolDef| {
        tool.name = "acme_good".into();
        tool.output = StaticOrShared::Static(&intervals_core::schema::exact::<super::Found>);
        tool.input = StaticOrShared::Static(&|_| with_member(json!({"type": "string", "examples": ["1"]})));
    });
    let broken =
        |subject: &PackUnderTest| [rules::names, rules::additions, rules::arguments].map(|rule| rule(subject).len());
    assert_eq!(broken(&subject), [1, 1, 1]);
    subject.policy = Policy {
        prefix: "acme_",
        prescribed: &[("acme_good", "Acme asks for it")],
        summed_up: &[("acme_good", "it says all")],
        ..Policy::default()
    };
    assert_eq!(broken(&subject), [0, 0, 0]);
}

#[rstest]
#[case(|policy: &mut Policy| policy.prefix = "", "is no word in lower case with _ behind it")]
#[case(|policy: &mut Policy| policy.prefix = "acme", "is no word in lower case with _ behind it")]
#[case(|policy: &mut Policy| policy.prefix = "Acme_", "is no word in lower case with _ behind it")]
#[case(|policy: &mut Policy| policy.wide = &[("icu_gone", "it was wide")], "wide: there is no tool icu_gone")]
#[case(|policy: &mut Policy| policy.summed_up = &[("icu_good", "")], "summed_up: icu_good stands there without a reason")]
fn exceptions_that_excuse_nothing_are_found(#[case] change: fn(&mut Policy), #[case] fault: &str) {
    let mut policy = Policy::default();
    change(&mut policy);
    finds(&rules::exceptions(&subject(PACK, [tool()], policy)), fault);
}
