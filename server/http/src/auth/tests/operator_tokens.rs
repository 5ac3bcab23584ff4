//! The operator's tokens.
use rstest::rstest;

use super::{fixture::Issuer, *};

const PLAIN: &str = "Bearer realm=\"intervals-icu-mcp\"";
/// `printf %s hash-0123456789abcdef | sha256sum`
const HASH: &str = "31c49c2485bbad99613f2b7757cfdb59816603d944e8028b91c59cc2420103d8";

fn three() -> Authenticator {
    authenticator(&format!(
        "http_token = \"main-0123456789abcdef\"\n[[http_tokens]]\nname = \"hash\"\nsha256 = \"{HASH}\"\n\
         [[http_tokens]]\nname = \"file\"\nfile = \"{{dir}}/token\"\nathletes = [\"i1\", \"i2\"]\n\
         [[http_tokens]]\nname = \"text\"\ntoken = \"text-0123456789abcdef\"\nread_only = true\nathletes = [\"any\"]"
    ))
    .unwrap()
}

#[rstest]
#[case("Bearer main-0123456789abcdef", "http_token")]
#[case("bearer hash-0123456789abcdef", "hash")]
#[case("BEARER   file-0123456789abcdef", "file")]
#[case("Bearer text-0123456789abcdef ", "text")]
#[tokio::test]
async fn each_token_has_its_name(#[case] sent: &str, #[case] name: &str) {
    let identity = three().admit(&authorization(&[sent]), METADATA).await.unwrap();
    assert_eq!((&*identity.name, identity.scoped_read_only), (name, false));
}

#[rstest]
#[case::nothing(&[], "")]
#[case::other_scheme(&["Basic bWFpbi0wMTIzNDU2Nzg5YWJjZGVm"], "")]
#[case::no_scheme(&["main-0123456789abcdef"], "")]
#[case::no_token(&["Bearer"], "The credentials are not valid: send one Authorization header with one bearer token.")]
#[case::blank(&["Bearer  "], "The credentials are not valid: send one Authorization header with one bearer token.")]
#[case::two(
    &["Bearer main-0123456789abcdef", "Bearer main-0123456789abcdef"],
    "The credentials are not valid: send one Authorization header with one bearer token."
)]
#[case::two_in_one(
    &["Bearer main-0123456789abcdef main-0123456789abcdef"],
    "The credentials are not valid: send one Authorization header with one bearer token."
)]
#[case::wrong(&["Bearer main-0123456789abcdeF"], "The token is not valid.")]
#[case::longer(&["Bearer main-0123456789abcdef0"], "The token is not valid.")]
#[case::shorter(&["Bearer main-0123456789abcde"], "The token is not valid.")]
#[case::hash_as_token(&["Bearer 31c49c2485bbad99613f2b7757cfdb59816603d944e8028b91c59cc2420103d8"], "The token is not valid.")]
#[case::second_line_of_file(&["Bearer second"], "The token is not valid.")]
#[tokio::test]
async fn a_request_without_a_valid_token_is_refused(#[case] sent: &[&str], #[case] error: &str) {
    let response = response(three().admit(&authorization(sent), METADATA).await.unwrap_err()).await;
    let challenge = match error {
        "" => PLAIN.to_owned(),
        error => format!("{PLAIN}, error=\"invalid_token\", error_description=\"{error}\""),
    };
    assert_eq!((response.status, response.challenge, response.retry_after), (401, Some(challenge), None));
}

#[tokio::test]
async fn limits_apply_to_one_token_only() {
    let authenticator = three();
    let of = async |token: &str| authenticator.admit(&bearer(token), METADATA).await.unwrap();
    let (main, file, text) =
        (of("main-0123456789abcdef").await, of("file-0123456789abcdef").await, of("text-0123456789abcdef").await);
    assert_eq!(names(&main.view), names(&authenticator.anybody.view));
    assert!(main.athletes.is_none() && text.athletes.is_none());
    assert_eq!(file.athletes.as_deref(), Some(&["i1".to_owned(), "i2".into()][..]));
    assert!(text.view.read_only() && !file.view.read_only() && !main.view.read_only());
    assert!(text.view.tools().all(|entry| entry.tool.effect == intervals_core::Effect::Read));
    // The operator set this limit, so no wider scope can be requested.
    assert!(authenticator.anybody.view.tools().all(|entry| !authenticator.lacks_scope(&text, &entry.tool.name)));
}

#[rstest]
#[case::packs("packs = [\"wellness\"]", |name: &str| name.contains("wellness"))]
#[case::packs_as_text("packs = \"all,-wellness\"", |name: &str| !name.contains("wellness"))]
#[case::tools("tools = [\"icu_get_w*\"]", |name: &str| name.starts_with("icu_get_w"))]
#[case::without("exclude_tools = [\"icu_get_w*\"]", |name: &str| !name.starts_with("icu_get_w"))]
#[case::read_only("read_only = true", |name: &str| !name.contains("update"))]
#[tokio::test]
async fn a_token_shows_less_than_the_operator_allows(#[case] limit: &str, #[case] shown: fn(&str) -> bool) {
    let server = "packs = [\"wellness\", \"athlete\"]\ndelete_mode = \"none\"";
    let authenticator =
        authenticator(&format!("{server}\n[[http_tokens]]\nname = \"a\"\ntoken = \"0123456789abcdef\"\n{limit}"))
            .unwrap();
    let identity = authenticator.admit(&bearer("0123456789abcdef"), METADATA).await.unwrap();
    let expected: Vec<_> = names(&authenticator.anybody.view).into_iter().filter(|name| shown(name)).collect();
    assert!(!expected.is_empty() && expected.len() < names(&authenticator.anybody.view).len());
    assert_eq!(names(&identity.view), expected);
}

#[tokio::test]
async fn a_token_cannot_show_more_than_the_operator_allows() {
    let toml = "read_only = true\ndelete_mode = \"none\"\n[[http_tokens]]\nname = \"a\"\ntoken = \"0123456789abcdef\"\n\
                packs = [\"all\"]\ntools = [\"*\"]\nread_only = false";
    let authenticator = authenticator(toml).unwrap();
    let identity = authenticator.admit(&bearer("0123456789abcdef"), METADATA).await.unwrap();
    assert_eq!(names(&identity.view), names(&authenticator.anybody.view));
    assert!(identity.view.read_only());
}

#[tokio::test]
async fn tokens_and_an_issuer_can_be_combined() {
    let issuer = Issuer::start().await;
    let authenticator = authenticator(&format!(
        "http_token = \"main-0123456789abcdef\"\n[oauth]\nissuer = \"{}\"\naudience = \"{}\"",
        issuer.url(),
        fixture::AUDIENCE
    ))
    .unwrap();
    let of = async |token: &str| {
        authenticator.admit(&bearer(token), METADATA).await.map(|identity| identity.name.to_string())
    };
    assert_eq!(of("main-0123456789abcdef").await.unwrap(), "http_token");
    assert_eq!(issuer.fetches().await, 0);
    let empty = || serde_json::json!({});
    assert_eq!(of(&issuer.token(empty(), empty())).await.unwrap(), "oauth:user|7");
    let response = response(of("other-0123456789abcdef").await.unwrap_err()).await;
    assert!(response.challenge.unwrap().starts_with("Bearer resource_metadata="));
}
