//! Finding and fetching the keys of an issuer.
use rstest::rstest;
use serde_json::json;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{method, path},
};

use super::*;
use crate::auth::tests::fixture::Keys;

async fn answers(server: &MockServer, place: &str, body: Value) {
    let answer = ResponseTemplate::new(200).set_body_json(body);
    Mock::given(method("GET")).and(path(place)).respond_with(answer).mount(server).await;
}

#[rstest]
#[case("", "/.well-known/oauth-authorization-server")]
#[case("", "/.well-known/openid-configuration")]
#[case("/", "/.well-known/openid-configuration")]
#[case("/tenant", "/.well-known/oauth-authorization-server/tenant")]
#[case("/tenant", "/.well-known/openid-configuration/tenant")]
#[case("/tenant", "/tenant/.well-known/openid-configuration")]
#[case("/realms/me/", "/realms/me/.well-known/openid-configuration")]
#[tokio::test]
async fn metadata_is_found_where_the_standards_put_it(#[case] at: &str, #[case] place: &str) {
    let server = MockServer::start().await;
    let name = format!("{}{at}", server.uri());
    answers(&server, place, json!({"issuer": name, "jwks_uri": format!("{}/keys", server.uri())})).await;
    answers(&server, "/keys", Keys::new().set()).await;
    let found = Issuer::new(&name, None, None).unwrap().keys().await.unwrap();
    // Five of the ten keys in the set can verify signatures here.
    assert_eq!(found.len(), 5);
}

#[tokio::test]
async fn a_configured_url_needs_no_metadata() {
    let server = MockServer::start().await;
    answers(&server, "/own/keys", Keys::new().set()).await;
    let place = format!("{}/own/keys", server.uri());
    let issuer = Issuer::new("https://id.example.invalid", Some(&place), None).unwrap();
    assert_eq!(issuer.keys().await.unwrap().len(), 5);
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[rstest]
#[case::other_issuer(
    json!({"issuer": "https://evil.example", "jwks_uri": "{here}/keys"}),
    "is the metadata of \"https://evil.example\""
)]
#[case::almost_ours(json!({"issuer": "{here}/", "jwks_uri": "{here}/keys"}), "is the metadata of")]
#[case::keys_in_clear(
    json!({"issuer": "{here}", "jwks_uri": "http://192.0.2.1/keys"}),
    "jwks_uri: \"http://192.0.2.1/keys\" does not start with https://"
)]
#[case::no_keys(json!({"issuer": "{here}"}), "is not a valid document")]
#[tokio::test]
async fn metadata_that_cannot_be_trusted_is_refused(#[case] metadata: Value, #[case] expected: &str) {
    let server = MockServer::start().await;
    let metadata = metadata.to_string().replace("{here}", &server.uri());
    answers(&server, "/.well-known/oauth-authorization-server", serde_json::from_str(&metadata).unwrap()).await;
    answers(&server, "/keys", Keys::new().set()).await;
    let problem = Issuer::new(&server.uri(), None, None).unwrap().keys().await.map(|_| ()).unwrap_err();
    assert!(problem.contains(expected), "{problem}");
}
