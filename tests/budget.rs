//! What the catalogue costs a model's context, counted with o200k.
use icu_core::{Settings, testing::Bench};
use icu_demo::Demo;
use intervals_icu_mcp::tokens;
use serde_json::json;

use crate::{
    replaces::old_tools,
    world::{exact_tokens, has_every_pack, tools},
};

#[test]
fn the_catalogue_costs_no_more_than_its_budget() {
    let settings = Settings::default();
    let old = old_tools();
    let (mut faults, mut total, mut of_old, mut estimated) = (vec![], 0, 0, 0);
    for tool in tools() {
        let seen = tokens::seen(tool, &settings);
        let cost = exact_tokens(&seen);
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
        let cost = exact_tokens(&text);
        assert!(text.contains("4x(8min") && cost <= 600, "{cost} tokens, 600 allowed:\n{text}");
    }
}
