//! Tests of the client alone: accounts, caches, encodings, waiting.
use std::{io::Write, time::Duration};

use flate2::{Compression, write::GzEncoder};
use futures::future::join_all;
use intervals_core::{
    ClientError, Intervals,
    client::{ALL, Credential, Options, Service},
    testing::{mock_server, reply, upstream::ends, upstream_when},
};
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{any, header, path},
};

async fn profiles() -> MockServer {
    let answer = reply(json!({"id": "i1", "name": "A"})).set_delay(Duration::from_millis(20));
    mock_server([Mock::given(any()).respond_with(answer)]).await
}

fn account(service: &Service, key: &str) -> Intervals {
    service.account(Credential::ApiKey(key.into()), None)
}

#[tokio::test]
async fn concurrent_requests_for_the_same_record_share_one() {
    let server = profiles().await;
    let client = account(&Service::new(Options::at(server.uri())).unwrap(), "a");
    let names = join_all((0..20).map(|_| client.own())).await;
    assert!(names.into_iter().all(|profile| profile.unwrap().name.as_deref() == Some("A")));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_accounts_share_a_pool_and_no_record() {
    let server = profiles().await;
    let service = Service::new(Options::at(server.uri())).unwrap();
    for key in ["a", "b"] {
        account(&service, key).own().await.unwrap();
    }
    let sent = server.received_requests().await.unwrap();
    assert_eq!(sent.len(), 2);
    assert_ne!(sent[0].headers["authorization"], sent[1].headers["authorization"]);
}

#[tokio::test]
async fn a_record_is_kept_for_the_cache_time_and_dropped_by_any_write() {
    let server = profiles().await;
    let client = account(&Service::new(Options::at(server.uri())).unwrap(), "a");
    let reads = async || server.received_requests().await.unwrap().iter().filter(|r| r.method == "GET").count();
    client.own().await.unwrap();
    client.own().await.unwrap();
    assert_eq!(reads().await, 1);
    let _: Value = client.activity("i1").update(intervals_core::JsonMap::new()).await.unwrap();
    client.own().await.unwrap();
    assert_eq!(reads().await, 2);
    let forgetful = Options::at(server.uri()).with_cache(Duration::ZERO);
    let forgetful = account(&Service::new(forgetful).unwrap(), "a");
    forgetful.own().await.unwrap();
    forgetful.own().await.unwrap();
    assert_eq!(reads().await, 4);
}

#[tokio::test]
async fn a_token_goes_as_a_bearer() {
    let token = Mock::given(header("authorization", "Bearer t")).respond_with(reply(json!({"id": "i1"})));
    let server = mock_server([token]).await;
    let service = Service::new(Options::at(server.uri())).unwrap();
    let client = service.account(Credential::AccessToken("t".into()), None);
    client.own().await.unwrap();
    assert!(matches!(client.athletes().await, Err(ClientError::NeedsKey)));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_compressed_body_is_read() {
    let mut gzip = GzEncoder::new(vec![], Compression::default());
    gzip.write_all(br#"{"id": "i1", "name": "Zip"}"#).unwrap();
    let body =
        ResponseTemplate::new(200).set_body_bytes(gzip.finish().unwrap()).insert_header("content-encoding", "gzip");
    let server = mock_server([Mock::given(any()).respond_with(body)]).await;
    let client = account(&Service::new(Options::at(server.uri())).unwrap(), "a");
    assert_eq!(client.own().await.unwrap().name.as_deref(), Some("Zip"));
}

#[tokio::test]
async fn waiting_has_a_budget_over_all_attempts() {
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "3");
    let server = mock_server([Mock::given(any()).respond_with(busy)]).await;
    let client = account(&Service::new(Options::at(server.uri())).unwrap(), "a");
    let outcome = client.get::<Value>(&["athlete", "0"], ALL).await;
    assert!(matches!(outcome, Err(ClientError::RateLimited { retry_after: Some(_) })));
    // A second pause of 3 s would be 6 in all.
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_redirect_to_an_open_address_is_not_followed() {
    let away = ResponseTemplate::new(302).insert_header("location", "http://example.org/");
    let server = mock_server([Mock::given(path("/api/v1/athlete/0")).respond_with(away)]).await;
    let client = account(&Service::new(Options::at(server.uri())).unwrap(), "a");
    assert!(matches!(client.own().await, Err(ClientError::Rejected { status: 302, .. })));
}

#[tokio::test]
async fn a_list_of_athletes_can_only_shrink() {
    let server = profiles().await;
    let client = account(&Service::new(Options::at(server.uri())).unwrap(), "a");
    let client = client.restricted_to(["i2".into()]).restricted_to(["i2".into(), "i9".into()]);
    assert!(client.offers("i2") && !client.offers("i9"));
    for path in
        [vec!["athlete", "i9"], vec!["athlete-plans"], vec!["chats", "1"], vec!["athlete", "0", "athlete-summary"]]
    {
        let outcome = client.get::<Value>(&path, ALL).await;
        assert!(matches!(outcome, Err(ClientError::NotOffered { .. })), "{path:?}");
    }
}

#[tokio::test]
async fn a_certificate_file_without_certificates_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    for ca_file in [file.path().to_owned(), "/nowhere.pem".into()] {
        let options = Options::at("http://127.0.0.1:1").with_ca_file(Some(ca_file));
        assert!(Service::new(options).unwrap().check().is_err());
    }
}

#[tokio::test]
async fn units_that_come_late_do_not_hold_a_finished_answer() {
    let late = reply(json!({"id": "i1"})).set_delay(Duration::from_secs(30));
    let service = upstream_when(ends("athlete/0"), late).and_any(json!({"id": "a"})).await;
    service.answers("rename", json!({}), &["the athlete's settings came too late"]).await;
}
