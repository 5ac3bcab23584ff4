//! What a server tells whoever runs it: a line in the log for each thing that was asked, metrics, and the trace it belongs to.
use std::{
    io,
    sync::{Arc, LazyLock, Mutex},
};

use intervals_catalog::{Catalog, Selection};
use intervals_core::{
    BoxFuture, Call, Effect, Error, JsonMap, Pack, Result, Settings, ToolPack,
    client::{ALL, Credential, Options, Service},
    content::{Content, Resource},
    prompt::{Prompt, PromptArgument},
    registry::{StaticOrShared, Tier, ToolDef},
};
use intervals_mcp::{CurrentHub, Hub, RequestId, Session, log};
use intervals_settings::config::LogFormat;
use rmcp::{
    RoleClient, ServiceExt,
    model::{
        ArgumentInfo, CallToolRequest, CallToolRequestParams, ClientRequest, CompleteRequestParams,
        GetPromptRequestParams, ReadResourceRequestParams, Reference, RequestParamsMeta,
    },
    service::{PeerRequestOptions, RunningService},
};
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tracing::{Dispatch, subscriber::DefaultGuard};
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate, matchers::any};

/// A secret of the account, of an answer and of a failure: no line and no metric may hold it.
const HUSH: &str = "hush-71.5kg";

struct Own;

impl ToolPack for Own {
    fn prompts(&self) -> Vec<Prompt> {
        const WORD: PromptArgument = PromptArgument::new("word", "Which.").with_default("one");
        let (title, description) = ("Review", "Review.");
        let prompt = |name, render| Prompt::new(name, title, description).with_arguments(&[WORD]).with_render(render);
        vec![
            prompt("review", |call| format!("Review {}.", call.get("word"))),
            prompt("breaks", |_| panic!("{}", std::hint::black_box(HUSH))),
        ]
    }

    fn resources(&self) -> Vec<Resource> {
        let uris = [format!("own://{HUSH}"), "own://gone".into()];
        let resource = |uri: String| Resource::new(uri, "word", "A word.", "text/plain");
        uris.into_iter().map(resource).collect()
    }

    fn complete(&self, _: &str, _: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        Some(Box::pin(async { Ok(vec!["one".into()]) }))
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let gone = uri.ends_with("gone");
        Some(Box::pin(async move {
            let found: Value = call.client.get(&["activity", if gone { "gone" } else { "i1" }], ALL).await?;
            Ok(Content::Text(found.to_string()))
        }))
    }
}

static PACK: Pack = Pack { krate: "own", name: "own", about: "Own.", default: true, build: || Box::new(Own) };

// Written by hand: `#[tool]` would put them into every catalog of this binary.
fn answers() -> ToolDef {
    ToolDef {
        krate: "own",
        name: "answers".into(),
        title: None,
        description: "Answers.".into(),
        effect: Effect::Read,
        delete: None,
        idempotent: false,
        tier: Tier::Common,
        input: StaticOrShared::Static(&|_| intervals_core::schema::none()),
        output: StaticOrShared::Static(&JsonMap::new),
        body: StaticOrShared::Static(&|call| {
            Box::pin(async move {
                let answer = async {
                    let found: Value = call.client.get(&["activity", "i1"], ALL).await?;
                    Ok(found)
                };
                call.answer(answer).await
            })
        }),
    }
}

fn fails() -> ToolDef {
    ToolDef {
        name: "fails".into(),
        body: StaticOrShared::Static(&|_| Box::pin(async { Err(Error::new(HUSH, "Nothing helps.")) })),
        ..answers()
    }
}

fn panics() -> ToolDef {
    ToolDef {
        name: "panics".into(),
        body: StaticOrShared::Static(&|_| Box::pin(async { panic!("{HUSH}") })),
        ..answers()
    }
}

/// Asks the service, and then waits until it is dropped.
fn waits(ended: Arc<Notify>) -> ToolDef {
    ToolDef {
        name: "waits".into(),
        body: StaticOrShared::Shared(Arc::new(move |call: Call| {
            let end = End(ended.clone());
            Box::pin(async move {
                let _end = end;
                let _: Value = call.client.get(&["activity", "i1"], ALL).await?;
                std::future::pending().await
            })
        })),
        ..answers()
    }
}

/// Tells when it is dropped, which happens in one go with what is logged and counted of a call: nothing on the same thread can
/// come between.
struct End(Arc<Notify>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

/// Lines of the log as they are written, on this thread alone.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Subscribers of nobody. With one alone, tracing takes the word of whichever thread first comes by a callsite, and the thread of
/// another test, which has none, would silence it for all.
static OTHERS: LazyLock<[Dispatch; 2]> =
    LazyLock::new(|| [(); 2].map(|()| Dispatch::new(tracing_subscriber::registry())));

impl Lines {
    fn start(format: LogFormat) -> (Self, DefaultGuard) {
        LazyLock::force(&OTHERS);
        let lines = Self::default();
        let writer = lines.clone();
        let layer = log::layer(format, move || writer.clone());
        let levels: Targets = "off,call=info".parse().unwrap();
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer.with_filter(levels)));
        (lines, guard)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// `kind name outcome error` of each line, `-` for what is not there.
    fn told(&self) -> Vec<String> {
        let text = self.text();
        let lines = text.lines().map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let word = |key: &str| line[key].as_str().unwrap_or("-").to_owned();
            assert_eq!((word("target"), word("caller")), ("call".into(), "-".into()));
            assert_eq!(word("level"), if word("outcome") == "panic" { "ERROR" } else { "INFO" });
            assert!(line["ms"].is_u64() && line["timestamp"].is_string(), "{line}");
            // The JSON-RPC id, where no transport gave another.
            assert!(word("request").bytes().all(|b| b.is_ascii_digit()), "{line}");
            ["kind", "name", "outcome", "error"].map(word).join(" ")
        });
        lines.collect()
    }
}

pub struct World {
    #[cfg(feature = "http")]
    hub: Arc<Hub>,
    #[cfg(feature = "http")]
    pub metrics: Arc<intervals_http::PrometheusMetrics>,
    pub client: RunningService<RoleClient, ()>,
    pub service: MockServer,
    /// How often the service was asked.
    asked: watch::Receiver<usize>,
    /// Told when the tool `waits` is given up.
    ended: Arc<Notify>,
}

/// Answers, and counts how often.
struct Counted(watch::Sender<usize>, ResponseTemplate);

impl Respond for Counted {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        self.0.send_modify(|asked| *asked += 1);
        self.1.clone()
    }
}

pub async fn world() -> World {
    let service = MockServer::start().await;
    let missing = ResponseTemplate::new(404).set_body_string(HUSH);
    let fine = ResponseTemplate::new(200).set_body_json(json!({"id": "i1", "name": HUSH}));
    Mock::given(wiremock::matchers::path("/api/v1/activity/gone")).respond_with(missing).mount(&service).await;
    let (count, asked) = watch::channel(0);
    Mock::given(any()).respond_with(Counted(count, fine)).mount(&service).await;
    let ended = Arc::new(Notify::new());
    let catalog = Catalog::of([&PACK], [answers(), fails(), panics(), waits(ended.clone())]).unwrap();
    let account =
        Service::new(Options::at(service.uri())).unwrap().account(Credential::ApiKey("hush-71.5kg".into()), None);
    let settings = Settings::default().with_units(intervals_core::units::System::Metric);
    let hub = Hub::new(catalog, &Selection::default(), settings, account, true).unwrap();
    #[cfg(feature = "http")]
    let metrics = Arc::new(intervals_http::PrometheusMetrics::new());
    #[cfg(feature = "http")]
    let hub = {
        metrics.count_requests_of(hub.service().clone());
        hub.counting(metrics.clone())
    };
    let hub = Arc::new(hub);
    let (ours, theirs) = tokio::io::duplex(4096);
    let serving = Session::new(CurrentHub::fixed(hub.clone()));
    tokio::spawn(async move { serving.serve(ours).await.unwrap().waiting().await });
    World {
        #[cfg(feature = "http")]
        hub,
        #[cfg(feature = "http")]
        metrics,
        client: ().serve(theirs).await.unwrap(),
        service,
        asked,
        ended,
    }
}

impl World {
    /// Calls a tool in every way in which it can end, and something that is no tool; waits until they ended.
    pub async fn call_all(&self) {
        for tool in ["answers", "fails", "panics"] {
            self.client.call_tool(CallToolRequestParams::new(tool)).await.unwrap();
        }
        self.client.call_tool(CallToolRequestParams::new(HUSH)).await.unwrap_err();
        let waits = ClientRequest::CallToolRequest(CallToolRequest::new(CallToolRequestParams::new("waits")));
        let handle = self.client.send_cancellable_request(waits, PeerRequestOptions::no_options()).await.unwrap();
        self.asked(2).await;
        handle.cancel(None).await.unwrap();
        self.ended.notified().await;
    }

    /// Until the service got so many requests.
    async fn asked(&self, n: usize) {
        self.asked.clone().wait_for(|asked| *asked >= n).await.unwrap();
    }
}

#[tokio::test]
async fn every_call_is_one_line_with_its_outcome_and_no_data() {
    let (lines, _guard) = Lines::start(LogFormat::Json);
    world().await.call_all().await;
    let expected = [
        "tool answers ok -",
        "tool fails error tool",
        "tool panics panic -",
        "tool - error unknown",
        "tool waits cancelled -",
    ];
    assert_eq!(lines.told(), expected);
    assert!(!lines.text().contains("hush"), "{}", lines.text());
}

#[tokio::test]
async fn whatever_else_is_asked_is_a_line_too() {
    let (lines, _guard) = Lines::start(LogFormat::Json);
    let world = world().await;
    let client = &world.client;
    client.get_prompt(GetPromptRequestParams::new("review")).await.unwrap();
    client.get_prompt(GetPromptRequestParams::new("breaks")).await.unwrap_err();
    client.get_prompt(GetPromptRequestParams::new(HUSH)).await.unwrap_err();
    client.read_resource(ReadResourceRequestParams::new(format!("own://{HUSH}"))).await.unwrap();
    client.read_resource(ReadResourceRequestParams::new("own://gone")).await.unwrap_err();
    client.read_resource(ReadResourceRequestParams::new("own://nothing")).await.unwrap_err();
    let complete = async |prompt: &str| {
        let argument = ArgumentInfo::new("word", HUSH);
        client.complete(CompleteRequestParams::new(Reference::for_prompt(prompt), argument)).await
    };
    complete("review").await.unwrap();
    complete(HUSH).await.unwrap_err();
    let expected = [
        "prompt review ok -",
        "prompt breaks panic -",
        "prompt - error unknown",
        "resource own ok -",
        "resource own error not_found",
        "resource - error unknown",
        "completion own ok -",
        "completion - error unknown",
    ];
    assert_eq!(lines.told(), expected);
    assert!(!lines.text().contains("hush"), "{}", lines.text());
}

#[test]
fn who_hangs_up_in_the_middle_has_cancelled() {
    let (lines, _guard) = Lines::start(LogFormat::Json);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let world = Arc::new(world().await);
        let caller = world.clone();
        tokio::spawn(async move { caller.client.call_tool(CallToolRequestParams::new("waits")).await });
        world.asked(1).await;
    });
    assert_eq!(lines.told(), [""; 0]);
    // Nobody is left to finish it.
    drop(runtime);
    assert_eq!(lines.told(), ["tool waits cancelled -"]);
}

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

#[tokio::test]
async fn the_trace_of_a_request_stands_in_its_line_and_goes_to_the_service() {
    let (lines, _guard) = Lines::start(LogFormat::Json);
    let World { client, service, .. } = world().await;
    let mut call = CallToolRequestParams::new("answers");
    call.set_traceparent(PARENT);
    call.set_tracestate("a=1");
    client.call_tool(call).await.unwrap();
    let mut read = ReadResourceRequestParams::new(format!("own://{HUSH}"));
    read.set_traceparent(PARENT);
    client.read_resource(read).await.unwrap();
    client.call_tool(CallToolRequestParams::new("answers")).await.unwrap();
    let sent = service.received_requests().await.unwrap();
    let header = |n: usize, name: &str| sent[n].headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let parents: Vec<_> = (0..sent.len()).map(|n| header(n, "traceparent")).collect();
    let (Some(one), Some(two), None, 3) = (&parents[0], &parents[1], &parents[2], parents.len()) else {
        panic!("{parents:?}")
    };
    assert!([one, two].iter().all(|parent| parent[..36] == PARENT[..36] && *parent != PARENT) && one != two);
    assert_eq!((header(0, "tracestate"), header(1, "tracestate")), (Some("a=1".into()), None));
    let traces: Vec<Value> =
        lines.text().lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["trace"].clone()).collect();
    assert_eq!(traces, [json!(PARENT[3..35]), json!(PARENT[3..35]), Value::Null]);
}

#[cfg(feature = "http")]
#[tokio::test]
async fn over_http_the_transport_names_the_request_and_a_header_the_trace() {
    use rmcp::transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager,
    };

    let (lines, _guard) = Lines::start(LogFormat::Json);
    let World { hub, service, .. } = world().await;
    let caller = hub.operator().clone();
    let config = StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true);
    let http: StreamableHttpService<Session, LocalSessionManager> =
        StreamableHttpService::new(move || Ok(Session::new(CurrentHub::fixed(hub.clone()))), Arc::default(), config);
    let call =
        json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "answers", "arguments": {}}});
    // As the door before it would.
    let request = axum::http::Request::post("/mcp")
        .header("host", "localhost")
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2025-11-25")
        .header("traceparent", PARENT)
        .extension(RequestId::of_header(Some("of-the.proxy_1")))
        .extension(caller)
        .body(axum::body::Body::from(call.to_string()))
        .unwrap();
    assert_eq!(http.handle(request).await.status(), 200);
    let line: Value = serde_json::from_str(lines.text().trim()).unwrap();
    assert_eq!((&line["request"], &line["trace"]), (&json!("of-the.proxy_1"), &json!(PARENT[3..35])));
    let sent = service.received_requests().await.unwrap();
    assert!(sent[0].headers["traceparent"].to_str().unwrap().starts_with(&PARENT[..36]));
}

#[tokio::test]
async fn a_line_of_text_is_for_reading() {
    let (lines, _guard) = Lines::start(LogFormat::Text);
    world().await.client.call_tool(CallToolRequestParams::new("fails")).await.unwrap();
    let text = lines.text();
    let (time, said) = text.split_once(' ').unwrap();
    assert!(time.ends_with('Z') && time.starts_with("20"), "{text}");
    let said = said.trim();
    let expected = r#"INFO call: request="1" caller="-" kind="tool" name="fails" outcome="error" error="tool" ms="#;
    assert!(said.starts_with(expected) && said[expected.len()..].bytes().all(|b| b.is_ascii_digit()), "{said}");
}
