//! Tests of the counts of requests, of the service's reachability, and of trace headers.
use std::{collections::BTreeMap, num::NonZeroU32, time::Duration};

use futures::future::join_all;
use intervals_core::{
    Call, ClientError, Intervals, JsonMap,
    client::{ALL, Credential, Lost, Options, Service, TraceContext, Traffic},
    testing::{find, mock_server, reply},
};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpListener};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method, path},
};

fn account(options: Options) -> (Service, Intervals) {
    let service = Service::new(options).unwrap();
    (service.clone(), service.account(Credential::ApiKey("k".into()), None))
}

async fn answering(answers: impl IntoIterator<Item = ResponseTemplate>) -> MockServer {
    mock_server(answers.into_iter().map(|answer| Mock::given(any()).respond_with(answer).up_to_n_times(1))).await
}

fn fine() -> ResponseTemplate {
    reply(json!({"id": "i1"}))
}

fn lost(traffic: &Traffic) -> Vec<(Lost, u64)> {
    traffic.lost.iter().map(|(how, n)| (*how, *n)).filter(|(_, n)| *n > 0).collect()
}

/// The number of requests with a duration.
fn timed(traffic: &Traffic) -> u64 {
    traffic.took.iter().map(|(_, n)| n).sum()
}

#[tokio::test]
async fn answers_are_counted_by_status_and_what_is_sent_again_as_such() {
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "0");
    let server = answering([busy, ResponseTemplate::new(503), fine(), ResponseTemplate::new(404)]).await;
    let (service, client) = account(Options::at(server.uri()));
    assert_eq!(service.traffic().answered, BTreeMap::new());
    client.get::<Value>(&["athlete", "0"], ALL).await.unwrap();
    client.get::<Value>(&["activity", "i1"], ALL).await.unwrap_err();
    let traffic = client.service().traffic();
    assert_eq!(traffic.answered, BTreeMap::from([(200, 1), (404, 1), (429, 1), (503, 1)]));
    assert_eq!((traffic.retries, traffic.waits, timed(&traffic), lost(&traffic)), (2, 0, 4, vec![]));
}

#[tokio::test]
async fn what_never_left_is_not_counted() {
    let service = Service::new(Options::at("http://127.0.0.1:1")).unwrap();
    let client = service.account(Credential::None, None);
    client.get::<Value>(&["athlete", "0"], ALL).await.unwrap_err();
    client.get::<Value>(&["athlete", ".."], ALL).await.unwrap_err();
    assert_eq!(timed(&service.traffic()), 0);
}

#[tokio::test]
async fn a_service_that_does_not_listen_is_no_connection() {
    let (service, client) = account(Options::at("http://127.0.0.1:1"));
    client.get::<Value>(&["athlete", "0"], ALL).await.unwrap_err();
    let traffic = service.traffic();
    assert_eq!((lost(&traffic), traffic.retries, timed(&traffic)), (vec![(Lost::Connect, 3)], 2, 3));
}

#[tokio::test]
async fn half_an_answer_is_broken_whatever_its_status() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{").await.unwrap();
        }
    });
    let (service, client) = account(Options::at(url));
    client.delete::<Value>(&["activity", "i1"], ALL).await.unwrap_err();
    let traffic = service.traffic();
    assert_eq!((lost(&traffic), traffic.answered.len()), (vec![(Lost::Broken, 1)], 0));
}

#[tokio::test]
async fn an_answer_over_the_cap_is_too_large() {
    let server = answering([ResponseTemplate::new(200).set_body_string("x".repeat(100))]).await;
    let (service, client) = account(Options::at(server.uri()).with_cap(50));
    client.get::<Value>(&["athlete", "0"], ALL).await.unwrap_err();
    assert_eq!(lost(&service.traffic()), [(Lost::TooLarge, 1)]);
}

#[tokio::test]
async fn a_caller_who_gives_up_abandons_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (service, client) = account(Options::at(format!("http://{}", listener.local_addr().unwrap())));
    let task = tokio::spawn(async move { client.get::<Value>(&["athlete", "0"], ALL).await });
    let _silent = listener.accept().await.unwrap();
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    let traffic = service.traffic();
    assert_eq!((lost(&traffic), timed(&traffic)), (vec![(Lost::Abandoned, 1)], 1));
}

#[tokio::test]
async fn who_waits_for_a_turn_is_counted() {
    let server = answering([fine(), fine(), fine()]).await;
    // So slow a rate that any machine sends three requests before the limiter admits two.
    let options = Options::at(server.uri()).with_rate(Some(1.0)).with_burst(NonZeroU32::MIN);
    let (service, client) = account(options);
    // Done now, so that it takes no time of the first request.
    service.check().unwrap();
    let answers = join_all((0..3).map(|_| client.get::<Value>(&["athlete", "0"], ALL))).await;
    assert!(answers.iter().all(Result::is_ok));
    let traffic = service.traffic();
    assert_eq!(traffic.waits, 2);
    assert!(traffic.waited > Duration::from_millis(2), "{:?}", traffic.waited);
}

#[rstest]
#[case(200, true)]
#[case(401, true)]
#[case(404, true)]
#[case(429, true)]
#[case(500, false)]
#[case(503, false)]
#[tokio::test]
async fn any_answer_below_500_shows_that_the_service_is_there(#[case] status: u16, #[case] there: bool) {
    let server = mock_server([Mock::given(path("/sub/")).respond_with(ResponseTemplate::new(status))]).await;
    let (service, _) = account(Options::at(format!("{}/sub/", server.uri())));
    let outcome = service.reachable().await;
    assert_eq!(outcome.is_ok(), there, "{outcome:?}");
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent.len(), 1, "it is not sent again");
    assert!(!sent[0].headers.contains_key("authorization"));
    assert_eq!(service.traffic().answered, BTreeMap::from([(status, 1)]));
}

#[tokio::test]
async fn the_service_tells_its_time_and_its_limits_before_anybody_proves_who_they_are() {
    let head = ResponseTemplate::new(200).insert_header("date", "Sun, 05 Jul 2026 12:00:00 GMT");
    let head = head.insert_header("x-ratelimit-limit", "30").insert_header("x-other", "1");
    let server = mock_server([Mock::given(method("HEAD")).respond_with(head)]).await;
    let (service, _) = account(Options::at(server.uri()));
    let greeting = service.greet().await.unwrap();
    assert_eq!(greeting.date, "2026-07-05T12:00:00Z".parse().ok());
    assert_eq!(greeting.limits, [("x-ratelimit-limit".into(), "30".into())]);
}

#[tokio::test]
async fn a_request_is_sent_no_more_often_than_the_options_say() {
    let server = mock_server([Mock::given(method("GET")).respond_with(ResponseTemplate::new(503))]).await;
    let (service, client) = account(Options::at(server.uri()).with_attempts(1));
    client.own().await.unwrap_err();
    assert_eq!((service.traffic().answered, service.traffic().retries), (BTreeMap::from([(503, 1)]), 0));
}

#[rstest]
#[case("https://example.org", None, Some(10.0))]
#[case("https://example.org", Some(2.5), Some(2.5))]
#[case("https://example.org", Some(0.0), None)]
#[case("http://127.0.0.1:1", None, None)]
fn the_rate_is_that_of_the_options_or_of_the_place(
    #[case] base_url: &str,
    #[case] rate: Option<f64>,
    #[case] expected: Option<f64>,
) {
    let (service, _) = account(Options::at(base_url).with_rate(rate));
    assert_eq!((service.rate(), service.address()), (expected, base_url));
}

#[tokio::test]
async fn a_service_that_does_not_listen_is_not_there() {
    let (service, _) = account(Options::at("http://127.0.0.1:1"));
    assert!(matches!(service.reachable().await, Err(ClientError::Unreachable { .. })));
    assert_eq!(lost(&service.traffic()), [(Lost::Connect, 1)]);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_keeps_silent_is_not_there_after_three_seconds() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (service, _) = account(Options::at(format!("http://{}", listener.local_addr().unwrap())));
    let start = tokio::time::Instant::now();
    assert!(matches!(service.reachable().await, Err(ClientError::Unreachable { .. })));
    assert_eq!(start.elapsed().as_secs(), 3);
    assert_eq!(lost(&service.traffic()), [(Lost::Timeout, 1)]);
}

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// The `traceparent` and `tracestate` of each request of a call.
async fn sent(trace: Option<TraceContext>) -> Vec<(Option<String>, Option<String>)> {
    let server = answering([ResponseTemplate::new(429), ResponseTemplate::new(429), fine(), fine()]).await;
    let (_, client) = account(Options::at(server.uri()));
    let mut call = Call::new(client, JsonMap::new());
    call.trace = trace;
    find("rename").unwrap().run(call).await.unwrap();
    let text = |header: Option<&wiremock::http::HeaderValue>| header.map(|value| value.to_str().unwrap().to_owned());
    let headers = server.received_requests().await.unwrap().into_iter().map(|request| request.headers);
    headers.map(|headers| (text(headers.get("traceparent")), text(headers.get("tracestate")))).collect()
}

#[tokio::test]
async fn every_request_of_a_call_is_a_child_of_its_trace() {
    let context = TraceContext::parse(PARENT, Some("a=1, b=2")).unwrap();
    let sent = sent(Some(context)).await;
    assert_eq!(sent.len(), 4, "the units, the write, and two of them once more");
    let mut parents = vec![PARENT.to_owned()];
    for (parent, state) in sent {
        let parent = parent.unwrap();
        assert_eq!(TraceContext::parse(&parent, None).unwrap().trace_id(), &PARENT[3..35]);
        assert!(parent.ends_with("-01") && !parents.contains(&parent), "{parent}");
        assert_eq!(state.as_deref(), Some("a=1,b=2"));
        parents.push(parent);
    }
}

#[tokio::test]
async fn without_a_trace_none_is_sent() {
    assert!(sent(None).await.iter().all(|headers| *headers == (None, None)));
}
