//! Who comes in, and what the others hear.
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

/// Where the document of RFC 9728 would be.
const METADATA: &str = "https://mcp.example.org/.well-known/oauth-protected-resource/mcp";

/// A gate as this configuration wishes it; `{dir}` in it is a folder with the file `token`.
fn gate(toml: &str) -> Result<Authenticator, Fault> {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().display().to_string();
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
    let selection = Selection {
        packs: config.packs.0.clone(),
        allow: config.tools.0.clone(),
        deny: config.exclude_tools.0.clone(),
        delete_mode: config.delete_mode.into(),
        read_only: config.read_only,
    };
    let view = View::new(&catalog, &selection).unwrap();
    Authenticator::new(&config, &loaded.sources, &catalog, &view).map_err(|fault| Fault {
        // The folder is another one each time.
        place: fault.place.replace(&dir, "{dir}"),
        problem: fault.problem.replace(&dir, "{dir}"),
        ..fault
    })
}

/// One that takes this issuer's tokens.
fn guarded_by(issuer: &fixture::Issuer) -> Authenticator {
    gate(&format!("public_url = \"https://mcp.example.org\"\n[oauth]\nissuer = \"{}\"", issuer.url())).unwrap()
}

/// `Authorization` headers.
fn sends(values: &[&str]) -> HeaderMap {
    values.iter().map(|value| (header::AUTHORIZATION, HeaderValue::from_str(value).unwrap())).collect()
}

fn bearer(token: &str) -> HeaderMap {
    sends(&[&format!("Bearer {token}")])
}

/// A refusal as it is sent.
#[derive(Debug, PartialEq)]
struct Heard {
    status: u16,
    challenge: Option<String>,
    retry_after: Option<String>,
    body: String,
}

async fn heard(refusal: Refusal) -> Heard {
    let response = refusal.into_response();
    let header = |name| response.headers().get(name).map(|value: &HeaderValue| value.to_str().unwrap().to_owned());
    let (challenge, retry_after) = (header(header::WWW_AUTHENTICATE), header(header::RETRY_AFTER));
    assert_eq!(header(header::CACHE_CONTROL).as_deref(), Some("no-store"));
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1 << 10).await.unwrap();
    Heard { status, challenge, retry_after, body: String::from_utf8(body.to_vec()).unwrap() }
}

fn names(view: &View) -> Vec<&str> {
    view.tools().map(|entry| &*entry.tool.name).collect()
}

#[tokio::test]
async fn without_tokens_and_issuer_anybody_may_call() {
    let gate = gate("").unwrap();
    assert!(gate.is_open() && gate.metadata("https://mcp.example.org/mcp").is_none());
    let identity = gate.admit(&bearer("whatever"), METADATA).await.unwrap();
    assert_eq!((&*identity.name, identity.athletes.is_none(), identity.scoped_read_only), ("anybody", true, false));
}

/// A transport's handlers run on any thread.
#[test]
fn admitting_can_move_between_threads() {
    fn moves<T: Send>(_: T) {}
    let (gate, headers) = (gate("").unwrap(), HeaderMap::new());
    moves(gate.admit(&headers, METADATA));
}
