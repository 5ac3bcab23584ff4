//! Which callers are accepted, and the responses to the others.
mod access_tokens;
mod catalog;
mod faults;
pub(super) mod fixture;
mod operator_tokens;
mod scopes;

use axum::{
    body::to_bytes,
    http::{HeaderMap, HeaderValue, header},
    response::IntoResponse,
};

use super::*;
use intervals_settings::{Layer, Places, load};

/// The URL of the metadata (RFC 9728).
const METADATA: &str = "https://mcp.example.org/.well-known/oauth-protected-resource/mcp";

/// The authenticator of this configuration, in which `{dir}` is a folder with the file `token`.
fn authenticator(toml: &str) -> Result<Authenticator, Fault> {
    let folder = tempfile::tempdir().unwrap();
    // A backslash would start an escape in TOML.
    let slashes = |path: &str| path.replace('\\', "/");
    let dir = slashes(&folder.path().display().to_string());
    std::fs::write(folder.path().join("token"), "file-0123456789abcdef \nsecond line\n").unwrap();
    std::fs::write(folder.path().join("short"), "short\n").unwrap();
    let file = folder.path().join("config.toml");
    std::fs::write(&file, toml.replace("{dir}", &dir)).unwrap();
    let places = Places {
        file: Some(file),
        platform_file: None,
        home: None,
        dotenv: folder.path().join(".env"),
        environment: vec![],
    };
    let loaded = load(places, Layer::command_line([])).unwrap_or_else(|faults| panic!("{faults:?}"));
    let config = loaded.config;
    let catalog = catalog::catalog();
    let selection = Selection::from(&config);
    let view = View::new(&catalog, &selection).unwrap();
    Authenticator::new(&config, &loaded.sources, &catalog, &view).map_err(|fault| Fault {
        // The name of the folder differs each time.
        place: slashes(&fault.place).replace(&dir, "{dir}"),
        problem: fault.problem.replace(&dir, "{dir}"),
        ..fault
    })
}

/// An authenticator that accepts this issuer's tokens.
fn authenticator_for(issuer: &fixture::Issuer) -> Authenticator {
    authenticator(&format!("public_url = \"https://mcp.example.org\"\n[oauth]\nissuer = \"{}\"", issuer.url())).unwrap()
}

/// `Authorization` headers.
fn authorization(values: &[&str]) -> HeaderMap {
    values.iter().map(|value| (header::AUTHORIZATION, HeaderValue::from_str(value).unwrap())).collect()
}

fn bearer(token: &str) -> HeaderMap {
    authorization(&[&format!("Bearer {token}")])
}

/// The parts of a refusal's response.
#[derive(Debug, PartialEq)]
struct RefusalResponse {
    status: u16,
    challenge: Option<String>,
    retry_after: Option<String>,
    body: String,
}

async fn response(refusal: Refusal) -> RefusalResponse {
    let response = refusal.into_response();
    let header = |name| response.headers().get(name).map(|value: &HeaderValue| value.to_str().unwrap().to_owned());
    let (challenge, retry_after) = (header(header::WWW_AUTHENTICATE), header(header::RETRY_AFTER));
    assert_eq!(header(header::CACHE_CONTROL).as_deref(), Some("no-store"));
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 10).await.unwrap();
    RefusalResponse { status, challenge, retry_after, body: String::from_utf8(body.to_vec()).unwrap() }
}

fn names(view: &View) -> Vec<&str> {
    view.tools().map(|entry| &*entry.tool.name).collect()
}

#[tokio::test]
async fn without_tokens_and_issuer_the_server_is_open() {
    let authenticator = authenticator("").unwrap();
    assert!(authenticator.is_open() && authenticator.metadata("https://mcp.example.org/mcp").is_none());
    let identity = authenticator.admit(&bearer("whatever"), METADATA).await.unwrap();
    assert_eq!((&*identity.name, identity.athletes.is_none(), identity.scoped_read_only), ("anybody", true, false));
}

#[test]
fn the_future_of_a_request_is_send() {
    fn moves<T: Send>(_: T) {}
    let (authenticator, headers) = (authenticator("").unwrap(), HeaderMap::new());
    moves(authenticator.admit(&headers, METADATA));
}
