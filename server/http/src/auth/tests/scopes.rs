//! Scopes: what a token shows, and what is asked for.
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
async fn scopes_decide_whether_only_what_reads_is_seen(#[case] claims: Value, #[case] reads: bool) {
    let issuer = Issuer::start().await;
    let gate = guarded_by(&issuer);
    let identity = gate.admit(&bearer(&issuer.token(json!({}), claims)), METADATA).await.unwrap();
    assert_eq!((identity.view.read_only(), identity.scoped_read_only), (reads, reads));
    let expected: Vec<_> =
        gate.anybody.view.tools().filter(|entry| !reads || entry.tool.effect == intervals_core::Effect::Read).collect();
    assert_eq!(names(&identity.view), expected.iter().map(|entry| &*entry.tool.name).collect::<Vec<_>>());
    for entry in gate.anybody.view.tools() {
        let lacks = reads && entry.tool.effect != intervals_core::Effect::Read;
        assert_eq!(gate.lacks_scope(&identity, &entry.tool.name), lacks, "{}", entry.tool.name);
    }
    assert!(!gate.lacks_scope(&identity, "icu_no_such_tool"));
}

#[rstest]
#[case(json!({"scope": "openid"}))]
#[case(json!({"scope": "intervals:reader xintervals:write"}))]
#[case(json!({"scope": null}))]
#[case(json!({"scope": null, "scp": []}))]
#[tokio::test]
async fn without_a_scope_of_ours_it_is_forbidden(#[case] claims: Value) {
    let issuer = Issuer::start().await;
    let token = issuer.token(json!({}), claims);
    let heard = heard(guarded_by(&issuer).admit(&bearer(&token), METADATA).await.unwrap_err()).await;
    let challenge = format!(
        "Bearer resource_metadata=\"{METADATA}\", scope=\"intervals:read\", error=\"insufficient_scope\", \
         error_description=\"The token has no scope of this server.\""
    );
    assert_eq!((heard.status, heard.challenge), (403, Some(challenge)));
}

#[tokio::test]
async fn a_reader_is_told_what_to_ask_for() {
    let issuer = Issuer::start().await;
    let heard = heard(guarded_by(&issuer).step_up(METADATA)).await;
    let challenge = format!(
        "Bearer resource_metadata=\"{METADATA}\", scope=\"intervals:read intervals:write\", error=\"insufficient_scope\", \
         error_description=\"The token may only read; changing something needs intervals:write.\""
    );
    assert_eq!((heard.status, heard.challenge), (403, Some(challenge)));
}

#[tokio::test]
async fn where_nothing_can_be_changed_nobody_is_sent_for_that_scope() {
    let issuer = Issuer::start().await;
    let toml = format!("read_only = true\n[oauth]\nissuer = \"{}\"\naudience = \"{AUDIENCE}\"", issuer.url());
    let gate = gate(&toml).unwrap();
    let heard = heard(gate.admit(&HeaderMap::new(), METADATA).await.unwrap_err()).await;
    assert!(heard.challenge.unwrap().ends_with("scope=\"intervals:read\""));
    assert_eq!(gate.metadata(AUDIENCE).unwrap()["scopes_supported"], json!(["intervals:read"]));
    let token = issuer.token(json!({}), json!({"scope": "intervals:write"}));
    assert!(gate.admit(&bearer(&token), METADATA).await.unwrap().view.read_only());
}
