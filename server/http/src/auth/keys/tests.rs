//! When keys are fetched, and when they expire.
use futures::{FutureExt, future::join_all};
use rstest::rstest;
use serde_json::json;
use wiremock::ResponseTemplate;

use super::{super::jwt::Verifier, *};
use crate::auth::tests::fixture::{self, AUDIENCE};

const ALWAYS: Times = Times {
    refresh_after: Duration::ZERO,
    pause: Duration::ZERO,
    pause_without_keys: Duration::ZERO,
    expire_after: TIMES.expire_after,
};

fn keys(issuer: &fixture::Issuer, times: Times) -> Arc<Keys> {
    Keys::with_times(Issuer::new(&issuer.url(), None, None).unwrap(), times)
}

impl Keys {
    /// Waits for a fetch in the background.
    async fn settled(&self) {
        drop(self.fetching.lock().await);
    }
}

#[tokio::test]
async fn concurrent_callers_share_one_fetch() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, TIMES);
    assert!(join_all((0..32).map(|_| keys.current())).await.into_iter().all(|found| found.is_ok()));
    assert_eq!(issuer.fetches().await, 1);
}

#[tokio::test]
async fn a_caller_who_disconnects_does_not_stop_the_fetch() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, TIMES);
    assert!(keys.current().now_or_never().is_none());
    keys.current().await.unwrap();
    assert_eq!(issuer.fetches().await, 1);
}

#[tokio::test]
async fn an_unknown_key_does_not_cause_repeated_fetches() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, TIMES);
    for _ in 0..5 {
        keys.renewed().await.unwrap();
    }
    assert_eq!(issuer.fetches().await, 1);
}

#[rstest]
#[case::by_name(json!({"kid": "p256", "alg": "ES256"}))]
#[case::by_signature(json!({"kid": null, "alg": "ES256"}))]
#[tokio::test]
async fn a_new_key_is_found_with_its_first_token(#[case] header: serde_json::Value) {
    let mut issuer = fixture::Issuer::start().await;
    let rotating = Times { refresh_after: TIMES.refresh_after, ..ALWAYS };
    let verifier = Verifier::new(&issuer.url(), &[AUDIENCE.into()], 60, keys(&issuer, rotating));
    let before = issuer.token(header.clone(), json!({}));
    // The set holds only a key of another kind until it is rotated.
    let mut set = issuer.keys.set();
    set["keys"].as_array_mut().unwrap().retain(|key| key["kid"] == "p384");
    issuer.answers_keys(ResponseTemplate::new(200).set_body_json(set)).await;
    assert!(verifier.claims(&before).await.is_err());
    issuer.publishes(&issuer.keys).await;
    verifier.claims(&before).await.unwrap();
    // A key replaces another one, and its tokens name no key.
    issuer.keys = fixture::Keys::new();
    issuer.publishes(&issuer.keys).await;
    let after = issuer.token(json!({"kid": null, "alg": "ES256"}), json!({}));
    verifier.claims(&after).await.unwrap();
    assert!(verifier.claims(&before).await.is_err());
}

#[tokio::test]
async fn old_keys_are_used_while_new_ones_are_fetched() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, ALWAYS);
    let first = keys.current().await.unwrap();
    let second = keys.current().await.unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    keys.settled().await;
    assert_eq!(issuer.fetches().await, 2);
    assert!(!Arc::ptr_eq(&first, &keys.current().await.unwrap()));
}

#[tokio::test]
async fn recent_keys_are_not_fetched_again() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, Times { refresh_after: TIMES.refresh_after, ..ALWAYS });
    for _ in 0..3 {
        keys.current().await.unwrap();
        keys.settled().await;
    }
    assert_eq!(issuer.fetches().await, 1);
}

#[tokio::test]
async fn a_failed_refresh_keeps_the_old_keys() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, ALWAYS);
    let first = keys.current().await.unwrap();
    issuer.answers_keys(ResponseTemplate::new(500)).await;
    keys.renewed().await.unwrap();
    assert_eq!(issuer.fetches().await, 1);
    assert!(Arc::ptr_eq(&first, &keys.current().await.unwrap()));
}

#[tokio::test]
async fn expired_keys_are_not_used() {
    let issuer = fixture::Issuer::start().await;
    let keys = keys(&issuer, Times { expire_after: Duration::ZERO, ..ALWAYS });
    assert!(matches!(keys.current().await, Err(Problem::NoKeys(_))));
    assert_eq!(issuer.fetches().await, 1);
}

#[rstest]
#[case::error(ResponseTemplate::new(500))]
#[case::page(ResponseTemplate::new(200).set_body_string("<html>"))]
#[case::no_set(ResponseTemplate::new(200).set_body_json(json!({"error": "no"})))]
#[case::nothing_in_it(ResponseTemplate::new(200).set_body_json(json!({"keys": []})))]
#[case::secrets_only(ResponseTemplate::new(200).set_body_json(json!({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]})))]
#[case::endless(
    ResponseTemplate::new(200).set_body_string(fixture::Keys::new().set().to_string() + &" ".repeat(1 << 20))
)]
#[case::elsewhere_in_clear(ResponseTemplate::new(302).insert_header("location", "http://192.0.2.1/keys"))]
#[tokio::test]
async fn a_fetch_without_keys_is_an_error_and_not_repeated_at_once(#[case] answer: ResponseTemplate) {
    let issuer = fixture::Issuer::start().await;
    issuer.answers_keys(answer).await;
    let keys = keys(&issuer, TIMES);
    for _ in 0..3 {
        let outcome = keys.current().await.map(|_| ());
        assert_eq!(outcome, Err(Problem::NoKeys(TIMES.pause_without_keys)));
    }
    assert_eq!(issuer.fetches().await, 1);
}
