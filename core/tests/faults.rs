//! Tests of faults of the service: usable data is served, and errors have a reason.
use std::time::Duration;

use intervals_core::{
    Athlete, Day, List, Result,
    client::Credential,
    client::Options,
    client::Service,
    testing::{ToolRunner, Upstream, mock_server, reply, upstream_when},
    tool,
    units::Number,
};
use rstest::rstest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, method},
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    oldest: Day,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Row {
    id: String,
    #[serde(rename(deserialize = "average_heartrate"))]
    hr: Option<Number>,
}

/// Lists.
#[tool(read)]
async fn ids(athlete: Athlete, args: Args) -> Result<List<Row>> {
    Ok(athlete.activities().list::<Row>(args.oldest.0, None, 500).await?.records.into())
}

#[derive(Serialize, JsonSchema)]
struct Done {}

#[derive(Deserialize)]
struct Named {
    #[serde(rename = "name")]
    _name: Option<String>,
}

/// Writes.
#[tool(write)]
async fn rename(icu: intervals_core::Icu) -> Result<Done> {
    let fields = json!({"name": "x"}).as_object().cloned().unwrap_or_default();
    let _: Named = icu.activity("i1").update(fields).await?;
    Ok(Done {})
}

async fn run(url: &str) -> Result<Value> {
    let bench = ToolRunner::at(url).imperial();
    bench.run("ids", json!({"oldest": "2026-07-01"})).await.map(|answer| answer.structured)
}

async fn service(answers: &[ResponseTemplate]) -> MockServer {
    // The last response repeats.
    let times = |at: usize| if at + 1 == answers.len() { 100 } else { 1 };
    let mock = |(at, answer): (usize, &ResponseTemplate)| {
        Mock::given(any()).respond_with(answer.clone()).up_to_n_times(times(at))
    };
    mock_server(answers.iter().enumerate().map(mock)).await
}

fn one_activity() -> ResponseTemplate {
    reply(json!([{"id": "i1"}]))
}

fn busy(retry_after: &str) -> ResponseTemplate {
    ResponseTemplate::new(429).insert_header("retry-after", retry_after)
}

#[rstest]
#[case::after_a_pause(&[busy("1"), one_activity()], 2)]
#[case::after_a_pause_without_length(&[ResponseTemplate::new(429), one_activity()], 2)]
#[case::after_a_failure(&[ResponseTemplate::new(503), one_activity()], 2)]
#[case::at_the_third_attempt(&[ResponseTemplate::new(502), ResponseTemplate::new(500), one_activity()], 3)]
#[tokio::test]
async fn a_passing_fault_is_not_noticed(#[case] answers: &[ResponseTemplate], #[case] requests: usize) {
    let server = service(answers).await;
    assert_eq!(run(&server.uri()).await.unwrap()["items"], json!([{"id": "i1"}]));
    assert_eq!(server.received_requests().await.unwrap().len(), requests);
}

#[tokio::test]
async fn a_fault_that_stays_is_reported_after_three_attempts() {
    let server = service(&[ResponseTemplate::new(429)]).await;
    let error = run(&server.uri()).await.unwrap_err();
    assert_eq!(error.to_string(), "Intervals.icu asks for a pause (too many requests). Call again in a minute.");
    assert_eq!(server.received_requests().await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_long_pause_fails_at_once_and_does_not_block_the_next_call() {
    let server = service(&[busy("3600"), one_activity()]).await;
    let error = run(&server.uri()).await.unwrap_err();
    assert_eq!(error.problem, "Intervals.icu asks for a pause of 60 min");
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    run(&server.uri()).await.unwrap();
}

#[tokio::test]
async fn a_pause_until_a_date_is_understood() {
    let server = service(&[busy("Tue, 31 Dec 2999 23:59:59 GMT")]).await;
    let error = run(&server.uri()).await.unwrap_err();
    assert!(error.problem.contains("asks for a pause of") && error.problem.contains("min"), "{error}");
}

#[rstest]
#[case(429, 2)]
#[case(503, 1)]
#[tokio::test]
async fn a_write_is_sent_again_only_when_it_was_refused_unseen(#[case] status: u16, #[case] requests: usize) {
    let refusal = Mock::given(method("PUT")).respond_with(ResponseTemplate::new(status)).up_to_n_times(1);
    let service = Upstream::default().mock(refusal).when(method("PUT"), reply(json!({"id": "i1"}))).await.imperial();
    let outcome = service.run("rename", json!({})).await;
    assert_eq!(outcome.is_ok(), requests == 2);
    if let Err(error) = outcome {
        assert_eq!(error.advice, "It may have been carried out all the same: read before you repeat it.");
    }
    assert_eq!(service.received().await.len(), requests);
}

/// A server that answers each connection with the next of these bytes and closes it.
async fn raw(answers: Vec<&'static [u8]>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let _ = socket.read(&mut [0; 4096]).await.unwrap();
            socket.write_all(answer).await.unwrap();
        }
    });
    url
}

const WHOLE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n[{\"id\":\"i1\"}]";
const TRUNCATED: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 13\r\nconnection: close\r\n\r\n[{\"id\":";

#[rstest]
#[case::reset(b"", true)]
#[case::truncated(TRUNCATED, true)]
#[case::reset_for_ever(b"", false)]
#[case::truncated_for_ever(TRUNCATED, false)]
#[tokio::test]
async fn a_broken_connection_is_tried_again(#[case] broken: &'static [u8], #[case] then_whole: bool) {
    let url = raw(if then_whole { vec![broken, WHOLE] } else { vec![broken; 3] }).await;
    match run(&url).await {
        Ok(answer) => assert!(then_whole && answer["total"] == 1),
        Err(error) => {
            assert!(!then_whole, "{error}");
            assert!(error.problem.starts_with("Intervals.icu could not be reached: "), "{error}");
            assert_eq!(error.advice, "Try again in a minute.");
        }
    }
}

#[rstest]
#[case(
    200,
    "<html>Sign in</html>",
    "GET athlete/0/activities answered something unexpected at .: an HTML page instead of JSON"
)]
#[case(200, "", "GET athlete/0/activities answered something unexpected at .: an empty body")]
#[case(
    200,
    "{\"a\": 1}",
    "GET athlete/0/activities answered something unexpected at .: invalid type: map, expected a sequence"
)]
#[case(502, "<html>Bad gateway</html>", "Intervals.icu failed (502): an HTML page instead of a reason")]
#[case(401, "", "Intervals.icu does not accept the API key or token")]
#[case(
    403,
    "{\"status\":403,\"error\":\"Access denied\"}",
    "Intervals.icu refuses access to athlete/0/activities: Access denied"
)]
#[case(404, "{\"timestamp\":0,\"status\":404,\"error\":\"Not Found\"}", "there is no athlete/0/activities")]
#[case(422, "{\"status\":422,\"error\":\"oldest is wrong\"}", "Intervals.icu refused this (422): oldest is wrong")]
#[case(418, "", "Intervals.icu refused this (418): no reason given")]
#[tokio::test]
async fn an_unexpected_answer_says_what_it_was(#[case] status: u16, #[case] body: &str, #[case] problem: &str) {
    let server = service(&[ResponseTemplate::new(status).set_body_string(body)]).await;
    let error = run(&server.uri()).await.unwrap_err();
    assert!(error.problem.starts_with(problem), "{error}");
}

#[tokio::test]
async fn a_slow_answer_ends_with_the_deadline() {
    let server = service(&[one_activity().set_delay(Duration::from_secs(60))]).await;
    let bench = ToolRunner::at(&server.uri()).imperial().set(|settings| settings.deadline = Duration::from_millis(100));
    bench.refuses("ids", json!({"oldest": "2026-07-01"}), "Intervals.icu gave no answer within 0.1 s. ").await;
}

#[tokio::test]
async fn one_bad_record_never_loses_the_rest() {
    let mut records: Vec<_> = (0..100).map(|n| json!({"id": format!("i{n}"), "average_heartrate": 140.5})).collect();
    records[41] = json!({"id": "i41", "average_heartrate": {"avg": 140}});
    records[42] = json!("no record");
    let server = service(&[reply(&records)]).await;
    let answer = run(&server.uri()).await.unwrap();
    assert_eq!(answer["items"].as_array().unwrap().len(), 99);
    assert_eq!(answer["items"][0]["hr"], 140.5);
    let notes = [
        "1 record of activities could not be read and is left out ([42]",
        "1 value of activities could not be read and is left out: [41].average_heartrate: invalid type",
    ];
    assert_eq!(answer["notes"].as_array().unwrap().len(), 2);
    for (note, start) in answer["notes"].as_array().unwrap().iter().zip(notes) {
        assert!(note.as_str().unwrap().starts_with(start), "{note}");
    }
}

#[tokio::test]
async fn a_list_may_be_null() {
    let server = service(&[reply(Value::Null)]).await;
    assert_eq!(run(&server.uri()).await.unwrap()["total"], 0);
}

#[tokio::test]
async fn a_body_over_the_cap_is_not_read_to_its_end() {
    let server = service(&[ResponseTemplate::new(200).set_body_string("x".repeat(10_000))]).await;
    let options = Options::at(server.uri()).with_cap(5_000);
    let client = Service::new(options).unwrap().account(Credential::ApiKey("k".into()), None);
    let bench = ToolRunner::at(&server.uri()).imperial().with(client);
    bench.refuses("ids", json!({"oldest": "2026-07-01"}), "the answer is larger than 5000 bytes. ").await;
}

#[tokio::test]
async fn without_a_key_an_error_says_where_to_get_one() {
    let client = Service::new(Options::at("http://127.0.0.1:1")).unwrap().account(Credential::None, None);
    let bench = ToolRunner::at("http://127.0.0.1:1").with(client);
    let error = bench.error("ids", json!({"oldest": "2026-07-01"})).await;
    assert_eq!(error.problem, "no Intervals.icu API key is set");
    assert!(error.advice.contains("intervals.icu under Settings, Developer Settings"), "{error}");
}

#[tokio::test]
async fn no_error_shows_the_key() {
    let mut urls = vec!["http://127.0.0.1:1".to_owned()];
    let mut servers = vec![];
    for status in [200, 401, 403, 422, 500] {
        let server = service(&[ResponseTemplate::new(status).set_body_string("API_KEY:top-secret")]).await;
        urls.push(server.uri());
        servers.push(server);
    }
    for url in urls {
        let client = Service::new(Options::at(&url)).unwrap().account(Credential::ApiKey("top-secret".into()), None);
        let bench = ToolRunner::at(&url).imperial().with(client);
        let error = bench.error("ids", json!({"oldest": "2026-07-01"})).await;
        assert!(!format!("{error} {error:?}").contains("top-secret"));
    }
}

#[rstest]
#[case(json!({"id": "i1", "name": 5}), "1 value of activity/i1 could not be read and is left out: name: invalid type")]
#[case(json!("not an activity"), "the service accepted the change; what came after it failed: PUT activity/i1 answered something unexpected")]
#[tokio::test]
async fn an_accepted_write_is_never_an_error(#[case] answer: Value, #[case] note: &str) {
    let answer = upstream_when(method("PUT"), reply(answer)).await.imperial().answer("rename", json!({})).await;
    assert!(answer.structured["notes"][0].as_str().unwrap().starts_with(note), "{}", answer.text);
}
