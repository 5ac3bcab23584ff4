//! The metrics of a server, as a scraper reads them.
#![cfg(feature = "http")]
use std::collections::BTreeMap;

use rmcp::model::CallToolRequestParams;
use serde_json::json;
use wiremock::{Mock, ResponseTemplate, matchers::any};

use crate::observe::world;

/// The samples of an OpenMetrics text without our prefix, after every line of it was checked.
fn read(text: &str) -> BTreeMap<String, f64> {
    let mut samples = BTreeMap::new();
    // Of the family that the lines belong to: its name, its type, and whether it has a help.
    let (mut name, mut kind, mut help) = ("", "", "");
    assert!(text.ends_with("\n# EOF\n"));
    for line in text.lines().take_while(|line| *line != "# EOF") {
        let words: Vec<_> = line.splitn(4, ' ').collect();
        match words[..] {
            ["#", "HELP", of, said] => {
                assert!(said.ends_with('.') && !said.ends_with(".."), "{line}");
                help = of;
            }
            ["#", "TYPE", of, what] => {
                assert_eq!(of, help, "{line}");
                (name, kind) = (of, what);
            }
            ["#", "UNIT", of, unit] => assert!(of == name && name.ends_with(unit), "{line}"),
            _ => {
                let (sample, value) = line.rsplit_once(' ').unwrap();
                let bare = sample.split('{').next().unwrap();
                let suffixes: &[&str] = match kind {
                    "counter" => &["_total"],
                    "gauge" => &[""],
                    "info" => &["_info"],
                    "histogram" => &["_sum", "_count", "_bucket"],
                    other => panic!("{other}: {line}"),
                };
                assert!(suffixes.iter().any(|suffix| bare == format!("{name}{suffix}")), "{line}");
                let value: f64 = value.parse().unwrap();
                let sample = sample.strip_prefix("intervals_icu_mcp_").unwrap_or_else(|| panic!("{line}"));
                assert_eq!(samples.insert(sample.to_owned(), value), None, "{line}");
            }
        }
    }
    samples
}

#[tokio::test]
async fn metrics_tell_what_was_called_and_how_it_ended() {
    let world = world().await;
    world.call_all().await;
    world.client.call_tool(CallToolRequestParams::new("answers")).await.unwrap();
    let text = world.metrics.render();
    let samples = read(&text);
    let calls: Vec<_> = samples.iter().filter(|(name, _)| name.starts_with("calls_total")).collect();
    let expected = [
        (r#"calls_total{tool="answers",outcome="ok"}"#, 2.0),
        (r#"calls_total{tool="fails",outcome="error"}"#, 1.0),
        (r#"calls_total{tool="panics",outcome="panic"}"#, 1.0),
        (r#"calls_total{tool="waits",outcome="cancelled"}"#, 1.0),
    ];
    assert!(calls.into_iter().map(|(name, n)| (name.as_str(), *n)).eq(expected), "{text}");
    assert_eq!((samples["unknown_tool_calls_total"], samples["calls_in_flight"]), (1.0, 0.0));
    assert_eq!(samples[r#"call_duration_seconds_count{tool="answers"}"#], 2.0);
    assert_eq!(samples[r#"call_duration_seconds_bucket{le="+Inf",tool="answers"}"#], 2.0);
    // Bounds grow in the text, and so do the counts.
    let bounds =
        text.lines().filter(|line| line.contains(r#"call_duration_seconds_bucket{"#) && line.contains("answers"));
    let counts: Vec<u64> = bounds.map(|line| line.rsplit(' ').next().unwrap().parse().unwrap()).collect();
    assert!(counts.len() == 14 && counts.is_sorted(), "{text}");
    assert!(samples["process_start_time_seconds"] > 1.7e9);
    assert!(samples.keys().any(|name| name.starts_with(r#"build_info{version=""#)));
    assert!(!text.contains("hush"), "{text}");
}

#[tokio::test]
async fn metrics_tell_of_the_requests_to_the_service() {
    let world = world().await;
    let before = read(&world.metrics.render());
    assert_eq!((before["upstream_retries_total"], before["upstream_request_duration_seconds_count"]), (0.0, 0.0));
    world.service.reset().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&world.service).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(json!({}))).mount(&world.service).await;
    world.client.call_tool(CallToolRequestParams::new("answers")).await.unwrap();
    let samples = read(&world.metrics.render());
    assert_eq!(samples[r#"upstream_requests_total{status="200"}"#], 1.0);
    assert_eq!(samples[r#"upstream_requests_total{status="503"}"#], 1.0);
    assert_eq!(samples[r#"upstream_failures_total{kind="abandoned"}"#], 0.0);
    assert_eq!((samples["upstream_retries_total"], samples["upstream_waits_total"]), (1.0, 0.0));
    assert_eq!(samples["upstream_wait_seconds_total"], 0.0);
    assert_eq!(samples["upstream_request_duration_seconds_count"], 2.0);
    assert_eq!(samples[r#"upstream_request_duration_seconds_bucket{le="+Inf"}"#], 2.0);
    assert!(samples["upstream_request_duration_seconds_sum"] > 0.0);
}

#[tokio::test]
async fn transports_tell_who_is_there_and_who_was_refused() {
    let world = world().await;
    let metrics = &world.metrics;
    let _stays = (metrics.sessions("http").enter(), metrics.connections().enter(), metrics.requests().enter());
    drop((metrics.sessions("http").enter(), metrics.connections().enter()));
    metrics.sessions("sse").set(3);
    for reason in ["host", "host", "token"] {
        metrics.refused(reason);
    }
    let samples = read(&metrics.render());
    let counts = [
        (r#"sessions{transport="http"}"#, 1.0),
        (r#"sessions{transport="sse"}"#, 3.0),
        ("connections", 1.0),
        ("requests_in_flight", 1.0),
        (r#"refused_total{reason="host"}"#, 2.0),
        (r#"refused_total{reason="token"}"#, 1.0),
    ];
    for (name, count) in counts {
        assert_eq!(samples[name], count, "{name}");
    }
}
