//! Tests that each rule of the kit passes a good pack and finds the fault of a bad one. The packs are not linked.
mod effects;
mod guides;
mod statements;

use intervals_core::{
    BoxFuture, Call, Day, Effect, Pack, Result, ToolPack,
    answer::Answer,
    client::{ALL, Body},
    content::{Resource, Template},
    prompt::Prompt,
    registry::{StaticOrShared, Tier, ToolDef},
    schema,
    testing::{PackUnderTest, Policy, demo, rules},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Args {
    /// YYYY-MM-DD.
    #[schemars(example = &"2026-07-01")]
    date: Day,
}

#[derive(Serialize, JsonSchema)]
struct Found {
    date: Option<String>,
}

/// A tool without faults.
fn tool() -> ToolDef {
    ToolDef {
        krate: "good",
        name: "icu_good".into(),
        title: Some("Good".into()),
        description: "GOOD of one day.".into(),
        effect: Effect::Read,
        delete: None,
        idempotent: false,
        tier: Tier::default(),
        input: StaticOrShared::Static(&|_| schema::input::<Args>()),
        output: StaticOrShared::Static(&schema::output::<Found>),
        body: StaticOrShared::Static(&reads),
    }
}

/// A pack without faults.
const PACK: Pack =
    Pack { krate: "good", name: "good", about: "Good: what is good.", default: true, build: || Box::new(GUIDES) };

/// A pack's prompts, resources, templates and completion values.
struct Guides {
    prompts: fn() -> Vec<Prompt>,
    resources: fn() -> Vec<Resource>,
    templates: fn() -> Vec<Template>,
    /// The text of `good://all`; all other resources are a tool's.
    text: Option<&'static str>,
    offers: Option<&'static [&'static str]>,
}

const GUIDES: Guides = Guides { prompts: Vec::new, resources: Vec::new, templates: Vec::new, text: None, offers: None };

impl ToolPack for Guides {
    fn prompts(&self) -> Vec<Prompt> {
        (self.prompts)()
    }

    fn resources(&self) -> Vec<Resource> {
        (self.resources)()
    }

    fn templates(&self) -> Vec<Template> {
        (self.templates)()
    }

    fn read(&self, uri: &str, _: Call) -> Option<BoxFuture<'static, Result<intervals_core::content::Content>>> {
        let text = self.text.filter(|_| uri == "good://all")?.to_owned();
        Some(Box::pin(async { Ok(intervals_core::content::Content::Text(text)) }))
    }

    fn complete(&self, _: &str, _: Call) -> Option<BoxFuture<'static, Result<Vec<String>>>> {
        let offers = self.offers?.iter().map(ToString::to_string).collect();
        Some(Box::pin(async { Ok(offers) }))
    }
}

/// The body of a tool that does `work`.
fn run_body<W: Future<Output = Result<Found>> + Send>(
    mut call: Call,
    work: impl FnOnce(intervals_core::Intervals, String) -> W + Send + 'static,
) -> BoxFuture<'static, Result<Answer>> {
    Box::pin(async move {
        let args: Args = call.args()?;
        let work = work(call.client.clone(), args.date.0.to_string());
        call.answer(work).await
    })
}

fn reads(call: Call) -> BoxFuture<'static, Result<Answer>> {
    run_body(call, |client, date| async move {
        let day: Value = client.get(&["athlete", "0", "wellness", &date], ALL).await?;
        Ok(Found { date: day["id"].as_str().map(Into::into) })
    })
}

fn writes(call: Call) -> BoxFuture<'static, Result<Answer>> {
    run_body(call, |client, date| async move {
        let body = Body::Json(json!({"id": date, "steps": 9000}));
        let _: Value = client.put(&["athlete", "0", "wellness", &date], ALL, body).await?;
        Ok(Found { date: Some(date) })
    })
}

/// Writes, and ignores a refusal.
fn writes_regardless(call: Call) -> BoxFuture<'static, Result<Answer>> {
    run_body(call, |client, date| async move {
        let body = Body::Json(json!({"id": date, "steps": 9000}));
        let _ = client.put::<Value>(&["athlete", "0", "wellness", &date], ALL, body).await;
        Ok(Found { date: Some(date) })
    })
}

fn deletes(call: Call) -> BoxFuture<'static, Result<Answer>> {
    run_body(call, |client, date| async move {
        let _: Value = client.delete(&["activity", demo::RIDE], ALL).await?;
        Ok(Found { date: Some(date) })
    })
}

fn fails(call: Call) -> BoxFuture<'static, Result<Answer>> {
    run_body(call, |_, date| async move { Err(intervals_core::Error::new(format!("{date} is no good"), "Wait.")) })
}

fn subject(pack: Pack, tools: impl IntoIterator<Item = ToolDef>, policy: Policy) -> PackUnderTest {
    let tools = tools.into_iter().map(|tool| &*Box::leak(Box::new(tool)));
    PackUnderTest { packs: vec![Box::leak(Box::new(pack))], tools: tools.collect(), policy }
}

/// The good pack with a changed tool.
fn with_tool(change: impl FnOnce(&mut ToolDef)) -> PackUnderTest {
    let mut tool = tool();
    change(&mut tool);
    subject(PACK, [tool], Policy::default())
}

/// Asserts that a rule found exactly this fault.
#[track_caller]
fn finds(faults: &[String], expected: &str) {
    assert!(matches!(faults, [only] if only.contains(expected)), "{expected}: {faults:#?}");
}

#[tokio::test]
async fn a_good_pack_keeps_every_rule() {
    let writes = ToolDef {
        name: "icu_set_good".into(),
        description: "SET what is good.".into(),
        effect: Effect::Write,
        body: StaticOrShared::Static(&writes),
        ..tool()
    };
    let deletes = ToolDef {
        name: "icu_delete_good".into(),
        description: "DELETE what is good.".into(),
        effect: Effect::Destructive,
        delete: Some(intervals_core::registry::Delete::Forever),
        body: StaticOrShared::Static(&deletes),
        ..tool()
    };
    let good = subject(Pack { build: || Box::new(guides::FULL), ..PACK }, [tool(), writes, deletes], Policy::default());
    for rule in [
        rules::names,
        rules::descriptions,
        rules::cards,
        rules::arguments,
        rules::schemas,
        rules::additions,
        rules::budget,
        rules::deletes,
        rules::prompts,
        rules::exceptions,
    ] {
        rules::hold(&rule(&good));
    }
    rules::hold(&rules::effects(&good, demo).await);
    rules::hold(&rules::answers(&good, demo).await);
    rules::hold(&rules::read_only(&good, demo).await);
    rules::hold(&rules::resources(&good, demo).await);
}

#[test]
fn a_fault_ends_the_test_and_so_does_a_pack_that_is_not_linked() {
    let message = |panic: Box<dyn std::any::Any + Send>| *panic.downcast::<String>().unwrap();
    let panic = std::panic::catch_unwind(|| rules::hold(&["icu_x: no title".into()])).unwrap_err();
    assert!(message(panic).contains("icu_x: no title"));
    let names = ["conformance", "intervals-pack-nowhere"];
    let panic = std::panic::catch_unwind(|| PackUnderTest::of_crate(names, Policy::default()).tools.len()).unwrap_err();
    assert!(message(panic).ends_with("name the crate in the test: `use intervals_pack_nowhere as _;`"));
}
