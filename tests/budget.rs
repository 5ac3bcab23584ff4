//! What the catalogue costs a model's context, counted with o200k.
use intervals_catalog::{Catalog, Selection, View, profiles::PROFILES, tokens};
use intervals_core::{DeleteMode, Settings, registry::Tier, testing::demo};
use serde_json::{Value, json};

use crate::{
    protocol::{Client, call, legacy, stdio},
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
    let demo = demo().await;
    for resolve in [false, true] {
        let arguments = json!({"days_back": 0, "days_ahead": 6, "resolve": resolve});
        let text = demo.text("icu_get_calendar_events", arguments).await;
        let cost = exact_tokens(&text);
        assert!(text.contains("4x(8min") && cost <= 600, "{cost} tokens, 600 allowed:\n{text}");
    }
}

/// What each word for `packs` may cost.
const PROFILE_BUDGETS: &[(&str, usize)] =
    &[("@minimal", 1_500), ("@analysis", 3_000), ("@planning", 4_000), ("@coach", 6_000)];

#[test]
fn a_profile_costs_no_more_than_its_budget() {
    if !has_every_pack() {
        return;
    }
    let names: Vec<_> = PROFILE_BUDGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, PROFILES.iter().map(|profile| profile.name).collect::<Vec<_>>());
    let (encoding, catalog) = (tiktoken_rs::o200k_base().unwrap(), Catalog::linked().unwrap());
    let mut faults = vec![];
    for (name, budget) in PROFILE_BUDGETS {
        let selection =
            Selection { packs: vec![(*name).into()], delete_mode: DeleteMode::Full, ..Selection::default() };
        let view = View::new(&catalog, &selection).unwrap();
        let seen = view.tools().map(|entry| tokens::seen(&entry.tool, &Settings::default()));
        let cost: usize = seen.map(|seen| encoding.encode_ordinary(&seen).len()).sum();
        eprintln!("{name}: {cost} tokens");
        // Far below, the bound would say nothing.
        if cost > *budget || cost < budget * 2 / 3 {
            faults.push(format!("{name}: {cost} tokens, {budget} allowed"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_dozen_tools_are_everyday_ones() {
    if !has_every_pack() {
        return;
    }
    // `search` and `fetch` are there for whoever switches their pack on.
    let core = tools().into_iter().filter(|tool| tool.tier == Tier::Core && tool.name.starts_with("icu_")).count();
    assert_eq!(core, 12);
    assert!(tools().iter().any(|tool| tool.tier == Tier::Rare));
}

/// What a client lists, as the binary estimates it: names, and tokens together.
#[cfg(all(feature = "activities", feature = "wellness", feature = "demo"))]
async fn listed(client: &Client) -> (Vec<String>, usize) {
    let tools = client.list_all_tools().await.unwrap();
    let seen = |tool: &rmcp::model::Tool| {
        json!({"name": tool.name, "description": tool.description, "inputSchema": tool.input_schema}).to_string()
    };
    let cost = tools.iter().map(|tool| tokens::estimate(&seen(tool))).sum();
    (tools.into_iter().map(|tool| tool.name.into_owned()).collect(), cost)
}

#[tokio::test]
#[cfg(all(feature = "activities", feature = "wellness", feature = "demo"))]
async fn within_a_limit_prompts_and_resources_go_with_their_tools() {
    let client = stdio(legacy(), &["--demo", "--max-tool-tokens", "600"]).await;
    let (names, cost) = listed(&client).await;
    assert!(!names.is_empty() && cost <= 600, "{cost}: {names:?}");
    assert!(names.contains(&"icu_get_recent_activities".into()) && !names.contains(&"icu_update_wellness".into()));
    client.call_tool(call("icu_update_wellness", json!({}))).await.unwrap_err();
    let catalog = Catalog::linked().unwrap();
    let wide = stdio(legacy(), &["--demo"]).await;
    let (few, all) = (client.list_all_prompts().await.unwrap(), wide.list_all_prompts().await.unwrap());
    let needs = catalog.packs.values().flat_map(|loaded| loaded.pack.prompts());
    for prompt in needs {
        let expected = prompt.needs.iter().all(|tool| names.iter().any(|name| name == tool));
        let expected = expected && all.iter().any(|one| one.name == prompt.name);
        let found = few.iter().any(|one| one.name == prompt.name);
        assert!(found <= expected, "{} needs {:?}", prompt.name, prompt.needs);
    }
    assert!(few.len() < all.len());
    let templates = async |client: &Client| client.list_all_resource_templates().await.unwrap().len();
    assert!(templates(&client).await < templates(&wide).await);
    client.cancel().await.unwrap();
    wide.cancel().await.unwrap();
}

#[tokio::test]
#[cfg(all(feature = "activities", feature = "wellness", feature = "gear", feature = "demo"))]
async fn a_session_that_switches_packs_lists_what_has_room_and_reaches_the_rest() {
    let client = stdio(legacy(), &["--demo=2026-07-05", "--dynamic", "--max-tool-tokens", "1200"]).await;
    let (start, _) = listed(&client).await;
    assert_eq!(start.len(), 5, "{start:?}");
    let switch = async |on: Value| {
        let answer = client.call_tool(call("icu_switch_packs", json!({"on": on}))).await.unwrap();
        assert_eq!(answer.is_error, Some(false));
        answer.structured_content.unwrap()
    };

    let fits = switch(json!(["gear"])).await;
    assert_eq!(fits["notes"], Value::Null, "{fits}");
    assert!(listed(&client).await.0.contains(&"icu_get_gear_list".into()));

    let tight = switch(json!(["activities", "wellness"])).await;
    let (names, cost) = listed(&client).await;
    assert!(cost <= 1200, "{cost}: {names:?}");
    let note = tight["notes"][0].as_str().unwrap();
    let own = names.len() - 5;
    assert!(note.starts_with(&format!("Only {own} of the ")) && note.contains("icu_call_read"), "{note}");
    let rows = tight["items"].as_array().unwrap();
    assert_eq!(rows.iter().filter_map(|row| row["listed"].as_u64()).sum::<u64>(), own as u64);
    assert!(start.iter().all(|tool| names.contains(tool)), "{names:?}");

    let hidden = "icu_get_activities_around";
    assert!(!names.contains(&hidden.into()));
    let arguments = json!({"activity_id": demo::RIDE});
    client.call_tool(call(hidden, arguments.clone())).await.unwrap_err();
    let through = json!({"tool": hidden, "arguments": arguments});
    assert_eq!(client.call_tool(call("icu_call_read", through)).await.unwrap().is_error, Some(false));
    client.cancel().await.unwrap();
}
