//! Callers who bring their own keys: nothing of one reaches another, and the server's own account is out of it.
#![cfg(all(feature = "http", feature = "demo", feature = "activities", feature = "athlete"))]
use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_STANDARD};
use rstest::rstest;
use serde_json::json;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::{
    protocol::{call, legacy, modern},
    serving::{self, Server, calling, hello},
};

const KEYS: [(&str, &str); 2] = [("key-of-anna-0123456789", "Anna"), ("key-of-bert-0123456789", "Bert")];
const OWN: &str = "key-of-the-server-itself";

/// The key that a request to the service carries.
fn key(request: &Request) -> String {
    let header = request.headers.get("authorization").map(|header| header.to_str().unwrap()).unwrap_or_default();
    let bytes = BASE64_STANDARD.decode(header.trim_start_matches("Basic ")).unwrap();
    String::from_utf8(bytes).unwrap().trim_start_matches("API_KEY:").to_owned()
}

/// A service where each key sees its owner's account: Anna's in kilometres, Bert's in miles.
async fn service() -> MockServer {
    let service = MockServer::start().await;
    let answer = |request: &Request| {
        let key = key(request);
        let Some((_, name)) = KEYS.iter().find(|(known, _)| *known == key) else {
            // As unkind as a service can be: it repeats the key.
            return ResponseTemplate::new(401).set_body_json(json!({"message": format!("no such key {key}")}));
        };
        let preference = if *name == "Anna" { "meters" } else { "feet" };
        match request.url.path() {
            path if path.ends_with("/activities") => ResponseTemplate::new(200).set_body_json(json!([
                {"id": format!("i{name}"), "name": format!("Ride of {name}"), "type": "Ride", "distance": 16093.4,
                 "start_date_local": "2026-07-05T07:00:00", "moving_time": 3600}
            ])),
            _ => ResponseTemplate::new(200).set_body_json(json!(
                {"id": format!("i{name}"), "name": name, "measurement_preference": preference, "timezone": "Europe/Zurich",
                 "sportSettings": []}
            )),
        }
    };
    Mock::given(any()).respond_with(answer).mount(&service).await;
    service
}

fn server(service: &MockServer) -> Server {
    serving::start(
        &["--log", "debug"],
        &[
            ("INTERVALS_ICU_BASE_URL", &service.uri()),
            ("INTERVALS_ICU_API_KEY", OWN),
            ("INTERVALS_ICU_CALLER_CREDENTIALS", "true"),
        ],
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_athletes_at_32_concurrent_callers_never_meet() {
    let service = service().await;
    let server = server(&service);
    let callers = (0..32).map(|n| {
        let (server, (key, name)) = (&server, KEYS[n % 2]);
        let other = KEYS[(n + 1) % 2].1;
        let era = if n % 4 < 2 { legacy() } else { modern() };
        async move {
            let client = server.client(era, &[("x-intervals-api-key", key)]).await;
            for _ in 0..20 {
                let rides = client.call_tool(call("icu_get_recent_activities", json!({}))).await.unwrap();
                let said = serde_json::to_string(&rides).unwrap();
                assert!(said.contains(&format!("Ride of {name}")) && !said.contains(other), "{said}");
                // The reader's units come from the cached record: those of the other one would show here.
                assert!(said.contains(if name == "Anna" { "distance km" } else { "distance mi" }), "{said}");
                let profile = client.call_tool(call("icu_get_athlete_profile", json!({}))).await.unwrap();
                let said = serde_json::to_string(&profile).unwrap();
                assert!(said.contains(name) && !said.contains(other), "{said}");
            }
        }
    });
    futures::future::join_all(callers).await;

    let asked = service.received_requests().await.unwrap();
    assert!(asked.len() >= 32 * 20);
    assert_eq!(asked.iter().map(key).collect::<BTreeSet<_>>(), KEYS.map(|(key, _)| key.to_owned()).into());
    let log = server.log();
    assert!(KEYS.iter().all(|(key, _)| !log.contains(key)) && !log.contains(OWN));
}

#[rstest]
#[case::legacy(legacy())]
#[case::modern(modern())]
#[tokio::test]
async fn without_a_key_nothing_is_reached_and_the_servers_own_is_not_used(#[case] era: rmcp::ClientLifecycleMode) {
    let service = service().await;
    let server = server(&service);
    let client = server.client(era, &[]).await;
    assert!(!client.list_all_tools().await.unwrap().is_empty());
    let answer = client.call_tool(call("icu_get_recent_activities", json!({}))).await.unwrap();
    assert_eq!(answer.is_error, Some(true));
    let said = &answer.content[0].as_text().unwrap().text;
    assert!(said.contains("X-Intervals-Api-Key"), "{said}");
    assert!(service.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_wrong_key_is_not_repeated() {
    let service = service().await;
    let server = server(&service);
    let wrong = "a-key-that-nobody-has";
    let client = server.client(legacy(), &[("x-intervals-api-key", wrong)]).await;
    let answer = client.call_tool(call("icu_get_recent_activities", json!({}))).await.unwrap();
    assert_eq!(answer.is_error, Some(true));
    let said = serde_json::to_string(&answer).unwrap();
    assert!(said.contains("X-Intervals-Api-Key") && !said.contains(wrong), "{said}");
    assert!(!server.log().contains(wrong));
}

#[tokio::test]
async fn a_session_exists_for_its_owner_alone() {
    let service = service().await;
    let server = server(&service);
    let [(anna, _), (bert, _)] = KEYS;
    let (status, opened) = server.post("/mcp", &format!("X-Intervals-Api-Key: {anna}\r\n"), &hello().to_string());
    let id = opened.lines().find_map(|line| line.strip_prefix("mcp-session-id: ")).unwrap().trim().to_owned();
    assert_eq!(status, 200);
    let rides = calling("icu_get_recent_activities", &json!({})).to_string();
    let with = |key: &str| format!("Mcp-Session-Id: {id}\r\nMCP-Protocol-Version: 2025-11-25\r\n{key}");
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string();
    let own = with(&format!("X-Intervals-Api-Key: {anna}\r\n"));
    assert_eq!(server.post("/mcp", &own, &initialized).0, 202);
    for other in [with(&format!("X-Intervals-Api-Key: {bert}\r\n")), with("")] {
        assert_eq!(server.post("/mcp", &other, &rides).0, 404);
        assert_eq!(server.get("/mcp", &format!("Accept: text/event-stream\r\n{other}")).0, 404);
        // Ending what does not exist is no mistake.
        let end = format!("DELETE /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{other}\r\n");
        assert_eq!(server.raw(end.as_bytes()).0, 204);
    }
    // It is still there, and his.
    let (status, answer) = server.post("/mcp", &own, &rides);
    assert!(status == 200 && answer.contains("Ride of Anna"), "{answer}");
}

#[test]
fn a_key_that_would_not_be_used_is_refused() {
    let server = serving::demo(&[], &[]);
    let (status, said) = server.post("/mcp", "X-Intervals-Api-Key: somebody-elses-key\r\n", &hello().to_string());
    assert!(status == 400 && said.contains("caller_credentials") && !said.contains("somebody"), "{said}");
}
