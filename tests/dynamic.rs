//! Packs that come and go: a client finds tools, calls them through, and switches packs for its session.
#![cfg(all(feature = "demo", feature = "gear", feature = "wellness", feature = "activities"))]
use std::{collections::BTreeSet, sync::Arc};

use rmcp::{
    ClientHandler, ClientLifecycleMode, ClientServiceExt, RoleClient,
    model::SubscriptionFilter,
    service::{NotificationContext, RunningService},
    transport::TokioChildProcess,
};
use rstest::rstest;
use serde_json::{Value, json};
use tiktoken_rs::o200k_base;
use tokio::sync::Notify;

use crate::{
    protocol::{call, legacy, modern},
    world,
};

/// A client that hears of changes.
#[derive(Clone, Default)]
struct Hears(Arc<Notify>);

impl ClientHandler for Hears {
    async fn on_tool_list_changed(&self, _: NotificationContext<RoleClient>) {
        self.0.notify_one();
    }
}

async fn stdio(era: ClientLifecycleMode, flags: &[&str]) -> (RunningService<RoleClient, Hears>, Hears) {
    let command = tokio::process::Command::from(world::binary(&[&["--demo=2026-07-05", "--dynamic"], flags].concat()));
    let hears = Hears::default();
    let client = hears.clone().serve_with_lifecycle(TokioChildProcess::new(command).unwrap(), era).await.unwrap();
    (client, hears)
}

async fn names<H: ClientHandler>(client: &RunningService<RoleClient, H>) -> BTreeSet<String> {
    client.list_all_tools().await.unwrap().into_iter().map(|tool| tool.name.to_string()).collect()
}

async fn text<H: ClientHandler>(
    client: &RunningService<RoleClient, H>,
    tool: &'static str,
    arguments: Value,
) -> String {
    let answer = client.call_tool(call(tool, arguments)).await.unwrap();
    answer.content[0].as_text().unwrap().text.clone()
}

const META: [&str; 5] = ["icu_call_read", "icu_call_write", "icu_find_tools", "icu_list_packs", "icu_switch_packs"];

fn meta() -> BTreeSet<String> {
    META.map(Into::into).into()
}

#[rstest]
#[case::legacy(legacy(), false)]
#[case::modern(modern(), true)]
#[tokio::test]
async fn a_client_finds_enables_calls_and_disables(#[case] era: ClientLifecycleMode, #[case] listens: bool) {
    let (client, hears) = stdio(era, &[]).await;
    assert_eq!(names(&client).await, meta());
    let found = text(&client, "icu_find_tools", json!({"query": "are my shoes worn out?"})).await;
    let found: Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found["tools"][0]["name"], "icu_get_gear_list");
    assert!(found["tools"][0]["inputSchema"]["properties"].is_object());
    // Before it is on, it can be called through, and not by its name.
    client.call_tool(call("icu_get_gear_list", json!({}))).await.unwrap_err();
    assert!(text(&client, "icu_call_read", json!({"tool": "icu_get_gear_list"})).await.contains("Road bike"));

    let all = SubscriptionFilter::builder().tools_list_changed().build();
    let mut subscription = if listens { Some(client.peer().listen(all).await.unwrap()) } else { None };
    let packs = text(&client, "icu_switch_packs", json!({"on": ["gear"]})).await;
    assert!(packs.contains("gear|yes") && packs.contains("wellness|no"), "{packs}");
    match &mut subscription {
        Some(subscription) => assert!(subscription.next().await.unwrap().is_some()),
        None => hears.0.notified().await,
    }
    assert!(names(&client).await.contains("icu_get_gear_list"));
    assert!(text(&client, "icu_get_gear_list", json!({})).await.contains("Road bike"));

    text(&client, "icu_switch_packs", json!({"off": ["gear"]})).await;
    assert_eq!(names(&client).await, meta());
    let refused = client.call_tool(call("icu_get_gear_list", json!({}))).await.unwrap_err().to_string();
    assert!(refused.contains("call it with icu_call_read, or switch pack gear on"), "{refused}");
    client.cancel().await.unwrap();
}

#[tokio::test]
async fn what_is_forbidden_is_neither_found_nor_called_through_nor_switched_on() {
    let (client, _) = stdio(legacy(), &["--read-only", "--packs", "wellness"]).await;
    assert!(!names(&client).await.contains("icu_call_write"));
    for (tool, arguments, said) in [
        ("icu_call_read", json!({"tool": "icu_update_wellness"}), "there is no tool icu_update_wellness"),
        ("icu_call_read", json!({"tool": "icu_get_gear_list"}), "there is no tool icu_get_gear_list"),
        ("icu_call_read", json!({"tool": "icu_list_packs"}), "there is no tool icu_list_packs"),
        ("icu_switch_packs", json!({"on": ["gear"]}), "there is no pack gear"),
    ] {
        let answer = text(&client, tool, arguments).await;
        assert!(answer.contains(said), "{answer}");
    }
    let found = text(&client, "icu_find_tools", json!({"query": "set my weight", "limit": 20})).await;
    assert!(!found.contains("icu_update_wellness") && !found.contains("gear"), "{found}");
    client.cancel().await.unwrap();
}

#[tokio::test]
async fn what_changes_is_called_through_the_tool_that_may_change() {
    let (client, _) = stdio(legacy(), &[]).await;
    let weight = json!({"date": "2026-07-05", "weight": 70});
    let refused = text(&client, "icu_call_read", json!({"tool": "icu_update_wellness", "arguments": weight})).await;
    assert!(refused.contains("icu_update_wellness changes data. Call it with icu_call_write"), "{refused}");
    let refused = text(&client, "icu_call_write", json!({"tool": "icu_get_gear_list"})).await;
    assert!(refused.contains("icu_get_gear_list reads. Call it with icu_call_read"), "{refused}");
    let done =
        client.call_tool(call("icu_call_write", json!({"tool": "icu_update_wellness", "arguments": weight}))).await;
    assert_ne!(done.unwrap().is_error, Some(true));
    client.cancel().await.unwrap();
}

#[tokio::test]
async fn the_start_is_small() {
    let (client, _) = stdio(legacy(), &[]).await;
    let tools = client.list_all_tools().await.unwrap();
    let encoding = o200k_base().unwrap();
    let cost = |names: &[&str]| -> usize {
        let tools = tools.iter().filter(|tool| names.contains(&&*tool.name));
        let seen = tools.map(|tool| {
            json!({"name": tool.name, "description": tool.description, "inputSchema": tool.input_schema}).to_string()
        });
        seen.map(|seen| encoding.encode_with_special_tokens(&seen).len()).sum()
    };
    assert!(cost(&META[..3]) < 700, "{}", cost(&META[..3]));
    assert!(cost(&META) < 1500, "{}", cost(&META));
    client.cancel().await.unwrap();
}

#[cfg(feature = "http")]
mod over_http {
    use super::*;
    use crate::serving;

    #[tokio::test]
    async fn two_sessions_do_not_see_each_others_packs_and_a_header_cannot_enable_one() {
        let server = serving::demo(&["--dynamic", "--exclude-tools", "icu_delete_gear"], &[]);
        let one = server.client(legacy(), &[]).await;
        let other = server.client(legacy(), &[("x-mcp-packs", "gear,wellness")]).await;
        text(&one, "icu_switch_packs", json!({"on": ["gear"]})).await;
        assert!(names(&one).await.contains("icu_get_gear_list") && !names(&one).await.contains("icu_delete_gear"));
        assert_eq!(names(&other).await, meta());
        text(&other, "icu_switch_packs", json!({"on": ["wellness"]})).await;
        assert!(
            names(&other).await.contains("icu_get_wellness_data") && !names(&other).await.contains("icu_get_gear_list")
        );
        assert!(!names(&one).await.contains("icu_get_wellness_data"));
        let refused = text(&other, "icu_switch_packs", json!({"on": ["events"]})).await;
        assert!(refused.contains("there is no pack events"), "{refused}");
    }

    #[tokio::test]
    async fn whoever_may_use_some_packs_only_can_switch_these() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let token = "0123456789abcdef";
        let tokens = format!("[[http_tokens]]\nname = \"ann\"\ntoken = \"{token}\"\npacks = [\"gear\"]\n");
        std::fs::write(&file, tokens).unwrap();
        let server = serving::demo(&["--dynamic", "--config", file.to_str().unwrap()], &[]);
        let client = server.client(legacy(), &[("authorization", &format!("Bearer {token}"))]).await;
        assert_eq!(names(&client).await, meta());
        text(&client, "icu_switch_packs", json!({"on": ["gear"]})).await;
        assert!(names(&client).await.contains("icu_get_gear_list"));
        let refused = text(&client, "icu_switch_packs", json!({"on": ["wellness"]})).await;
        assert!(refused.contains("there is no pack wellness"), "{refused}");
    }

    #[tokio::test]
    async fn a_limit_of_tokens_is_spent_on_what_the_caller_asked_for() {
        let server = serving::demo(&["--max-tool-tokens", "1000"], &[]);
        let all = server.client(legacy(), &[]).await;
        assert!(!names(&all).await.contains("icu_get_gear_list"));
        let one = server.client(legacy(), &[("x-mcp-packs", "gear")]).await;
        assert!(names(&one).await.contains("icu_get_gear_list"));
    }

    #[tokio::test]
    async fn a_client_without_a_session_is_told_to_call_through() {
        let server = serving::demo(&["--dynamic"], &[]);
        let client = server.client(modern(), &[]).await;
        assert_eq!(names(&client).await, meta());
        let refused = text(&client, "icu_switch_packs", json!({"on": ["gear"]})).await;
        assert!(refused.contains("this client keeps no session") && refused.contains("icu_call_read"), "{refused}");
        assert!(text(&client, "icu_call_read", json!({"tool": "icu_get_gear_list"})).await.contains("Road bike"));
    }
}
