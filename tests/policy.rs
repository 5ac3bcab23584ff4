//! Rules that every tool keeps, and what this catalogue is excused from. The rules are core's, for packs of others too.
use intervals_core::{
    Effect,
    testing::{
        Exception, PackUnderTest, Policy, demo,
        rules::{self, hold},
    },
};
use intervals_mcp::wire;
use rstest::rstest;

use crate::world::{all_arguments, exact_tokens, golden_names, has_every_pack, tools};

const PRESCRIBED: &[Exception] = &[
    ("search", "ChatGPT's deep research and company knowledge ask for a tool of this name and form"),
    ("fetch", "the same"),
];

/// Writes whose many fields are their use.
const WIDE: &[Exception] = &[
    ("icu_update_wellness", "a day has thirty values, and each needs its unit or range"),
    ("icu_update_sport_settings", "thresholds, zones and names of three kinds, each with its unit"),
    ("icu_bulk_create_manual_activities", "an activity is described by a dozen values"),
    ("icu_create_event", "a calendar holds workouts, races, notes and targets, which share one form"),
    ("icu_update_event", "the same form"),
];

const SUMMED_UP: &[Exception] = &[
    ("icu_update_wellness", "thirty numbers share their units and scales"),
    ("icu_create_event", "flags and numbers whose names say all"),
    ("icu_update_event", "the same"),
];

/// Every linked pack, on the policy of this catalogue.
pub fn subject() -> PackUnderTest {
    PackUnderTest::linked(Policy {
        prescribed: PRESCRIBED,
        wide: WIDE,
        summed_up: SUMMED_UP,
        examples: &[
            // The event must be over.
            ("icu_mark_event_done", "event_id", "41002"),
            // An empty folder, since the others are spared.
            ("icu_delete_workout_folder", "folder_id", "61009"),
        ],
        left_out: &[("icu_update_activity_streams", "csv")],
        elsewhere: if has_every_pack() { &[] } else { golden_names() },
        tokens: exact_tokens,
        ..Policy::default()
    })
}

#[rstest]
#[case::names_are_of_one_kind(rules::names)]
#[case::a_description_is_a_sentence_that_starts_with_what_is_special(rules::descriptions)]
#[case::a_card_says_one_sentence(rules::cards)]
#[case::every_argument_is_described_and_has_an_example(rules::arguments)]
#[case::schemas_are_plain_objects_without_nulls(rules::schemas)]
#[case::no_answer_takes_the_names_that_core_adds(rules::additions)]
#[case::a_tool_costs_no_more_than_its_budget(rules::budget)]
#[case::what_deletes_says_how_final_it_is(rules::deletes)]
#[case::prompts_lead_to_tools_that_exist(rules::prompts)]
fn a_rule_holds_for_every_pack(#[case] rule: fn(&PackUnderTest) -> Vec<String>) {
    hold(&rule(&subject()));
}

#[test]
fn exceptions_are_of_tools_that_there_are() {
    if has_every_pack() {
        hold(&rules::exceptions(&subject()));
    }
}

#[test]
fn all_four_annotations_follow_from_the_effect() {
    for tool in tools() {
        let annotations = wire::tool(tool, &all_arguments(), true).annotations.unwrap();
        let (read, destroys) = (tool.effect == Effect::Read, tool.effect == Effect::Destructive);
        let sent = (annotations.read_only_hint, annotations.destructive_hint, annotations.idempotent_hint);
        let derived = (Some(read), Some(destroys), Some(read || tool.idempotent));
        assert!(sent == derived && annotations.open_world_hint == Some(true), "{}: {annotations:?}", tool.name);
    }
}

#[tokio::test]
async fn no_tool_does_more_than_its_effect_says() {
    hold(&rules::effects(&subject(), demo).await);
}

#[tokio::test]
async fn every_example_works_and_its_answer_fits_the_output_schema() {
    hold(&rules::answers(&subject(), demo).await);
}

#[tokio::test]
async fn no_tool_writes_in_read_only_mode() {
    let demo = demo().await;
    hold(&rules::read_only(&subject(), async || demo.again()).await);
    assert_eq!(demo.writes(), [""; 0]);
    assert!(!demo.requests().is_empty());
}

#[tokio::test]
async fn resources_can_be_read_and_go_with_tools_that_read() {
    let demo = demo().await;
    hold(&rules::resources(&subject(), async || demo.again()).await);
    assert_eq!(demo.writes(), [""; 0]);
}
