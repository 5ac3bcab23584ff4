//! What strangers try over HTTP: each with the status it gets, and nothing leaked.
#![cfg(all(feature = "http", feature = "demo", feature = "activities"))]
use std::{
    io::{Read, Write},
    net::TcpStream,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use intervals_core::testing::{mock_server, reply};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use rstest::rstest;
use serde_json::{Value, json};

use crate::{
    protocol::legacy,
    serving::{self, Server, calling, hello, read},
};

const TOKEN: &str = "a-token-of-the-operator-0123456789";

fn guarded(environment: &[(&str, &str)]) -> Server {
    let token = [("INTERVALS_ICU_HTTP_TOKEN", TOKEN)];
    let transports = ["--transport", "http", "--transport", "sse", "--log", "debug"];
    serving::demo(&transports, &[&token, environment].concat())
}

fn bearer() -> String {
    format!("Authorization: Bearer {TOKEN}\r\n")
}

/// Nothing of the athlete, of the token or of the machine.
fn tells_nothing(said: &str) {
    for secret in [TOKEN, "Coast loop", "i7001", "Authorization: Bearer a-", "/root", "/home", "panicked", "API_KEY"] {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
}

#[rstest]
#[case::no_token("", 401)]
#[case::wrong_token("Authorization: Bearer a-token-of-the-operator-012345678X\r\n", 401)]
#[case::half_token("Authorization: Bearer a-token-of-the\r\n", 401)]
#[case::longer_token("Authorization: Bearer a-token-of-the-operator-0123456789-and-more\r\n", 401)]
#[case::empty_token("Authorization: Bearer \r\n", 401)]
#[case::no_scheme("Authorization: a-token-of-the-operator-0123456789\r\n", 401)]
#[case::other_scheme("Authorization: Basic YTph\r\n", 401)]
#[case::two_tokens("Authorization: Bearer a-token-of-the-operator-0123456789\r\nAuthorization: Bearer other\r\n", 401)]
#[case::evil_host("Host: evil.example\r\n", 403)]
#[case::two_hosts("Host: localhost\r\nHost: evil.example\r\n", 403)]
#[case::no_host("Host: \r\n", 403)]
#[case::evil_origin("Origin: https://evil.example\r\n", 403)]
#[case::page_without_name("Origin: null\r\n", 403)]
#[case::two_origins("Origin: http://localhost\r\nOrigin: https://evil.example\r\n", 403)]
fn a_stranger_is_turned_away_at_every_route(#[case] headers: &str, #[case] status: u16) {
    let server = guarded(&[]);
    let call = calling("icu_get_recent_activities", &json!({})).to_string();
    let answers = [
        server.post("/mcp", headers, &hello().to_string()),
        server.post("/mcp", headers, &call),
        server.get("/mcp", &format!("Accept: text/event-stream\r\nMcp-Session-Id: x\r\n{headers}")),
        server.get("/sse", headers),
        server.post("/messages?session_id=x", headers, &call),
        server.post(&format!("/messages?session_id=x&access_token={TOKEN}"), headers, &call),
        server.get("/metrics", headers),
    ];
    for (got, said) in answers {
        assert_eq!(got, status, "{said}");
        tells_nothing(&said);
        assert_eq!(got == 401, said.contains("www-authenticate: Bearer"), "{said}");
    }
    tells_nothing(&server.log());
}

#[rstest]
#[case::not_json("{", 400)]
#[case::not_a_message("[1, 2]", 400)]
#[case::no_method(r#"{"jsonrpc": "2.0", "id": 1}"#, 400)]
#[case::other_version(r#"{"jsonrpc": "1.0", "id": 1, "method": "tools/list"}"#, 400)]
#[case::nothing("", 400)]
#[case::not_text("\u{0}\u{1}", 400)]
#[case::deep(&"[".repeat(100_000), 400)]
fn what_is_no_message_is_refused_on_both_transports(#[case] body: &str, #[case] status: u16) {
    let server = guarded(&[]);
    let (got, said) = server.post("/mcp", &bearer(), body);
    // So rmcp calls a body that is no message.
    assert_eq!(got, 415, "{said}");
    tells_nothing(&said);
    let (stream, path) = stream(&server);
    let (got, said) = server.post(&path, &bearer(), body);
    assert_eq!(got, status, "{said}");
    tells_nothing(&said);
    stream.shutdown(std::net::Shutdown::Both).unwrap();
    still_serves(&server);
}

/// Opens HTTP+SSE and reads where messages go.
fn stream(server: &Server) -> (TcpStream, String) {
    let mut stream = server.connect();
    write!(stream, "GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n{}\r\n", bearer()).unwrap();
    let mut said = String::new();
    let mut byte = [0];
    while !said.contains("data: ") || !said.ends_with('\n') {
        stream.read_exact(&mut byte).unwrap();
        said.push(char::from(byte[0]));
    }
    let path = said.lines().find_map(|line| line.strip_prefix("data: ")).unwrap().to_owned();
    (stream, path)
}

/// A client with the token is served.
fn still_serves(server: &Server) {
    let (status, said) = server.post("/mcp", &bearer(), &hello().to_string());
    assert_eq!(status, 200, "{said}");
}

#[test]
fn a_body_over_the_cap_is_refused_however_it_is_announced() {
    let server = guarded(&[("INTERVALS_ICU_LIMITS__BODY", "100000")]);
    for path in ["/mcp", "/messages?session_id=x"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\n\
             Connection: close\r\n{}",
            bearer()
        );
        // Announced, and not even read.
        let (status, said) = server.raw(format!("{head}Content-Length: 9000000000\r\n\r\n").as_bytes());
        assert_eq!(status, 413, "{said}");
        // Not announced: it stops where the cap is.
        let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
        let (status, said) =
            server.raw(format!("{head}Transfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n", chunk.repeat(8)).as_bytes());
        assert_eq!(status, 413, "{said}");
    }
    still_serves(&server);
}

#[test]
fn a_request_that_comes_too_slowly_ends() {
    let server = guarded(&[("INTERVALS_ICU_LIMITS__IDLE", "1"), ("INTERVALS_ICU_LIMITS__RECEIVE", "1")]);
    // Half a head.
    let mut stream = server.connect();
    stream.write_all(b"POST /mcp HTTP/1.1\r\nHost: loc").unwrap();
    let (status, said) = read(&mut stream);
    assert!(matches!(status, 0 | 408), "{said}");
    // A head that grows for ever.
    let mut stream = server.connect();
    stream.write_all(b"POST /mcp HTTP/1.1\r\n").unwrap();
    let trickle = stream.try_clone().unwrap();
    let trickling = std::thread::spawn(move || {
        let mut trickle = trickle;
        (0..40)
            .take_while(|n| {
                std::thread::sleep(std::time::Duration::from_millis(100));
                trickle.write_all(format!("X-{n}: y\r\n").as_bytes()).is_ok()
            })
            .count()
    });
    let (status, said) = read(&mut stream);
    assert!(matches!(status, 0 | 408), "{said}");
    drop(stream);
    assert!(trickling.join().unwrap() < 40);
    // Half a body.
    let head = format!("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n{}\r\n{{", bearer());
    let (status, said) = server.raw(head.as_bytes());
    assert_eq!(status, 408, "{said}");
    still_serves(&server);
}

#[test]
fn a_huge_head_is_refused() {
    let server = guarded(&[]);
    let (status, said) = server.post("/mcp", &format!("X-Filler: {}\r\n{}", "x".repeat(200_000), bearer()), "{}");
    assert!(matches!(status, 431 | 400), "{status}: {said}");
    let many = (0..2000).map(|n| format!("X-{n}: y\r\n")).collect::<String>();
    let (status, said) = server.post("/mcp", &many, "{}");
    assert!(matches!(status, 431 | 400), "{status}: {said}");
    still_serves(&server);
}

#[test]
fn of_ten_thousand_idle_connections_only_as_many_stay_as_the_cap_allows() {
    const CAP: usize = 64;
    let server = guarded(&[("INTERVALS_ICU_LIMITS__CONNECTIONS", "64")]);
    let mut open = vec![];
    let mut refused = 0;
    for _ in 0..10_000 {
        let mut stream = server.connect();
        // Whoever is refused is told at once; nobody else hears anything.
        stream.set_nonblocking(open.len() < CAP).unwrap();
        let mut said = [0; 64];
        match stream.read(&mut said) {
            Ok(read) => {
                assert!(read == 0 || said.starts_with(b"HTTP/1.1 503 "));
                refused += 1;
            }
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => open.push(stream),
            Err(_) => refused += 1,
        }
    }
    assert!(open.len() <= CAP && refused >= 10_000 - CAP, "{} open, {refused} refused", open.len());
    drop(open);
    // Their seats come back as soon as the server has seen them go.
    let served = (0..1000).any(|_| server.get("/healthz", "").0 == 200);
    assert!(served);
}

#[test]
fn an_unknown_session_is_not_found() {
    let server = guarded(&[]);
    let call = calling("icu_get_recent_activities", &json!({})).to_string();
    let session = format!("Mcp-Session-Id: 00000000-0000-4000-8000-000000000000\r\n{}", bearer());
    for (status, said) in [
        server.post("/mcp", &session, &call),
        server.get("/mcp", &format!("Accept: text/event-stream\r\n{session}")),
        server.post("/messages?session_id=0123456789abcdef0123456789abcdef", &bearer(), &call),
    ] {
        assert_eq!(status, 404, "{said}");
        tells_nothing(&said);
    }
}

#[test]
fn sessions_are_capped() {
    let server = guarded(&[("INTERVALS_ICU_LIMITS__SESSIONS_PER_CALLER", "3")]);
    let opened = (0..5).map(|_| server.post("/mcp", &bearer(), &hello().to_string()).0).collect::<Vec<_>>();
    assert_eq!(opened, [200, 200, 200, 429, 429]);
    // HTTP+SSE counts too.
    assert_eq!(server.get("/sse", &bearer()).0, 429);
}

#[tokio::test]
async fn a_header_cannot_widen_what_the_operator_allows() {
    let flags =
        ["--transport", "http", "--read-only", "--packs", "activities", "--exclude-tools", "icu_search_activities"];
    let server = serving::demo(&flags, &[("INTERVALS_ICU_HTTP_TOKEN", TOKEN)]);
    let bearer = format!("Bearer {TOKEN}");
    let wide = [
        ("authorization", bearer.as_str()),
        ("x-mcp-packs", "all"),
        ("x-mcp-tools", "*"),
        ("x-mcp-exclude-tools", ""),
        ("x-mcp-readonly", "false"),
    ];
    let names = |tools: Vec<rmcp::model::Tool>| tools.into_iter().map(|tool| tool.name).collect::<Vec<_>>();
    let plain = names(server.client(legacy(), &wide[..1]).await.list_all_tools().await.unwrap());
    let widened = names(server.client(legacy(), &wide).await.list_all_tools().await.unwrap());
    assert_eq!(plain, widened);
    assert!(!plain.is_empty());
    assert!(
        !plain
            .iter()
            .any(|name| name.contains("update") || name.contains("wellness") || name == "icu_search_activities")
    );
}

#[test]
fn the_open_routes_tell_nothing() {
    let server = guarded(&[]);
    for path in ["/", "/healthz", "/health", "/readyz", "/.well-known/oauth-protected-resource"] {
        let (_, said) = server.get(path, "");
        tells_nothing(&said);
        assert_eq!(server.get(path, "Host: evil.example\r\n").0, 403);
    }
    assert_eq!(server.get("/nothing/here", "").0, 404);
}

#[test]
fn a_page_of_this_machine_may_call_and_is_told_so() {
    let server = guarded(&[]);
    let asked = "Origin: http://localhost:6274\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n";
    let (status, said) =
        server.raw(format!("OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{asked}\r\n").as_bytes());
    assert!(status == 200 && said.contains("access-control-allow-origin: http://localhost:6274"), "{said}");
    let foreign = asked.replace("http://localhost:6274", "https://evil.example");
    let (status, said) = server
        .raw(format!("OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{foreign}\r\n").as_bytes());
    assert!(status == 403 && !said.contains("access-control-allow-origin"), "{said}");
}

#[test]
fn a_client_that_reads_nothing_holds_up_nobody() {
    let server = guarded(&[]);
    let (silent, path) = stream(&server);
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string();
    assert_eq!(server.post(&path, &bearer(), &hello().to_string()).0, 202);
    assert_eq!(server.post(&path, &bearer(), &initialized).0, 202);
    let list = |id| json!({"jsonrpc": "2.0", "id": id, "method": "tools/list"}).to_string();
    // Some megabytes that nobody takes: at last there is no room for more, and it is said.
    let statuses = (100..500).map(|id| server.post(&path, &bearer(), &list(id)).0).collect::<Vec<_>>();
    assert!(statuses.iter().all(|status| matches!(status, 202 | 429)), "{statuses:?}");
    assert!(statuses.contains(&429));
    still_serves(&server);
    drop(silent);
}

/// What an answer holds, by event.
#[test]
fn http_sse_answers_on_its_stream() {
    let server = guarded(&[]);
    let (mut stream, path) = stream(&server);
    assert_eq!(server.post(&path, &bearer(), &hello().to_string()).0, 202);
    let mut said = String::new();
    let mut byte = [0];
    while !said.contains("serverInfo") || !said.ends_with("\n\n") {
        stream.read_exact(&mut byte).unwrap();
        said.push(char::from(byte[0]));
    }
    let message = said.lines().find_map(|line| line.strip_prefix("data: {")).unwrap();
    let message: Value = serde_json::from_str(&format!("{{{message}")).unwrap();
    assert_eq!(message["result"]["serverInfo"]["name"], "intervals-icu-mcp");
    drop(stream);
    // With its stream the session is gone, as soon as the server has seen it.
    let gone = (0..1000).any(|_| server.post(&path, &bearer(), &hello().to_string()).0 == 404);
    assert!(gone);
}

/// An authorization server: its key, and where its JWKS is.
struct Issuer {
    key: EcdsaKeyPair,
    service: wiremock::MockServer,
}

const AUDIENCE: &str = "https://mcp.example.org/mcp";

impl Issuer {
    async fn start() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let point = &key.public_key().as_ref()[1..];
        let (x, y) = point.split_at(32);
        let jwk = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "one",
            "x": BASE64_URL_SAFE_NO_PAD.encode(x), "y": BASE64_URL_SAFE_NO_PAD.encode(y)});
        let jwks = wiremock::Mock::given(wiremock::matchers::path("/jwks"));
        let service = mock_server([jwks.respond_with(reply(json!({"keys": [jwk]})))]).await;
        Self { key, service }
    }

    fn server(&self, flags: &[&str]) -> Server {
        let environment = [
            ("INTERVALS_ICU_OAUTH__ISSUER", self.service.uri()),
            ("INTERVALS_ICU_OAUTH__JWKS_URL", format!("{}/jwks", self.service.uri())),
            ("INTERVALS_ICU_PUBLIC_URL", "https://mcp.example.org".into()),
        ];
        let environment: Vec<_> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
        serving::demo(&[&["--transport", "http", "--log", "debug"], flags].concat(), &environment)
    }

    /// A token with these changes to what would be right.
    fn token(&self, header: &Value, claims: &Value) -> String {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        let mut all = [
            json!({"alg": "ES256", "kid": "one", "typ": "at+jwt"}),
            json!({"iss": self.service.uri(), "sub": "anna", "aud": AUDIENCE, "exp": now + 600, "iat": now,
                "scope": "intervals:read"}),
        ];
        for (part, changes) in all.iter_mut().zip([header, claims]) {
            for (name, value) in changes.as_object().unwrap() {
                part[name] = value.clone();
            }
        }
        let signed = all.map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature = self.key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
    }
}

#[rstest]
#[case::right(json!({}), json!({}), 200, "")]
#[case::expired(json!({}), json!({"exp": 1_000_000_000}), 401, "invalid_token")]
#[case::not_yet_valid(json!({}), json!({"nbf": 9_000_000_000_u64}), 401, "invalid_token")]
#[case::other_audience(json!({}), json!({"aud": "https://other.example/mcp"}), 401, "invalid_token")]
#[case::other_issuer(json!({}), json!({"iss": "https://evil.example"}), 401, "invalid_token")]
#[case::no_signature(json!({"alg": "none"}), json!({}), 401, "invalid_token")]
#[case::shared_secret(json!({"alg": "HS256"}), json!({}), 401, "invalid_token")]
#[case::unknown_key(json!({"kid": "two"}), json!({}), 401, "invalid_token")]
#[case::id_token(json!({"typ": "id+jwt"}), json!({}), 401, "invalid_token")]
#[case::no_scope(json!({}), json!({"scope": "openid"}), 403, "insufficient_scope")]
#[tokio::test]
async fn an_access_token_must_be_right_in_all_its_parts(
    #[case] header: Value,
    #[case] claims: Value,
    #[case] status: u16,
    #[case] error: &str,
) {
    let issuer = Issuer::start().await;
    let server = issuer.server(&[]);
    let token = issuer.token(&header, &claims);
    let bearer = format!("Authorization: Bearer {token}\r\n");
    let (got, said) = tokio::task::spawn_blocking(move || {
        let answer = server.post("/mcp", &bearer, &hello().to_string());
        assert!(!server.log().contains(&token[..40]), "{}", server.log());
        answer
    })
    .await
    .unwrap();
    assert_eq!(got, status, "{said}");
    assert!(said.contains(error), "{said}");
    let challenged =
        said.contains("resource_metadata=\"https://mcp.example.org/.well-known/oauth-protected-resource/mcp\"");
    assert_eq!(challenged, status != 200, "{said}");
}

#[tokio::test]
async fn a_scope_that_only_reads_is_told_which_one_writes() {
    let issuer = Issuer::start().await;
    let server = issuer.server(&[]);
    let bearer =
        |scope: &str| format!("Authorization: Bearer {}\r\n", issuer.token(&json!({}), &json!({"scope": scope})));
    let (reads, writes) = (bearer("intervals:read"), bearer("intervals:read intervals:write"));
    tokio::task::spawn_blocking(move || {
        let rename = json!({"activity_id": intervals_demo::RIDE, "name": "x"});
        let stateless = |tool: &str, arguments: &Value| {
            json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments,
                "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                    "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"},
                    "io.modelcontextprotocol/clientCapabilities": {}}}})
            .to_string()
        };
        let call = |bearer: &str, tool: &str, arguments: &Value| {
            let headers =
                format!("MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: {tool}\r\n{bearer}");
            server.post("/mcp", &headers, &stateless(tool, arguments))
        };
        let (status, said) = call(&reads, "icu_update_activity", &rename);
        assert_eq!(status, 403, "{said}");
        assert!(said.contains("insufficient_scope") && said.contains("intervals:write"), "{said}");
        let (status, said) = call(&reads, "icu_get_recent_activities", &json!({"limit": 1}));
        assert!(status == 200 && said.contains("structuredContent"), "{said}");
        let (status, said) = call(&writes, "icu_update_activity", &rename);
        assert!(status == 200 && !said.contains("\"isError\":true"), "{said}");
        let (status, said) = server.get("/.well-known/oauth-protected-resource/mcp", "");
        assert!(status == 200 && said.contains(AUDIENCE) && said.contains(&issuer.service.uri()), "{said}");
    })
    .await
    .unwrap();
}
