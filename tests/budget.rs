//! What the catalogue costs a model's context, counted with o200k.
use icu_core::{Settings, testing::Bench};
use icu_demo::Demo;
use intervals_icu_mcp::tokens;
use serde_json::json;

use crate::{
    replaces::old_tools,
    world::{has_every_pack, tools},
};

/// Writes whose many fields are their use.
const WIDE: &[(&str, &str)] = &[
    ("icu_update_wellness", "a day has thirty values, and each needs its unit or range"),
    ("icu_update_sport_settings", "thresholds, zones and names of three kinds, each with its unit"),
    ("icu_bulk_create_manual_activities", "an activity is described by a dozen values"),
    ("icu_create_event", "a calendar holds workouts, races, notes and targets, which share one form"),
    ("icu_update_event", "the same form"),
];

#[test]
fn a_tool_costs_no_more_than_its_budget() {
    let encoding = tiktoken_rs::o200k_base().unwrap();
    let settings = Settings::default();
    let old = old_tools();
    let (mut faults, mut total, mut of_old, mut estimated) = (vec![], 0, 0, 0);
    for tool in tools() {
        let seen = tokens::seen(tool, &settings);
        let cost = encoding.encode_ordinary(&seen).len();
        let budget = if WIDE.iter().any(|(name, _)| *name == tool.name) { 400 } else { 250 };
        if cost > budget {
            faults.push(format!("{}: {cost} tokens, {budget} allowed", tool.name));
        }
        total += cost;
        of_old += if old.contains_key(&*tool.name) { cost } else { 0 };
        estimated += tokens::estimate(&seen);
    }
    if total > 10_000 {
        faults.push(format!("all together: {total} tokens, 10,000 allowed"));
    }
    if of_old > 8_500 {
        faults.push(format!("those of the Python server: {of_old} tokens, 8,500 allowed"));
    }
    eprintln!("{total} tokens, {of_old} of them for the tools of the Python server");
    assert!(faults.is_empty(), "{faults:#?}");
    if !has_every_pack() {
        // Fitted to the whole catalogue; one pack of a single wide tool may be further off.
        return;
    }
    let off = (estimated as f64 / total as f64 - 1.0).abs();
    assert!(off <= 0.05, "{estimated} tokens estimated, {total} counted");
}

#[tokio::test]
async fn a_week_of_the_calendar_is_short() {
    if !tools().iter().any(|tool| tool.name == "icu_get_calendar_events") {
        return;
    }
    let demo = Demo::start().await.unwrap();
    for resolve in [false, true] {
        let arguments = json!({"days_back": 0, "days_ahead": 6, "resolve": resolve});
        let text = Bench::at(&demo.url).text("icu_get_calendar_events", arguments).await;
        let cost = tiktoken_rs::o200k_base().unwrap().encode_ordinary(&text).len();
        assert!(text.contains("4x(8min") && cost <= 600, "{cost} tokens, 600 allowed:\n{text}");
    }
}
