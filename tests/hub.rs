//! The hub in-process, with a pack of the test's own: what goes wrong inside, prompts, resources.
use intervals_catalog::{Catalog, Selection};
use intervals_core::{
    Attachments, BoxFuture, Call, Effect, FromCall, JsonMap, Pack, Progress, Result, Settings, ToolPack,
    client::{Credential, Options, Service},
    content::{Block, Content, Resource, Template},
    prompt::{Prompt, PromptArgument, PromptCall},
    registry::{Delete, StaticOrShared, Tier, ToolDef},
};
use intervals_mcp::{CurrentHub, Hub, Session};
use rmcp::{
    ClientHandler, RoleClient, ServiceExt,
    model::{
        ArgumentInfo, CallToolRequest, CallToolRequestParams, ClientRequest, CompleteRequestParams,
        GetPromptRequestParams, ProgressNotificationParam, ReadResourceRequestParams, Reference,
    },
    service::{NotificationContext, PeerRequestOptions, RunningService, ServiceError},
};

struct Own;

impl ToolPack for Own {
    fn prompts(&self) -> Vec<Prompt> {
        const DAYS: PromptArgument =
            PromptArgument::new("days", "How many.").with_default("7").with_choices(&["7", "14", "30"]);
        const WORD: PromptArgument = PromptArgument::new("word", "Which.").with_default("one");
        let (name, title, description) = ("review", "Review", "Review.");
        let review = Prompt::new(name, title, description)
            .with_arguments(&[DAYS, WORD])
            .with_needs(&["answers"])
            .with_render(review);
        let picture = |call: &PromptCall| {
            call.show(Block::Image { data: vec![1, 2], media_type: "image/png".into() });
            "Look at it.".to_owned()
        };
        vec![
            review,
            Prompt::new("picture", title, description).with_render(picture),
            Prompt::new("hidden", title, description).with_needs(&["no_such_tool"]),
        ]
    }

    fn resources(&self) -> Vec<Resource> {
        vec![Resource::new("own://words", "words", "Words.", "text/markdown")]
    }

    fn templates(&self) -> Vec<Template> {
        let template = |uri: &str, tool| Template::new(uri, "word", "A word.").with_tool(tool);
        vec![
            template("own://word/{word}", None),
            template("own://answer/{n}", Some("answers")),
            template("own://hidden/{n}", Some("no_such_tool")),
        ]
    }

    fn complete(&self, argument: &str, _: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        match argument {
            "word" => Some(Box::pin(async { Ok(vec!["one".into(), "two".into(), "Three".into()]) })),
            _ => None,
        }
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let uri = uri.strip_prefix("own://word")?.trim_start_matches('/').to_owned();
        Some(Box::pin(async move {
            match uri.as_str() {
                "s" => Ok(Content::Text("one two".into())),
                "bytes" => Ok(Content::Bytes { data: vec![1, 2], media_type: "application/x".into() }),
                // A resource must not write, whatever it tries.
                _ => Err(call
                    .client
                    .delete::<serde_json::Value>(&["activity", "i1"], intervals_core::client::ALL)
                    .await
                    .unwrap_err()
                    .into()),
            }
        }))
    }
}

fn review(call: &PromptCall) -> String {
    format!("Review {} days.", call.get("days"))
}

static PACK: Pack =
    Pack { krate: "own", name: "own", about: "A test's own pack.", default: true, build: || Box::new(Own) };

// Written by hand: `#[tool]` would put it into every catalog of this binary.
fn panics() -> ToolDef {
    ToolDef {
        krate: "own",
        name: "panics".into(),
        title: None,
        description: "Panics.".into(),
        effect: Effect::Destructive,
        delete: Some(Delete::Forever),
        idempotent: false,
        tier: Tier::Common,
        input: StaticOrShared::Static(&|_| intervals_core::schema::none()),
        output: StaticOrShared::Static(&JsonMap::new),
        body: StaticOrShared::Static(&|_| Box::pin(async { panic!("a defect") })),
    }
}

/// Says that it is half done, and then waits until it is dropped.
fn waits() -> ToolDef {
    ToolDef {
        name: "waits".into(),
        effect: Effect::Read,
        delete: None,
        body: StaticOrShared::Static(&|mut call| {
            Box::pin(async move {
                let _dropped = Dropped;
                Progress::from_call(&mut call).await?.report(1, 2, "half").await;
                std::future::pending().await
            })
        }),
        ..panics()
    }
}

static DROPPED: tokio::sync::Notify = tokio::sync::Notify::const_new();

struct Dropped;

impl Drop for Dropped {
    fn drop(&mut self) {
        DROPPED.notify_one();
    }
}

#[derive(serde::Serialize, schemars::JsonSchema)]
struct Answer {
    distance_m: intervals_core::units::Metres,
}

/// Answers.
fn answers() -> ToolDef {
    ToolDef {
        name: "answers".into(),
        effect: Effect::Read,
        delete: None,
        output: StaticOrShared::Static(&intervals_core::schema::output::<Answer>),
        body: StaticOrShared::Static(&|call| {
            let answer = async { Ok(Answer { distance_m: intervals_core::units::Metres(42_195.0) }) };
            Box::pin(async move { call.answer(answer).await })
        }),
        ..panics()
    }
}

/// Shows an image, a sound and a text that has a URI.
fn shows() -> ToolDef {
    ToolDef {
        name: "shows".into(),
        body: StaticOrShared::Static(&|mut call| {
            Box::pin(async move {
                let show = Attachments::from_call(&mut call).await?;
                show.image("image/png", vec![1, 2]);
                show.audio("audio/wav", vec![3, 4]);
                show.resource("own://words", "text/markdown", "one two".into());
                call.answer(async { Ok(Answer { distance_m: intervals_core::units::Metres(42_195.0) }) }).await
            })
        }),
        ..answers()
    }
}

async fn client_of<H: ClientHandler>(
    handler: H,
    settings: Settings,
    structured: bool,
) -> RunningService<RoleClient, H> {
    let catalog = Catalog::of([&PACK], [panics(), waits(), answers(), shows()]).unwrap();
    let selection = Selection { delete_mode: intervals_core::DeleteMode::Full, ..Selection::default() };
    let client = Service::new(Options::at("http://127.0.0.1:1")).unwrap().account(Credential::ApiKey("k".into()), None);
    let hub = Hub::new(catalog, &selection, settings, client, structured).unwrap();
    let (ours, theirs) = tokio::io::duplex(4096);
    let session = Session::new(CurrentHub::fixed(hub.into()));
    tokio::spawn(async move { session.serve(ours).await.unwrap().waiting().await });
    handler.serve(theirs).await.unwrap()
}

async fn client() -> RunningService<RoleClient, ()> {
    client_of((), Settings::default(), true).await
}

struct Listener(tokio::sync::mpsc::UnboundedSender<ProgressNotificationParam>);

impl ClientHandler for Listener {
    async fn on_progress(&self, params: ProgressNotificationParam, _: NotificationContext<RoleClient>) {
        self.0.send(params).unwrap();
    }
}

#[tokio::test]
async fn a_client_hears_of_progress_and_can_cancel() {
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let client = client_of(Listener(sender), Settings::default(), true).await;
    let request = ClientRequest::CallToolRequest(CallToolRequest::new(CallToolRequestParams::new("waits")));
    let handle = client.send_cancellable_request(request, PeerRequestOptions::no_options()).await.unwrap();
    let step = heard.recv().await.unwrap();
    assert_eq!((step.progress, step.total, step.message.as_deref()), (1.0, Some(2.0), Some("half")));
    handle.cancel(None).await.unwrap();
    DROPPED.notified().await;
}

#[tokio::test]
async fn answers_may_be_text_only_and_the_text_json() {
    let units = intervals_core::units::System::Metric;
    let call = async |settings: Settings, structured| {
        let client = client_of((), settings, structured).await;
        let schema = client.list_all_tools().await.unwrap().into_iter().find(|tool| tool.name == "answers").unwrap();
        let answer = client.call_tool(CallToolRequestParams::new("answers")).await.unwrap();
        assert_eq!(schema.output_schema.is_some(), answer.structured_content.is_some());
        (answer.content[0].as_text().unwrap().text.clone(), answer.structured_content)
    };
    let table = call(Settings::default().with_units(units), false).await;
    assert_eq!(table, ("distance: 42.2 km\n".into(), None));
    let mut json_text = Settings::default().with_units(units);
    json_text.json_text = true;
    let json = call(json_text, true).await;
    assert_eq!(json, ("{\"distance_m\":42195}".into(), Some(serde_json::json!({"distance_m": 42195}))));
}

#[tokio::test]
async fn a_tool_that_panics_does_not_end_the_session() {
    let client = client().await;
    for _ in 0..2 {
        let answer = client.call_tool(CallToolRequestParams::new("panics")).await.unwrap();
        assert_eq!(answer.is_error, Some(true));
    }
}

#[tokio::test]
async fn prompts_are_listed_and_filled_in() {
    let client = client().await;
    let prompts = client.list_all_prompts().await.unwrap();
    assert_eq!(prompts[0].arguments.as_ref().unwrap()[0].name, "days");
    let mut wanted = GetPromptRequestParams::new("review");
    wanted.arguments = serde_json::json!({"days": "3"}).as_object().cloned();
    let prompt = client.get_prompt(wanted).await.unwrap();
    assert_eq!(prompt.messages[0].content.as_text().unwrap().text, "Review 3 days.");
    assert_eq!(prompts.len(), 2, "one needs a tool that is not there");
    for name in ["nothing", "hidden"] {
        client.get_prompt(GetPromptRequestParams::new(name)).await.unwrap_err();
    }
}

#[tokio::test]
async fn what_is_shown_goes_with_the_text_of_tools_and_prompts() {
    let units = intervals_core::units::System::Metric;
    let client = client_of((), Settings::default().with_units(units), true).await;
    let answer = client.call_tool(CallToolRequestParams::new("shows")).await.unwrap();
    let resource = serde_json::json!({"uri": "own://words", "mimeType": "text/markdown", "text": "one two"});
    let image = serde_json::json!({"type": "image", "data": "AQI=", "mimeType": "image/png"});
    let shown = serde_json::json!([
        {"type": "text", "text": "distance: 42.2 km\n"},
        image,
        {"type": "audio", "data": "AwQ=", "mimeType": "audio/wav"},
        {"type": "resource", "resource": resource},
    ]);
    assert_eq!(serde_json::to_value(&answer.content).unwrap(), shown);
    let prompt = client.get_prompt(GetPromptRequestParams::new("picture")).await.unwrap();
    let said: Vec<_> = prompt.messages.iter().map(|message| serde_json::to_value(&message.content).unwrap()).collect();
    assert_eq!(said, [image, serde_json::json!({"type": "text", "text": "Look at it."})]);
}

#[tokio::test]
async fn arguments_and_variables_are_completed() {
    let client = client().await;
    let complete = async |reference: Reference, argument: &str, typed: &str| {
        let argument: ArgumentInfo = ArgumentInfo::new(argument, typed);
        let completed = client.complete(CompleteRequestParams::new(reference, argument)).await;
        completed.map(|result| result.completion.values)
    };
    let prompt = || Reference::for_prompt("review");
    assert_eq!(complete(prompt(), "days", "").await.unwrap(), ["7", "14", "30"]);
    assert_eq!(complete(prompt(), "days", "1").await.unwrap(), ["14"]);
    assert_eq!(complete(prompt(), "word", "t").await.unwrap(), ["two", "Three"]);
    assert_eq!(complete(Reference::for_resource("own://word/{word}"), "word", "o").await.unwrap(), ["one"]);
    assert_eq!(complete(Reference::for_resource("own://answer/{n}"), "n", "").await.unwrap(), [""; 0]);
    complete(prompt(), "weeks", "").await.unwrap_err();
    complete(Reference::for_prompt("hidden"), "word", "").await.unwrap_err();
    complete(Reference::for_resource("own://hidden/{n}"), "n", "").await.unwrap_err();
}

#[tokio::test]
async fn resources_are_listed_and_read_and_cannot_write() {
    let client = client().await;
    assert_eq!(client.list_all_resources().await.unwrap()[0].uri, "own://words");
    let templates = client.list_all_resource_templates().await.unwrap();
    let templates: Vec<_> = templates.iter().map(|template| template.uri_template.as_str()).collect();
    assert_eq!(templates, ["own://word/{word}", "own://answer/{n}"]);
    let read = async |uri: &str| client.read_resource(ReadResourceRequestParams::new(uri)).await;
    let shown = |result| serde_json::to_string(&result).unwrap();
    let words = shown(read("own://words").await.unwrap());
    assert!(words.contains("one two") && words.contains("text/markdown"), "{words}");
    assert!(shown(read("own://word/bytes").await.unwrap()).contains("AQI="));
    assert!(read("own://word/write").await.unwrap_err().to_string().contains("was not sent"));
    // The text of the tool that the template names.
    assert!(shown(read("own://answer/1").await.unwrap()).contains("42.2 km"));
    for uri in ["other://words", "own://hidden/1", "own://word/", "own://word/1/2"] {
        let error = read(uri).await.unwrap_err();
        let ServiceError::McpError(error) = error else { panic!("{error}") };
        assert_eq!(error.data, Some(serde_json::json!({"uri": uri})));
    }
}

#[tokio::test]
async fn only_what_is_there_is_declared() {
    let client = client().await;
    let info = client.peer_info().unwrap();
    let declared = serde_json::to_value(&info.capabilities).unwrap();
    let keys: Vec<_> = declared.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["completions", "prompts", "resources", "tools"]);
    // Neither subscriptions nor changes of lists.
    assert!(declared.as_object().unwrap().values().all(|one| *one == serde_json::json!({})), "{declared}");
    assert!(info.instructions.as_ref().unwrap().ends_with("A test's own pack."));
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let error = Catalog::of([&PACK], [panics(), panics()]).err().unwrap().to_string();
    assert_eq!(error, "packs `own` and `own` both have a tool panics");
    let error = Catalog::of([], [panics()]).err().unwrap().to_string();
    assert_eq!(error, "own has the tool panics and no `pack!`");
}
