//! The hub in-process, with a pack of the test's own: what goes wrong inside, prompts, resources.
use icu_core::{
    BoxFuture, Call, Content, Delete, Effect, JsonMap, Pack, Prompt, PromptArgument, PromptMessage, Resource, Result,
    Role, Settings, Template, ToolDef, ToolPack,
    client::{Credential, Options, Service},
};
use intervals_icu_mcp::{catalog::Catalog, hub::Hub, view::Selection};
use rmcp::{
    RoleClient, ServiceExt,
    model::{CallToolRequestParams, GetPromptRequestParams, ReadResourceRequestParams},
    service::RunningService,
};

struct Own;

impl ToolPack for Own {
    fn prompts(&self) -> Vec<Prompt> {
        const DAYS: PromptArgument = PromptArgument { name: "days", description: "How many.", required: false };
        vec![Prompt { name: "review", description: "Review.", arguments: &[DAYS], render: review }]
    }

    fn resources(&self) -> Vec<Resource> {
        let (uri, name) = ("own://words".into(), "words".into());
        vec![Resource { uri, name, description: "Words.".into(), media_type: "text/plain".into() }]
    }

    fn templates(&self) -> Vec<Template> {
        let (uri, name) = ("own://word/{n}".into(), "word".into());
        vec![Template { uri, name, description: "A word.".into(), media_type: None }]
    }

    fn read(&self, uri: &str, call: Call) -> Option<BoxFuture<'static, Result<Content>>> {
        let uri = uri.strip_prefix("own://")?.to_owned();
        Some(Box::pin(async move {
            match uri.as_str() {
                "words" => Ok(Content::Text("one two".into())),
                "bytes" => Ok(Content::Bytes { data: vec![1, 2], media_type: "application/x".into() }),
                // A resource must not write, whatever it tries.
                _ => Err(call.client.delete(&["activity", "i1"]).await.unwrap_err().into()),
            }
        }))
    }
}

fn review(arguments: &JsonMap) -> Result<Vec<PromptMessage>> {
    let days = arguments.get("days").and_then(|days| days.as_str()).unwrap_or("7");
    Ok(vec![PromptMessage { role: Role::User, content: Content::Text(format!("Review {days} days.")) }])
}

static PACK: Pack =
    Pack { krate: "own", name: "own", about: "A test's own pack.", default: true, build: || Box::new(Own) };

// Written by hand: `#[tool]` would put it into every catalog of this binary.
static PANICS: ToolDef = ToolDef {
    krate: "own",
    name: "panics",
    title: None,
    description: "Panics.",
    effect: Effect::Destructive,
    delete: Some(Delete::Forever),
    idempotent: false,
    input: |_| icu_core::schema::none(),
    output: JsonMap::new,
    body: |_| Box::pin(async { panic!("a defect") }),
};

async fn client() -> RunningService<RoleClient, ()> {
    let catalog = Catalog::of([&PACK], [&PANICS]).unwrap();
    let selection = Selection { delete_mode: icu_core::DeleteMode::Full, ..Selection::default() };
    let client = Service::new(Options::at("http://127.0.0.1:1")).unwrap().account(Credential::ApiKey("k".into()), None);
    let hub = Hub::new(catalog, &selection, Settings::default(), client, true).unwrap();
    let (ours, theirs) = tokio::io::duplex(4096);
    tokio::spawn(async move { hub.serve(ours).await.unwrap().waiting().await });
    ().serve(theirs).await.unwrap()
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
    client.get_prompt(GetPromptRequestParams::new("nothing")).await.unwrap_err();
}

#[tokio::test]
async fn resources_are_listed_and_read_and_cannot_write() {
    let client = client().await;
    assert_eq!(client.list_all_resources().await.unwrap()[0].uri, "own://words");
    assert_eq!(client.list_all_resource_templates().await.unwrap()[0].uri_template, "own://word/{n}");
    let read = async |uri: &str| client.read_resource(ReadResourceRequestParams::new(uri)).await;
    let shown = |result| serde_json::to_string(&result).unwrap();
    assert!(shown(read("own://words").await.unwrap()).contains("one two"));
    assert!(shown(read("own://bytes").await.unwrap()).contains("AQI="));
    assert!(read("own://write").await.unwrap_err().to_string().contains("was not sent"));
    read("other://words").await.unwrap_err();
}

#[tokio::test]
async fn only_what_is_there_is_declared() {
    let client = client().await;
    let info = client.peer_info().unwrap();
    let declared = serde_json::to_value(&info.capabilities).unwrap();
    let keys: Vec<_> = declared.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["prompts", "resources", "tools"]);
    assert!(info.instructions.as_ref().unwrap().ends_with("A test's own pack."));
}

#[test]
fn a_name_that_stands_twice_is_refused() {
    let error = Catalog::of([&PACK], [&PANICS, &PANICS]).err().unwrap().to_string();
    assert_eq!(error, "packs `own` and `own` both have a tool panics");
    let error = Catalog::of([], [&PANICS]).err().unwrap().to_string();
    assert_eq!(error, "own has the tool panics and no `pack!`");
}
