//! What whoever watches over a server sees of it: the log, the metrics, readiness.
#![cfg(all(feature = "http", feature = "demo", feature = "activities", feature = "wellness"))]
use intervals_core::testing::mock_server;
use serde_json::{Value, json};
use wiremock::{Mock, ResponseTemplate, matchers::any};

use crate::{
    protocol::{call, legacy},
    serving::{self, Server, hello},
};

const TOKEN: &str = "a-token-of-the-operator-0123456789";

fn guarded(flags: &[&str]) -> Server {
    serving::demo(&[&["--transport", "http"], flags].concat(), &[("INTERVALS_ICU_HTTP_TOKEN", TOKEN)])
}

/// A line of the log comes when it comes: each try asks the server once more, which is bounded.
fn line_of(server: &Server, has: &str) -> String {
    let found = (0..200).find_map(|_| {
        server.get("/healthz", "");
        server.log().lines().find(|line| line.contains(has)).map(ToOwned::to_owned)
    });
    found.unwrap_or_else(|| panic!("no {has} in {}", server.log()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_and_refusals_are_logged_and_counted() {
    let server = guarded(&[]);
    let bearer = format!("Bearer {TOKEN}");
    let client = server.client(legacy(), &[("authorization", bearer.as_str())]).await;
    client.call_tool(call("icu_get_recent_activities", json!({"limit": 1}))).await.unwrap();
    let told = tokio::task::spawn_blocking(move || {
        assert_eq!(server.post("/mcp", "X-Request-Id: mine-1\r\n", &hello().to_string()).0, 401);
        assert_eq!(server.get("/", "Host: evil.example\r\n").0, 403);
        let (_, said) = server.post("/mcp", &format!("Authorization: {bearer}\r\nX-Request-Id: mine-2\r\n"), "{");
        assert!(said.contains("x-request-id: mine-2"), "{said}");
        let called = line_of(&server, "icu_get_recent_activities");
        assert!(called.contains("caller=\"http_token\"") && called.contains("outcome=\"ok\""), "{called}");
        let refused = line_of(&server, "mine-1");
        assert!(refused.contains("reason=\"unauthorized\"") && refused.contains("from=\"127.0.0.1:"), "{refused}");
        assert!(refused.contains("asked=\"POST /mcp\"") && refused.contains("status=401"), "{refused}");
        assert!(!server.log().contains(TOKEN));
        server.get("/metrics", &format!("Authorization: {bearer}\r\n")).1
    });
    let metrics = told.await.unwrap();
    for line in [
        "intervals_icu_mcp_calls_total{tool=\"icu_get_recent_activities\",outcome=\"ok\"} 1",
        "intervals_icu_mcp_refused_total{reason=\"unauthorized\"} 1",
        "intervals_icu_mcp_refused_total{reason=\"host\"} 1",
        "intervals_icu_mcp_sessions{transport=\"http\"} 1",
    ] {
        assert!(metrics.contains(line), "{line} is not in {metrics}");
    }
}

#[test]
fn lines_are_json_on_request() {
    let server = guarded(&["--log", "info"]);
    assert!(line_of(&server, "").contains("serving MCP on"));
    drop(server);
    let server = serving::demo(
        &["--transport", "http"],
        &[("INTERVALS_ICU_HTTP_TOKEN", TOKEN), ("INTERVALS_ICU_LOG_FORMAT", "json")],
    );
    assert_eq!(server.get("/mcp", "").0, 401);
    let line: Value = serde_json::from_str(&line_of(&server, "refused")).unwrap();
    assert_eq!((&line["reason"], &line["status"]), (&json!("unauthorized"), &json!(401)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readiness_is_that_of_the_service_and_asked_for_once() {
    for (status, ready) in [(200, 200), (503, 503)] {
        let service = mock_server([Mock::given(any()).respond_with(ResponseTemplate::new(status))]).await;
        let server = serving::start(&[], &[("INTERVALS_ICU_BASE_URL", &service.uri())]);
        let answers = tokio::task::spawn_blocking(move || {
            let answers: Vec<_> = (0..5).map(|_| server.get("/readyz", "").0).collect();
            assert_eq!(server.get("/healthz", "").0, 200);
            answers
        });
        assert_eq!(answers.await.unwrap(), [ready; 5]);
        assert_eq!(service.received_requests().await.unwrap().len(), 1);
    }
}

#[test]
fn whoever_opens_the_door_to_everybody_is_told() {
    let server = serving::demo(&["--transport", "http", "--allowed-host", "x.example", "--allow-unauthenticated"], &[]);
    assert!(
        server.log().contains("WARNING: anybody who reaches x.example can use the server's own account"),
        "{}",
        server.log()
    );
}
