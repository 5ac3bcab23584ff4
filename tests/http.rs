//! Streamable HTTP of the built binary on this machine.
#![cfg(all(feature = "http", feature = "demo", feature = "activities"))]
use rmcp::{ClientLifecycleMode, model::SubscriptionFilter};
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
#[case(&[("x-mcp-packs", "@minimal")], "icu_get_tags")]
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

#[rstest]
#[case("?packs=wellness", "icu_get_recent_activities")]
#[case("?tools=icu_get_w*", "icu_get_recent_activities")]
#[case("?exclude_tools=icu_get_recent_activities", "icu_get_recent_activities")]
#[case("?readonly=true", "icu_update_wellness")]
#[case("?read_only=true", "icu_update_wellness")]
#[case("?packs=wellness,activities&readonly", "icu_update_wellness")]
#[cfg(feature = "wellness")]
#[tokio::test]
async fn the_url_tightens_as_headers_do(#[case] query: &str, #[case] hidden: &'static str) {
    let mut server = server(&[]);
    server.url.push_str(query);
    let narrow = server.client(modern(), &[]).await;
    assert!(narrow.list_all_tools().await.unwrap().iter().all(|tool| tool.name != hidden));
    narrow.call_tool(call(hidden, json!({}))).await.unwrap_err();
}

#[rstest]
#[case("/mcp?read-only=true", "", "readonly")]
#[case("/mcp?pack=wellness", "", "packs")]
#[case("/mcp", "X-MCP-Read_Only: true\r\n", "x-mcp-readonly")]
#[case("/mcp", "X-MCP-Pack: wellness\r\n", "x-mcp-packs")]
fn a_slip_in_a_wish_to_tighten_is_no_wish_for_everything(
    #[case] path: &str,
    #[case] header: &str,
    #[case] meant: &str,
) {
    let server = serving::demo(&["--transport", "http", "--stateless"], &[]);
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}).to_string();
    let (_, said) = server.post(path, &format!("MCP-Protocol-Version: 2025-11-25\r\n{header}"), &list);
    assert!(said.contains(&format!("did you mean {meant}?")) && !said.contains("inputSchema"), "{said}");
}

#[rstest]
#[case("X-MCP-User", "?sessionId=1")]
#[case("X-MCP-Auth", "?token=1")]
#[case("X-MCP-Path", "?path=x")]
#[case("X-MCP-Client", "?client=x")]
#[case("X-MCP-Token", "?tab=1")]
#[case("X-MCP-Toolsets", "?type=x")]
fn foreign_headers_and_parameters_are_nobodys_concern(#[case] header: &str, #[case] query: &str) {
    let server = serving::demo(&["--transport", "http", "--stateless"], &[]);
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"}).to_string();
    let head = format!("MCP-Protocol-Version: 2025-11-25\r\n{header}: x\r\n");
    let (_, listed) = server.post(&format!("/mcp{query}"), &head, &list);
    assert!(listed.contains("inputSchema"), "{listed}");
}

/// A client's own id makes no session: what is switched would be forgotten with the next request.
#[rstest]
#[case("MCP-Protocol-Version: 2025-11-25\r\n")]
#[case("MCP-Protocol-Version: 2025-11-25\r\nMcp-Session-Id: 0123456789abcdef\r\n")]
fn a_server_without_sessions_switches_nothing(#[case] head: &str) {
    let server = serving::demo(&["--transport", "http", "--stateless", "--dynamic"], &[]);
    let (_, said) = server.post("/mcp", head, &serving::calling("icu_switch_packs", &json!({"on": []})).to_string());
    assert!(said.contains("nothing can be switched: this client keeps no session"), "{said}");
}

#[test]
fn a_long_name_costs_nothing_and_is_cut_in_the_error() {
    let server = serving::demo(&["--transport", "http", "--stateless", "--dynamic"], &[]);
    let long = "x".repeat(1_000_000);
    for (method, params) in [
        ("tools/call", json!({"name": long})),
        ("tools/call", json!({"name": "icu_call_read", "arguments": {"tool": long}})),
        ("prompts/get", json!({"name": long})),
        ("resources/read", json!({"uri": format!("intervals-icu://{long}")})),
    ] {
        let request = json!({"jsonrpc": "2.0", "id": 2, "method": method, "params": params}).to_string();
        let (_, error) = server.post("/mcp", "MCP-Protocol-Version: 2025-11-25\r\n", &request);
        assert!(error.len() < 4000 && error.contains("xxx"), "{method}: {} bytes", error.len());
    }
}

#[tokio::test]
#[cfg(feature = "wellness")]
async fn a_token_has_limits_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.toml");
    let tokens = "[[http_tokens]]\nname = \"watch\"\ntoken = \"token-of-the-watch-0123\"\npacks = [\"wellness\"]\nread_only = true\n\
                  [[http_tokens]]\nname = \"coach\"\ntoken = \"token-of-the-coach-0123\"\n";
    std::fs::write(&config, tokens).unwrap();
    let server = server(&["--config", config.to_str().unwrap()]);
    let lists = async |token: &str| {
        let bearer = format!("Bearer token-of-the-{token}-0123");
        let tools =
            server.client(legacy(), &[("authorization", bearer.as_str())]).await.list_all_tools().await.unwrap();
        tools.into_iter().map(|tool| tool.name.to_string()).collect::<Vec<_>>()
    };
    let (watch, coach) = (lists("watch").await, lists("coach").await);
    assert!(watch.iter().all(|name| name.starts_with("icu_get_wellness")) && watch.len() == 2, "{watch:?}");
    assert!(coach.contains(&"icu_update_wellness".to_owned()) && coach.len() > watch.len());
}

#[cfg(unix)]
#[tokio::test]
async fn a_second_interrupt_does_not_wait_for_open_calls() {
    let slow = wiremock::MockServer::start().await;
    let answer = wiremock::ResponseTemplate::new(200).set_delay(std::time::Duration::from_secs(3600));
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&slow).await;
    let environment = [("INTERVALS_ICU_BASE_URL", slow.uri()), ("INTERVALS_ICU_API_KEY", "key".into())];
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut server = serving::start(
        &["--stateless"],
        &[&environment[..], &[("INTERVALS_ICU_DEADLINE", "3600"), ("INTERVALS_ICU_LIMITS__DRAIN", "3600")]].concat(),
    );
    let call = serving::calling("icu_get_recent_activities", &json!({})).to_string();
    let mut stream = server.connect();
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: {}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\n\
         MCP-Protocol-Version: 2025-11-25\r\nContent-Length: {}\r\n\r\n{call}",
        server.address,
        call.len()
    );
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    // The call is under way once the service was asked.
    while slow.received_requests().await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    let interrupt = || {
        let pid = server.child.id().to_string();
        assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    };
    interrupt();
    // It takes no more connections once it heard the first.
    while std::net::TcpStream::connect(server.address).is_ok() {}
    interrupt();
    assert_eq!(server.child.wait().unwrap().code(), Some(130));
}

#[cfg(unix)]
#[tokio::test]
async fn streams_that_wait_for_changes_are_no_requests_in_work() {
    let environment = [("INTERVALS_ICU_LIMITS__REQUESTS_PER_CALLER", "2"), ("INTERVALS_ICU_LIMITS__DRAIN", "3600")];
    let mut server = serving::demo(&["--dynamic"], &environment);
    let client = server.client(modern(), &[]).await;
    let all = || SubscriptionFilter::builder().tools_list_changed().build();
    let mut open = vec![];
    for _ in 0..6 {
        open.push(client.peer().listen(all()).await.unwrap());
    }
    client.list_all_tools().await.unwrap();
    // Nor do they hold up the end.
    let pid = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(server.child.wait().unwrap().success());
}

#[cfg(unix)]
#[tokio::test]
async fn a_write_that_the_end_of_the_server_cuts_off_says_that_it_may_be_done() {
    use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

    let slow = MockServer::start().await;
    let (asked, hears) = std::sync::mpsc::channel();
    let put = move |_: &wiremock::Request| {
        asked.send(()).unwrap();
        ResponseTemplate::new(200).set_delay(std::time::Duration::from_secs(3600))
    };
    Mock::given(method("PUT")).respond_with(put).mount(&slow).await;
    let here = ResponseTemplate::new(200).set_body_json(json!({"id": "i1", "timezone": "UTC"}));
    Mock::given(method("GET")).respond_with(here).mount(&slow).await;
    let uri = slow.uri();
    let environment = [
        ("INTERVALS_ICU_BASE_URL", uri.as_str()),
        ("INTERVALS_ICU_API_KEY", "key"),
        ("INTERVALS_ICU_DEADLINE", "3600"),
        ("INTERVALS_ICU_LIMITS__DRAIN", "1"),
    ];
    let mut server = serving::start(&["--stateless"], &environment);
    let message = serving::calling("icu_update_activity", &json!({"activity_id": "i1", "name": "x"})).to_string();
    let pid = server.child.id().to_string();
    let answer = std::thread::scope(|scope| {
        let answer = scope.spawn(|| server.post("/mcp", "MCP-Protocol-Version: 2025-11-25\r\n", &message));
        // The write is under way once the service was asked for it.
        hears.recv().unwrap();
        assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        answer.join().unwrap().1
    });
    assert!(answer.contains("It may have been carried out all the same"), "{answer}");
    assert!(server.child.wait().unwrap().success());
}
