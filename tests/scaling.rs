//! Several instances behind one address: any of them answers without sessions, and one that ends loses nothing.
#![cfg(all(feature = "http", feature = "demo", feature = "activities"))]
#[cfg(feature = "redis-sessions")]
mod redis;

use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use reqwest::Response;
use rmcp::{
    ClientLifecycleMode, ClientServiceExt,
    transport::{StreamableHttpClientTransport, streamable_http_client::StreamableHttpClientTransportConfig},
};
use rstest::rstest;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

use crate::{
    protocol::{Client, legacy, lists_calls_and_reads, modern},
    world,
};

/// Makes an instance say when it begins to end.
#[cfg(unix)]
const ENDING: (&str, &str) = ("INTERVALS_ICU_LOG", "intervals_icu_mcp=debug");

/// One of several servers; it ends with the test.
struct Instance {
    child: Child,
    address: SocketAddr,
    /// What it logs, line by line.
    #[cfg_attr(not(any(unix, feature = "redis-sessions")), expect(dead_code, reason = "nothing waits for a line"))]
    log: mpsc::Receiver<String>,
}

impl Drop for Instance {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Instance {
    fn start(flags: &[&str], environment: &[(&str, &str)]) -> Self {
        let flags = [&["--transport", "http", "--port", "0"], flags].concat();
        let mut command = world::binary(&flags);
        let mut child = command.envs(environment.iter().copied()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (say, log) = mpsc::channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| say.send(line)));
        let serving = |line: String| line.strip_prefix("serving MCP on http://")?.strip_suffix("/mcp")?.parse().ok();
        let address = log.iter().find_map(serving).expect("it serves");
        Self { child, address, log }
    }

    fn url(&self) -> String {
        format!("http://{}/mcp", self.address)
    }

    #[cfg(unix)]
    fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Waits until an instance that was told to end says that it takes no more connections; needs [`ENDING`].
    #[cfg(unix)]
    async fn refuses_connections(&self) {
        let ending = |line: &String| line.contains("connections are no longer accepted");
        tokio::task::block_in_place(|| self.log.iter().find(ending)).expect("it says so before it ends");
        assert!(TcpStream::connect(self.address).await.is_err());
    }
}

/// Takes connections in turn to those instances that can be reached, and counts them.
async fn in_turn(instances: [SocketAddr; 2]) -> (SocketAddr, Arc<[AtomicUsize; 2]>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let counts = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    let counting = counts.clone();
    tokio::spawn(async move {
        for turn in 0.. {
            let (mut client, _) = listener.accept().await.unwrap();
            for one in [turn % 2, (turn + 1) % 2] {
                if let Ok(mut instance) = TcpStream::connect(instances[one]).await {
                    counting[one].fetch_add(1, Ordering::Relaxed);
                    tokio::spawn(async move {
                        // Either side may hang up.
                        let _ = tokio::io::copy_bidirectional(&mut client, &mut instance).await;
                    });
                    break;
                }
            }
        }
    });
    (address, counts)
}

/// Every request is a connection of its own.
fn http() -> reqwest::Client {
    intervals_core::testing::install_tls();
    reqwest::Client::builder().no_proxy().pool_max_idle_per_host(0).build().unwrap()
}

async fn client(address: SocketAddr, era: ClientLifecycleMode) -> Client {
    let config = StreamableHttpClientTransportConfig::with_uri(format!("http://{address}/mcp"));
    ().serve_with_lifecycle(StreamableHttpClientTransport::with_client(http(), config), era).await.unwrap()
}

/// Each with an id of its own, as those that share a session must have.
fn tool_call(tool: &str, arguments: &Value) -> Value {
    static ID: AtomicUsize = AtomicUsize::new(1);
    let id = ID.fetch_add(1, Ordering::Relaxed);
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
}

async fn post(instance: &Instance, key: &str, session: &str, message: &Value) -> Response {
    let mut request = http().post(instance.url()).json(message).header("x-intervals-api-key", key);
    if !session.is_empty() {
        request = request.header("mcp-session-id", session);
    }
    request.header("accept", "application/json, text/event-stream").send().await.unwrap()
}

async fn open(instance: &Instance, key: &str) -> String {
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-11-25",
        "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}});
    let response = post(instance, key, "", &hello).await;
    assert_eq!(response.status(), 200);
    let id = response.headers()["mcp-session-id"].to_str().unwrap().to_owned();
    let initialized = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    assert_eq!(post(instance, key, &id, &initialized).await.status(), 202);
    id
}

/// What becomes of a call in the session; when it succeeds, it has to be an answer.
async fn call(instance: &Instance, key: &str, session: &str) -> u16 {
    let call = tool_call("icu_get_recent_activities", &json!({"limit": 1}));
    let response = post(instance, key, session, &call).await;
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    assert!(status != 200 || text.contains("\"result\""), "{text}");
    status
}

async fn end(instance: &Instance, key: &str, session: &str) -> u16 {
    let request = http().delete(instance.url()).header("x-intervals-api-key", key).header("mcp-session-id", session);
    request.send().await.unwrap().status().as_u16()
}

/// The key of callers who bring one.
const OWN: &str = intervals_demo::KEY;

#[tokio::test]
async fn another_callers_session_can_neither_be_used_nor_ended() {
    let one = Instance::start(&["--demo=2026-07-05"], &[("INTERVALS_ICU_CALLER_CREDENTIALS", "true")]);
    let session = open(&one, OWN).await;
    assert_eq!(call(&one, "another", &session).await, 404);
    assert_eq!(end(&one, "another", &session).await, 204);
    assert_eq!(call(&one, OWN, &session).await, 200);
    assert_eq!(end(&one, OWN, &session).await, 204);
    assert_eq!(call(&one, OWN, &session).await, 404);
}

#[rstest]
#[case::legacy(legacy())]
#[case::modern(modern())]
#[tokio::test]
async fn without_sessions_any_instance_answers_any_request(#[case] era: ClientLifecycleMode) {
    let flags = ["--stateless", "--demo=2026-07-05"];
    let (one, mut other) = (Instance::start(&flags, &[]), Instance::start(&flags, &[]));
    let (address, counts) = in_turn([one.address, other.address]).await;
    let client = client(address, era).await;
    lists_calls_and_reads(&client).await;
    let counts = [counts[0].load(Ordering::Relaxed), counts[1].load(Ordering::Relaxed)];
    assert!(counts.iter().all(|count| *count > 2), "{counts:?}");
    other.child.kill().unwrap();
    other.child.wait().unwrap();
    lists_calls_and_reads(&client).await;
}

/// Answers when it may; says that it was asked.
struct StaticOrShared {
    asked: mpsc::Sender<()>,
    may: Mutex<mpsc::Receiver<()>>,
}

impl Respond for StaticOrShared {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        // Nobody listens any more once the first has come.
        let _ = self.asked.send(());
        // Until somebody says so, or nobody can any more.
        let _ = self.may.lock().unwrap().recv();
        ResponseTemplate::new(200).set_body_json(json!([]))
    }
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn a_server_that_ends_finishes_its_calls_and_takes_no_new_ones() {
    let service = MockServer::start().await;
    let (asked, comes) = mpsc::channel();
    let (now, may) = mpsc::channel::<()>();
    Mock::given(any()).respond_with(StaticOrShared { asked, may: Mutex::new(may) }).mount(&service).await;
    let environment = [("INTERVALS_ICU_BASE_URL", &*service.uri()), ("INTERVALS_ICU_API_KEY", "k"), ENDING];
    let mut server = Instance::start(&["--stateless"], &environment);
    let call = http().post(server.url()).json(&tool_call("icu_get_recent_activities", &json!({})));
    let call = tokio::spawn(call.header("accept", "application/json, text/event-stream").send());
    tokio::task::block_in_place(|| comes.recv().unwrap());
    server.signal("-TERM");
    server.refuses_connections().await;
    assert!(!call.is_finished());
    drop(now);
    let answer = call.await.unwrap().unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["connection"].to_str().unwrap()), (200, "close"));
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["result"]["structuredContent"]["items"], json!([]), "{answer}");
    assert!(tokio::task::block_in_place(|| server.child.wait()).unwrap().success());
}

/// A proxy keeps connections; one that it just chose must not be closed under it.
#[tokio::test(flavor = "multi_thread")]
#[cfg(unix)]
async fn a_connection_that_is_open_when_the_server_ends_serves_one_more_request() {
    const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut server = Instance::start(&["--stateless", "--demo=2026-07-05"], &[ENDING]);
    let mut kept = TcpStream::connect(server.address).await.unwrap();
    let mut answer = vec![0; 1024];
    kept.write_all(REQUEST).await.unwrap();
    assert!(kept.read(&mut answer).await.unwrap() > 0);
    server.signal("-TERM");
    server.refuses_connections().await;
    // What must not come cannot be awaited but for a while.
    tokio::time::timeout(Duration::from_millis(300), kept.read(&mut answer)).await.expect_err("it was closed");
    kept.write_all(REQUEST).await.unwrap();
    let mut last = String::new();
    kept.read_to_string(&mut last).await.unwrap();
    assert!(last.starts_with("HTTP/1.1 200 OK") && last.contains("connection: close"), "{last}");
    assert!(tokio::task::block_in_place(|| server.child.wait()).unwrap().success());
}

#[rstest]
#[case::without_the_feature("redis://127.0.0.1", cfg!(not(feature = "redis-sessions")), "--features redis-sessions")]
#[case::malformed("redis//:hush@h", cfg!(feature = "redis-sessions"), "Use the form redis://user:password@host:6379/0")]
#[case::unchecked("rediss://:hush@h#insecure", cfg!(feature = "redis-sessions"), "not the address of a Redis")]
fn a_redis_that_cannot_be_used_is_a_mistake_of_the_configuration(
    #[case] url: &str,
    #[case] applies: bool,
    #[case] said: &str,
) {
    if !applies {
        return;
    }
    let ran = world::run(&["--transport", "http", "--port", "0", "--demo"], &[("INTERVALS_ICU_REDIS_URL", url)]);
    let place = "error: redis_url (environment variable INTERVALS_ICU_REDIS_URL): ";
    assert!(ran.code == Some(2) && ran.err.starts_with(place) && ran.err.contains(said), "{}", ran.err);
    assert!(!ran.err.contains("hush"), "{}", ran.err);
}

#[test]
fn the_guide_to_deployment_names_flags_that_exist() {
    let guide = std::fs::read_to_string(world::path("docs/deployment.md")).unwrap();
    let help = world::run(&["--help"], &[]).out;
    let commands = guide.lines().filter(|line| line.contains("intervals-icu-mcp --") || line.contains("args: ["));
    // Those of docker and kubectl stand before the name, or take a name.
    let own = commands.filter_map(|line| line.rsplit_once("intervals-icu-mcp --").or(line.split_once("args: [--")));
    let own = own.filter(|(before, _)| !before.contains("kubectl")).map(|(_, own)| format!("--{own}"));
    let words = own.flat_map(|own| own.split([' ', ',', '`', ']', '=']).map(str::to_owned).collect::<Vec<_>>());
    let flags: Vec<_> = words.filter(|word| word.starts_with("--")).collect();
    assert!(flags.len() > 10, "{flags:?}");
    let unknown: Vec<_> =
        flags.iter().filter(|flag| !help.split([' ', '[']).any(|word| word.trim() == **flag)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
