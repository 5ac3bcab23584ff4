//! Tests of recorded writes, and of the memory of one call.
#![allow(clippy::unwrap_used, reason = "a test")]
use std::sync::{Arc, Mutex};

use intervals_client::{
    ALL, Body, ClientError, Credential, Effect, Intervals, Options, Outcome, Recorder, Service, Write, WriteCounts,
};
use rstest::rstest;
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::any};

/// Records the writes that it observes.
#[derive(Default)]
struct Seen(Mutex<Vec<String>>);

impl Recorder for Seen {
    fn before(&self, write: &Write<'_>) {
        self.0.lock().unwrap().push(format!("before {}", write.operation));
    }

    fn after(&self, _: &Write<'_>, outcome: Outcome<'_>) {
        let ended = match outcome {
            Outcome::Accepted(reply) => format!("accepted {} bytes", reply.data.len()),
            Outcome::Failed(error) => format!("failed {}", error.kind()),
            _ => "abandoned".into(),
        };
        self.0.lock().unwrap().push(ended);
    }
}

/// Answers everything with an activity of i9.
async fn service(status: u16) -> MockServer {
    let server = MockServer::start().await;
    let activity = ResponseTemplate::new(status).set_body_json(json!({"id": "i1", "icu_athlete_id": "i9"}));
    Mock::given(any()).respond_with(activity).mount(&server).await;
    server
}

fn client(server: &MockServer) -> (Intervals, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let service = Service::new(Options::at(server.uri())).unwrap();
    (service.account(Credential::ApiKey("k".into()), None).for_one_call().recorded_by(seen.clone()), seen)
}

#[rstest]
#[case(200, &["before PUT activity/i1", "accepted 33 bytes"], (1, 0))]
#[case(422, &["before PUT activity/i1", "failed rejected"], (0, 1))]
#[case(500, &["before PUT activity/i1", "failed failed"], (0, 1))]
#[tokio::test]
async fn a_write_is_seen_before_and_after(
    #[case] status: u16,
    #[case] expected: &[&str],
    #[case] (accepted, failed): (usize, usize),
) {
    let server = service(status).await;
    let (client, seen) = client(&server);
    let _ = client.put::<Value>(&["activity", "i1"], ALL, Body::Json(json!({"name": "x"}))).await;
    let _ = client.get::<Value>(&["activity", "i1"], ALL).await;
    assert_eq!(*seen.0.lock().unwrap(), expected);
    let WriteCounts { accepted: a, failed: f, .. } = client.writes();
    assert_eq!((a, f), (accepted, failed));
}

#[tokio::test]
async fn a_refused_write_is_not_seen() {
    let server = service(200).await;
    let (client, seen) = client(&server);
    let refused = client.with_max_effect(Effect::Read).put::<Value>(&["activity", "i1"], ALL, Body::None).await;
    assert!(matches!(refused, Err(ClientError::Refused { .. })));
    assert_eq!(*seen.0.lock().unwrap(), [""; 0]);
}

#[tokio::test]
async fn a_write_whose_caller_gave_up_was_abandoned() {
    let server = service(200).await;
    let (client, seen) = client(&server);
    let path = ["activity", "i1"];
    {
        let write = client.put::<Value>(&path, ALL, Body::None);
        futures::pin_mut!(write);
        let _ = futures::poll!(write.as_mut());
    }
    assert_eq!(*seen.0.lock().unwrap(), ["before PUT activity/i1", "abandoned"]);
    assert_eq!(client.writes().failed, 1);
}

#[tokio::test]
async fn one_call_fetches_an_activity_once_and_its_owner_with_it() {
    let server = service(200).await;
    let (client, _) = client(&server);
    let client = client.restricted_to(["i9".to_owned()]);
    for _ in 0..3 {
        client.get::<Value>(&["activity", "i1"], ALL).await.unwrap();
        client.get::<Value>(&["activity", "i1", "streams"], ALL).await.unwrap();
    }
    let count = |requests: &[wiremock::Request]| requests.iter().filter(|r| r.url.path().ends_with("i1")).count();
    assert_eq!(count(&server.received_requests().await.unwrap()), 1);
    // Another call starts with an empty memory, and a write drops the activity, but not its owner.
    client.clone().for_one_call().get::<Value>(&["activity", "i1"], ALL).await.unwrap();
    client.put::<Value>(&["activity", "i1"], ALL, Body::None).await.unwrap();
    client.get::<Value>(&["activity", "i1"], ALL).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(count(&requests), 4, "one for each call, the write, and the reading after it");
}

#[tokio::test]
async fn an_activity_of_an_athlete_who_is_not_offered_is_not_handed_out() {
    let server = service(200).await;
    let (client, _) = client(&server);
    let client = client.restricted_to(["i2".to_owned()]);
    for _ in 0..2 {
        let refused = client.get::<Value>(&["activity", "i1"], ALL).await;
        assert!(matches!(refused, Err(ClientError::NotOffered { .. })), "{refused:?}");
    }
}
