//! rmcp's own client against the built binary: stdio and HTTP, both protocol eras.
use std::process::Stdio;

use rmcp::{
    ClientLifecycleMode, ClientServiceExt, RoleClient,
    model::{CallToolRequestParams, ProtocolVersion, ReadResourceRequestParams},
    service::RunningService,
    transport::TokioChildProcess,
};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::world;

pub type Client = RunningService<RoleClient, ()>;

/// The handshake of 2025-11-25 and the discovery of 2026-07-28.
pub fn legacy() -> ClientLifecycleMode {
    ClientLifecycleMode::Initialize
}

pub fn modern() -> ClientLifecycleMode {
    ClientLifecycleMode::Discover { preferred_versions: vec![ProtocolVersion::V_2026_07_28] }
}

pub async fn stdio(era: ClientLifecycleMode, flags: &[&str]) -> Client {
    let command = tokio::process::Command::from(world::binary(flags));
    ().serve_with_lifecycle(TokioChildProcess::new(command).unwrap(), era).await.unwrap()
}

pub fn call(tool: &'static str, arguments: Value) -> CallToolRequestParams {
    CallToolRequestParams::new(tool).with_arguments(arguments.as_object().cloned().unwrap())
}

#[rstest]
#[case::legacy(legacy())]
#[case::modern(modern())]
#[tokio::test]
#[cfg(all(feature = "activities", feature = "demo"))]
async fn over_stdio_an_answer_comes_twice_and_an_error_is_a_result(#[case] era: ClientLifecycleMode) {
    let client = stdio(era, &["--demo=2026-07-05"]).await;
    lists_calls_and_reads(&client).await;
    client.cancel().await.unwrap();
}

/// What any client does first.
pub async fn lists_calls_and_reads(client: &Client) {
    let tools = client.list_all_tools().await.unwrap();
    assert!(tools.iter().any(|tool| tool.name == "icu_get_recent_activities" && tool.output_schema.is_some()));
    let answer = client.call_tool(call("icu_get_recent_activities", json!({"limit": 3}))).await.unwrap();
    assert_eq!(answer.structured_content.unwrap()["items"].as_array().unwrap().len(), 3);
    assert!(answer.content[0].as_text().unwrap().text.starts_with("id|start"));
    let bad = client.call_tool(call("icu_get_activity_details", json!({"id": 1}))).await.unwrap();
    assert_eq!(bad.is_error, Some(true));
    assert!(bad.content[0].as_text().unwrap().text.contains("unknown field `id`"));
    client.call_tool(call("icu_nothing", json!({}))).await.unwrap_err();

    let file =
        client.call_tool(call("icu_download_fit_file", json!({"activity_id": intervals_demo::RIDE}))).await.unwrap();
    let link = file.content[1].as_resource_link().expect("a link");
    let read = client.read_resource(ReadResourceRequestParams::new(&link.uri)).await.unwrap();
    let blob = serde_json::to_value(&read).unwrap()["contents"][0]["blob"].as_str().unwrap().len();
    assert_eq!(blob, usize::try_from(link.size.unwrap()).unwrap().div_ceil(3) * 4);
}

#[tokio::test]
#[cfg(all(feature = "activities", feature = "demo"))]
async fn what_is_hidden_cannot_be_called() {
    let client = stdio(legacy(), &["--demo", "--read-only"]).await;
    let tools = client.list_all_tools().await.unwrap();
    assert!(tools.iter().all(|tool| tool.annotations.as_ref().unwrap().read_only_hint == Some(true)));
    let rename = call("icu_update_activity", json!({"activity_id": intervals_demo::RIDE, "name": "x"}));
    client.call_tool(rename).await.unwrap_err();
    client.cancel().await.unwrap();
}

#[tokio::test]
#[cfg(feature = "athlete")]
async fn without_a_key_tools_are_listed_and_calls_say_where_to_get_one() {
    let client = stdio(legacy(), &[]).await;
    assert!(!client.list_all_tools().await.unwrap().is_empty());
    let answer = client.call_tool(call("icu_list_athletes", json!({}))).await.unwrap();
    let text = &answer.content[0].as_text().unwrap().text;
    assert_eq!(answer.is_error, Some(true));
    assert!(
        text.contains("intervals.icu under Settings, Developer Settings") && text.contains("INTERVALS_ICU_API_KEY")
    );
    client.cancel().await.unwrap();
}

#[rstest]
#[case::hang_up(None)]
#[case::terminate(Some("-TERM"))]
#[case::interrupt(Some("-INT"))]
#[tokio::test]
#[cfg(unix)]
async fn the_server_ends_well_when_its_client_hangs_up_or_a_signal_comes(#[case] signal: Option<&str>) {
    let mut command = tokio::process::Command::from(world::binary(&[]));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
        "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}});
    stdin.write_all(format!("{hello}\n").as_bytes()).await.unwrap();
    let mut first = [0; 1];
    tokio::io::AsyncReadExt::read_exact(child.stdout.as_mut().unwrap(), &mut first).await.unwrap();
    match signal {
        None => drop(stdin),
        Some(signal) => {
            let pid = child.id().unwrap().to_string();
            assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
        }
    }
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success(), "{output:?}");
}
