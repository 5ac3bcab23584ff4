//! Access tokens of an issuer, valid and invalid in every way.
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    fixture::{AUDIENCE, Issuer, now},
    *,
};

const NOT_VALID: &str = "The token is not valid.";
const EXPIRED: &str = "The token has expired.";
const NOT_FOR_US: &str = "The token is not for this server.";

#[rstest]
#[case::rs256(json!({"alg": "RS256", "kid": "rsa"}))]
#[case::rs384(json!({"alg": "RS384", "kid": "rsa"}))]
#[case::rs512(json!({"alg": "RS512", "kid": "rsa"}))]
#[case::ps256(json!({"alg": "PS256", "kid": "rsa"}))]
#[case::ps384(json!({"alg": "PS384", "kid": "rsa"}))]
#[case::ps512(json!({"alg": "PS512", "kid": "rsa"}))]
#[case::key_for_one_algorithm(json!({"alg": "RS512", "kid": "rsa-512"}))]
#[case::es256(json!({"alg": "ES256", "kid": "p256"}))]
#[case::es384(json!({"alg": "ES384", "kid": "p384"}))]
#[case::eddsa(json!({"alg": "EdDSA", "kid": "ed"}))]
#[case::no_key_named(json!({"alg": "ES384", "kid": null}))]
#[case::jwt(json!({"typ": "JWT"}))]
#[case::long_typ(json!({"typ": "application/at+jwt"}))]
#[case::upper_typ(json!({"typ": "AT+JWT"}))]
#[case::no_typ(json!({"typ": null}))]
#[tokio::test]
async fn a_valid_token_is_accepted(#[case] header: Value) {
    let issuer = Issuer::start().await;
    let token = issuer.token(header, json!({}));
    let identity = authenticator_for(&issuer).admit(&bearer(&token), METADATA).await.unwrap();
    assert_eq!(&*identity.name, "oauth:user|7");
}

#[rstest]
#[case::none(json!({"alg": "none"}))]
#[case::no_algorithm(json!({"alg": "nOnE"}))]
#[case::none_without_key(json!({"alg": "none", "kid": null}))]
#[case::public_key_as_secret(json!({"alg": "HS256"}))]
#[case::secret_of_the_set(json!({"alg": "HS256", "kid": "secret"}))]
#[case::any_secret(json!({"alg": "HS256", "kid": null}))]
#[case::curve_we_do_not_know(json!({"alg": "ES256K", "kid": "k1"}))]
#[case::unknown_key(json!({"kid": "new"}))]
#[case::key_of_another_kind(json!({"alg": "ES256", "kid": "rsa"}))]
#[case::other_curve(json!({"alg": "ES256", "kid": "p384"}))]
#[case::algorithm_not_of_the_key(json!({"alg": "RS256", "kid": "rsa-512"}))]
#[case::key_for_encryption(json!({"kid": "rsa-enc"}))]
#[case::key_for_wrapping(json!({"kid": "rsa-wrap"}))]
#[case::identity_token(json!({"typ": "id_token+jwt"}))]
#[case::logout_token(json!({"typ": "logout+jwt"}))]
#[case::extension_we_do_not_know(json!({"crit": ["exp"]}))]
#[tokio::test]
async fn a_token_with_a_wrong_header_is_not_valid(#[case] header: Value) {
    refused(header, json!({}), NOT_VALID).await;
}

#[rstest]
#[case::expired(json!({"exp": now() - 120}), EXPIRED)]
#[case::without_expiry(json!({"exp": null}), NOT_VALID)]
#[case::odd_expiry(json!({"exp": "tomorrow"}), NOT_VALID)]
#[case::not_yet(json!({"nbf": now() + 120}), NOT_VALID)]
#[case::odd_start(json!({"nbf": "today"}), NOT_VALID)]
#[case::issued_in_the_future(json!({"iat": now() + 120}), NOT_VALID)]
#[case::other_audience(json!({"aud": "https://other.example.org/mcp"}), NOT_FOR_US)]
#[case::other_audiences(json!({"aud": ["https://mcp.example.org", "account"]}), NOT_FOR_US)]
#[case::looks_like_ours(json!({"aud": format!("{AUDIENCE}/")}), NOT_FOR_US)]
#[case::without_audience(json!({"aud": null}), NOT_FOR_US)]
#[case::no_audiences(json!({"aud": []}), NOT_FOR_US)]
#[case::other_issuer(json!({"iss": "https://evil.example"}), NOT_VALID)]
#[case::without_issuer(json!({"iss": null}), NOT_VALID)]
#[case::nobody(json!({"sub": null}), NOT_VALID)]
#[case::nobody_at_all(json!({"sub": ""}), NOT_VALID)]
#[case::endless_name(json!({"sub": "x".repeat(256)}), NOT_VALID)]
#[case::odd_scope(json!({"scope": 7}), NOT_VALID)]
#[tokio::test]
async fn a_token_with_wrong_claims_is_refused(#[case] claims: Value, #[case] message: &str) {
    refused(json!({}), claims, message).await;
}

async fn refused(header: Value, claims: Value, message: &str) {
    let issuer = Issuer::start().await;
    let authenticator = authenticator_for(&issuer);
    let token = issuer.token(header, claims);
    let response = response(authenticator.admit(&bearer(&token), METADATA).await.unwrap_err()).await;
    let challenge = format!(
        "Bearer resource_metadata=\"{METADATA}\", scope=\"intervals:read intervals:write\", error=\"invalid_token\", \
         error_description=\"{message}\""
    );
    let expected = RefusalResponse { status: 401, challenge: Some(challenge), retry_after: None, body: message.into() };
    assert_eq!(response, expected);
    // Other tokens are still accepted.
    authenticator.admit(&bearer(&issuer.token(json!({}), json!({}))), METADATA).await.unwrap();
}

#[rstest]
#[case::changed_claims(|token: &str, other: &str| swapped(token, other, 1))]
#[case::changed_header(|token: &str, other: &str| swapped(token, other, 0))]
#[case::changed_signature(|token: &str, other: &str| swapped(token, other, 2))]
#[case::without_signature(|token: &str, _: &str| token[..=token.rfind('.').unwrap()].to_owned())]
#[case::two_parts(|token: &str, _: &str| token[..token.rfind('.').unwrap()].to_owned())]
#[case::four_parts(|token: &str, _: &str| format!("{token}.x"))]
#[case::no_token(|_: &str, _: &str| "hello".to_owned())]
#[tokio::test]
async fn a_changed_token_is_not_valid(#[case] touch: fn(&str, &str) -> String) {
    let issuer = Issuer::start().await;
    let other = issuer.token(json!({"alg": "RS384"}), json!({"scope": "intervals:write"}));
    let token = touch(&issuer.token(json!({}), json!({})), &other);
    let response = response(authenticator_for(&issuer).admit(&bearer(&token), METADATA).await.unwrap_err()).await;
    assert_eq!((response.status, response.body.as_str()), (401, NOT_VALID));
    assert!(!response.challenge.unwrap().contains(&token));
}

#[tokio::test]
async fn a_token_of_more_than_8_kib_is_refused_unread() {
    let issuer = Issuer::start().await;
    let authenticator = authenticator_for(&issuer);
    let token = issuer.token(json!({}), json!({"padding": "x".repeat(6 << 10)}));
    assert!(token.len() > 8 << 10);
    let response = response(authenticator.admit(&bearer(&token), METADATA).await.unwrap_err()).await;
    assert_eq!((response.status, response.body.as_str(), issuer.fetches().await), (401, NOT_VALID, 0));
}

fn swapped(token: &str, other: &str, part: usize) -> String {
    let mut parts: Vec<_> = token.split('.').collect();
    parts[part] = other.split('.').nth(part).unwrap();
    parts.join(".")
}

#[rstest]
#[case::just_expired(json!({"exp": now() - 20}))]
#[case::just_not_yet(json!({"nbf": now() + 20, "iat": now() + 20}))]
#[case::one_of_several(json!({"aud": ["account", AUDIENCE]}))]
#[case::fractions(json!({"exp": now() as f64 + 100.5, "iat": now() as f64 - 0.5}))]
#[case::issued_at_no_time(json!({"iat": null}))]
#[tokio::test]
async fn clocks_may_differ_a_little_and_audiences_may_be_several(#[case] claims: Value) {
    let issuer = Issuer::start().await;
    authenticator_for(&issuer).admit(&bearer(&issuer.token(json!({}), claims)), METADATA).await.unwrap();
}

#[rstest]
#[case("https://mcp.example.org/", "/mcp", "https://mcp.example.org/mcp")]
#[case("https://example.org/icu", "/mcp", "https://example.org/icu/mcp")]
#[case("https://mcp.example.org", "/", "https://mcp.example.org/")]
#[case("https://mcp.example.org", "/", "https://mcp.example.org")]
#[tokio::test]
async fn the_public_url_of_an_endpoint_is_the_audience(#[case] url: &str, #[case] path: &str, #[case] audience: &str) {
    let issuer = Issuer::start().await;
    let toml = format!("public_url = \"{url}\"\npath = \"{path}\"\n[oauth]\nissuer = \"{}\"", issuer.url());
    let token = issuer.token(json!({}), json!({"aud": audience}));
    authenticator(&toml).unwrap().admit(&bearer(&token), METADATA).await.unwrap();
}

#[tokio::test]
async fn a_request_without_a_token_gets_a_challenge_without_an_error() {
    let issuer = Issuer::start().await;
    let authenticator = authenticator_for(&issuer);
    let response = response(authenticator.admit(&HeaderMap::new(), METADATA).await.unwrap_err()).await;
    let challenge = format!("Bearer resource_metadata=\"{METADATA}\", scope=\"intervals:read intervals:write\"");
    assert_eq!((response.status, response.challenge), (401, Some(challenge)));
    assert!(!authenticator.is_open());
    assert_eq!(issuer.fetches().await, 0, "nothing is fetched before there is a token to check");
}

#[tokio::test]
async fn a_host_header_cannot_break_out_of_the_challenge() {
    let issuer = Issuer::start().await;
    let odd = "https://x\", error=\"none\\\r\n/meta";
    let response = response(authenticator_for(&issuer).admit(&HeaderMap::new(), odd).await.unwrap_err()).await;
    assert!(response.challenge.unwrap().starts_with("Bearer resource_metadata=\"https://x,error=none/meta\", scope="));
}

#[tokio::test]
async fn the_name_of_a_subject_or_client_is_one_line() {
    let issuer = Issuer::start().await;
    let authenticator = authenticator_for(&issuer);
    let name = async |claims: Value| {
        let token = issuer.token(json!({}), claims);
        authenticator.admit(&bearer(&token), METADATA).await.unwrap().name.to_string()
    };
    assert_eq!(name(json!({"sub": "a\nb"})).await, "oauth:a\\nb");
    assert_eq!(name(json!({"sub": null, "client_id": "robot"})).await, "oauth-client:robot");
    assert_eq!(name(json!({"sub": null, "azp": "robot"})).await, "oauth-client:robot");
}

#[tokio::test]
async fn without_the_issuers_keys_the_status_is_503() {
    let issuer = Issuer::start().await;
    issuer.server.reset().await;
    let token = issuer.token(json!({}), json!({}));
    let response = response(authenticator_for(&issuer).admit(&bearer(&token), METADATA).await.unwrap_err()).await;
    assert_eq!((response.status, response.challenge, response.retry_after.as_deref()), (503, None, Some("5")));
    assert!(response.body.starts_with("The keys of the token issuer cannot be fetched now"), "{}", response.body);
}

#[tokio::test]
async fn the_keys_of_the_same_issuer_stay_known_when_the_configuration_changes() {
    let (issuer, other) = (Issuer::start().await, Issuer::start().await);
    let token = issuer.token(json!({}), json!({}));
    let before = authenticator_for(&issuer);
    before.admit(&bearer(&token), METADATA).await.unwrap();
    // The issuer is down while the configuration changes.
    issuer.server.reset().await;
    let after = authenticator_for(&issuer).after(&before);
    after.admit(&bearer(&token), METADATA).await.unwrap();
    let elsewhere = authenticator_for(&other).after(&before);
    elsewhere.admit(&bearer(&token), METADATA).await.unwrap_err();
    elsewhere.admit(&bearer(&other.token(json!({}), json!({}))), METADATA).await.unwrap();
}

#[tokio::test]
async fn the_metadata_names_the_issuer() {
    let issuer = Issuer::start().await;
    let expected = json!({
        "resource": AUDIENCE,
        "authorization_servers": [issuer.url()],
        "scopes_supported": ["intervals:read", "intervals:write"],
        "bearer_methods_supported": ["header"],
        "resource_name": "Intervals.icu",
    });
    assert_eq!(authenticator_for(&issuer).metadata(AUDIENCE), Some(expected));
}
