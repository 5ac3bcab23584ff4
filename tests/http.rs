//! Streamable HTTP of the built binary on this machine.
#![cfg(all(feature = "http", feature = "demo", feature = "activities"))]
use rmcp::ClientLifecycleMode;
use rstest::rstest;
use serde_json::json;

use crate::{
    protocol::{Client, call, legacy, lists_calls_and_reads, modern},
    serving::{self, Server, hello},
    world,
};

fn server(flags: &[&str]) -> Server {
    serving::demo(flags, &[])
}

#[rstest]
#[case::legacy(legacy())]
#[case::modern(modern())]
#[tokio::test]
async fn both_eras_are_served_on_one_url(#[case] era: ClientLifecycleMode) {
    let server = server(&[]);
    lists_calls_and_reads(&server.client(era, &[]).await).await;
}

#[rstest]
#[case(&[("x-mcp-packs", "wellness")], "icu_get_recent_activities")]
#[case(&[("x-mcp-tools", "icu_get_w*")], "icu_get_recent_activities")]
#[case(&[("x-mcp-exclude-tools", "icu_get_recent_activities")], "icu_get_recent_activities")]
#[case(&[("x-mcp-readonly", "true")], "icu_update_wellness")]
#[case(&[("x-mcp-readonly", "On")], "icu_update_wellness")]
#[cfg(feature = "wellness")]
#[tokio::test]
async fn headers_tighten_what_one_caller_sees(
    #[case] headers: &[(&'static str, &'static str)],
    #[case] hidden: &'static str,
) {
    let server = server(&[]);
    let narrow = server.client(legacy(), headers).await;
    let wide = server.client(legacy(), &[]).await;
    let lists = async |client: &Client| client.list_all_tools().await.unwrap().iter().any(|tool| tool.name == hidden);
    assert!(!lists(&narrow).await && lists(&wide).await);
    narrow.call_tool(call(hidden, json!({}))).await.unwrap_err();
    wide.call_tool(call(hidden, json!({}))).await.unwrap();
}

#[rstest]
#[case(&[("x-mcp-packs", "all")])]
#[case(&[("x-mcp-tools", "*")])]
#[case(&[("x-mcp-readonly", "false")])]
#[tokio::test]
async fn headers_cannot_widen(#[case] headers: &[(&'static str, &'static str)]) {
    let server = server(&["--read-only", "--packs", "activities"]);
    let tools = server.client(legacy(), headers).await.list_all_tools().await.unwrap();
    let reads = |tool: &rmcp::model::Tool| tool.annotations.as_ref().unwrap().read_only_hint == Some(true);
    assert!(tools.iter().all(|tool| reads(tool) && !tool.name.contains("wellness")));
}

#[rstest]
#[case::own(&[], 200)]
#[case::by_name(&[("host", "localhost:1")], 200)]
#[case::ipv6(&[("host", "[::1]:1")], 200)]
#[case::allowed(&[("host", "mcp.example.org")], 200)]
#[case::own_page(&[("origin", "http://localhost:6274")], 200)]
#[case::allowed_page(&[("origin", "https://mcp.example.org")], 200)]
#[case::rebound(&[("host", "evil.example")], 403)]
#[case::looks_local(&[("host", "localhost.evil.example")], 403)]
#[case::looks_local_with_port(&[("host", "127.0.0.1.evil.example:80")], 403)]
#[case::other_page(&[("origin", "https://evil.example")], 403)]
#[case::page_without_name(&[("origin", "null")], 403)]
#[tokio::test]
async fn hosts_and_pages_of_others_are_refused(#[case] headers: &[(&'static str, &'static str)], #[case] status: u16) {
    let server = server(&["--allowed-host", "mcp.example.org", "--allow-unauthenticated"]);
    let mut request = serving::http(&[]).post(&server.url).json(&hello());
    request = request.header("accept", "application/json, text/event-stream");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    assert_eq!(request.send().await.unwrap().status().as_u16(), status);
}

#[test]
#[cfg(unix)]
fn a_signal_ends_it_well() {
    let mut server = server(&[]);
    let pid = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(server.child.wait().unwrap().success());
}

#[test]
fn an_address_that_others_reach_is_refused_unless_somebody_answers_for_it() {
    let ran = world::run(&["--transport", "http", "--host", "0.0.0.0", "--demo"], &[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: host (--host): others can reach 0.0.0.0, and anybody may call"), "{}", ran.err);
    assert!(ran.err.contains("INTERVALS_ICU_HTTP_TOKEN"), "{}", ran.err);
}
