//! Scopes: which tools a token shows, and which scopes a challenge requests.
use rstest::rstest;
use serde_json::{Value, json};

use super::{
    fixture::{AUDIENCE, Issuer},
    *,
};

#[rstest]
#[case::text(json!({"scope": "intervals:read"}), true)]
#[case::both(json!({"scope": "intervals:read intervals:write"}), false)]
#[case::write_alone(json!({"scope": "intervals:write"}), false)]
#[case::list(json!({"scope": null, "scp": ["profile", "intervals:read"]}), true)]
#[case::list_of_both(json!({"scope": null, "scp": ["intervals:write", "intervals:read"]}), false)]
#[case::scp_as_text(json!({"scope": null, "scp": "openid intervals:read"}), true)]
#[case::scope_as_list(json!({"scope": ["intervals:write"]}), false)]
#[tokio::test]
async fn scopes_decide_whether_only_reading_tools_are_shown(#[case] claims: Value, #[case] reads: bool) {
    let issuer = Issuer::start().await;
    let authenticator = authenticator_for(&issuer);
    let identity = authenticator.admit(&bearer(&issuer.token(json!({}), claims)), METADATA).await.unwrap();
    assert_eq!((identity.view.read_only(), identity.scoped_read_only), (reads, reads));
    let expected: Vec<_> = authenticator
        .anybody
        .view
        .tools()
        .filter(|entry| !reads || entry.tool.effect == intervals_core::Effect::Read)
        .collect();
    assert_eq!(names(&identity.view), expected.iter().map(|entry| &*entry.tool.name).collect::<Vec<_>>());
    for entry in authenticator.anybody.view.tools() {
        let lacks = reads && entry.tool.effect != intervals_core::Effect::Read;
        assert_eq!(authenticator.lacks_scope(&identity, &entry.tool.name), lacks, "{}", entry.tool.name);
    }
    assert!(!authenticator.lacks_scope(&identity, "icu_no_such_tool"));
}

#[rstest]
#[case(json!({"scope": "openid"}))]
#[case(json!({"scope": "intervals:reader xintervals:write"}))]
#[case(json!({"scope": null}))]
#[case(json!({"scope": null, "scp": []}))]
#[tokio::test]
async fn a_token_without_a_known_scope_is_forbidden(#[case] claims: Value) {
    let issuer = Issuer::start().await;
    let token = issuer.token(json!({}), claims);
    let response = response(authenticator_for(&issuer).admit(&bearer(&token), METADATA).await.unwrap_err()).await;
    let challenge = format!(
        "Bearer resource_metadata=\"{METADATA}\", scope=\"intervals:read\", error=\"insufficient_scope\", \
         error_description=\"The token has no scope of this server.\""
    );
    assert_eq!((response.status, response.challenge), (403, Some(challenge)));
}

#[tokio::test]
async fn a_read_only_token_gets_a_challenge_for_the_write_scope() {
    let issuer = Issuer::start().await;
    let response = response(authenticator_for(&issuer).step_up(METADATA)).await;
    let challenge = format!(
        "Bearer resource_metadata=\"{METADATA}\", scope=\"intervals:read intervals:write\", error=\"insufficient_scope\", \
         error_description=\"The token may only read; changing something needs intervals:write.\""
    );
    assert_eq!((response.status, response.challenge), (403, Some(challenge)));
}

#[tokio::test]
async fn a_read_only_server_does_not_request_the_write_scope() {
    let issuer = Issuer::start().await;
    let toml = format!("read_only = true\n[oauth]\nissuer = \"{}\"\naudience = \"{AUDIENCE}\"", issuer.url());
    let authenticator = authenticator(&toml).unwrap();
    let response = response(authenticator.admit(&HeaderMap::new(), METADATA).await.unwrap_err()).await;
    assert!(response.challenge.unwrap().ends_with("scope=\"intervals:read\""));
    assert_eq!(authenticator.metadata(AUDIENCE).unwrap()["scopes_supported"], json!(["intervals:read"]));
    let token = issuer.token(json!({}), json!({"scope": "intervals:write"}));
    assert!(authenticator.admit(&bearer(&token), METADATA).await.unwrap().view.read_only());
}
