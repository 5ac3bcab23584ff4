//! The pack `packs`: tools about tools. A client with a small context finds what it needs, switches packs, or calls through.
use std::{any::Any, borrow::Cow, collections::BTreeSet, sync::Arc};

use intervals_catalog::{
    Entry, Name, View,
    spelling::{cut, hint},
    tokens,
};
use intervals_core::{
    BoxFuture, Call, Effect, Error, FromCall, JsonMap, List, Notes, Pack, Result, Settings, ToolPack,
    answer::Answer,
    registry::{StaticOrShared, Tier, ToolDef},
    schema,
    units::Units,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{dynamic::DynamicSession, host::SessionHost};

/// The pack's name.
const PACK: &str = "packs";

struct Packs;

impl ToolPack for Packs {}

/// The pack's card.
pub static CARD: Pack = Pack {
    krate: env!("CARGO_CRATE_NAME"),
    name: PACK,
    about: "More tools are there than are listed: find them with icu_find_tools, call them with icu_call_read or icu_call_write.",
    default: true,
    build: || Box::new(Packs),
};

/// The pack's tools.
pub fn tools() -> Vec<ToolDef> {
    vec![
        tool::<Find>("icu_find_tools", "FIND tools by what you want to do, best first.", Effect::Read, &|call| {
            Box::pin(find(call))
        }),
        tool::<Through>("icu_call_read", "CALL a found tool that reads.", Effect::Read, &|call| {
            Box::pin(call_read(call))
        }),
        tool::<Through>("icu_call_write", "CALL a found tool that changes or deletes.", Effect::Destructive, &|call| {
            Box::pin(call_write(call))
        }),
        tool::<Nothing>(
            "icu_list_packs",
            "LIST packs of tools: what they cost and hold, which are on.",
            Effect::Read,
            &|call| Box::pin(list(call)),
        ),
        ToolDef {
            idempotent: true,
            ..tool::<Switch>(
                "icu_switch_packs",
                "SWITCH packs of tools on or off for this session.",
                Effect::Read,
                &|call| Box::pin(switch(call)),
            )
        },
    ]
}

fn tool<A: JsonSchema>(
    name: &'static str,
    description: &'static str,
    effect: Effect,
    body: &'static (dyn Fn(Call) -> BoxFuture<'static, Result<Answer>> + Send + Sync),
) -> ToolDef {
    ToolDef {
        krate: env!("CARGO_CRATE_NAME"),
        name: name.into(),
        title: None,
        description: description.into(),
        effect,
        delete: None,
        idempotent: effect == Effect::Read,
        tier: Tier::Core,
        input: StaticOrShared::Static(&|_| schema::input::<A>()),
        output: StaticOrShared::Static(&any_object),
        body: StaticOrShared::Static(body),
    }
}

/// What a called tool answers is its own affair.
fn any_object() -> JsonMap {
    JsonMap::from_iter([("type".to_owned(), Value::from("object"))])
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Find {
    /// In plain words, such as "move a workout".
    #[schemars(example = &"move a workout to another day")]
    query: String,
    /// How many; default 5.
    #[serde(default)]
    #[schemars(example = 3)]
    limit: Option<usize>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Through {
    /// The tool's name.
    #[schemars(example = &"icu_get_gear_list")]
    tool: String,
    /// As its inputSchema says.
    #[serde(default)]
    #[schemars(example = JsonMap::new())]
    arguments: JsonMap,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Switch {
    /// Packs to switch on, such as ["gear"].
    #[serde(default)]
    #[schemars(example = ["gear"])]
    on: Vec<String>,
    /// Packs to switch off.
    #[serde(default)]
    #[schemars(example = ["wellness"])]
    off: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Found {
    tools: Vec<FoundTool>,
}

#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct FoundTool {
    name: Name,
    description: Name,
    input_schema: JsonMap,
}

async fn find(mut call: Call) -> Result<Answer> {
    let Find { query, limit } = args(&mut call)?;
    let session = session(&call)?;
    let limit = limit.unwrap_or(5).clamp(1, 20);
    let names = session.hub.index().best(&query, |name| reachable(&session, name).is_some(), limit);
    let tools: Vec<_> =
        names.iter().filter_map(|name| reachable(&session, name)).map(|entry| found(entry, &session)).collect();
    if tools.is_empty() {
        let packs: Vec<_> = session.allowed.packs().map(|pack| &**pack).collect();
        let advice = format!("Ask in other words; there are tools for {}.", packs.join(", "));
        return Err(Error::new(format!("no tool fits \"{query}\""), advice));
    }
    plain(call).exact(async { Ok(Found { tools }) }).await
}

fn found(entry: &Entry, session: &DynamicSession) -> FoundTool {
    FoundTool {
        name: entry.tool.name.clone(),
        description: entry.tool.description.clone(),
        input_schema: entry.tool.input_schema(session.hub.settings()),
    }
}

/// The tool that a call of this one calls, as the caller names it.
pub fn called<'a>(entry: &Entry, arguments: &'a JsonMap) -> Option<&'a str> {
    let through = entry.about_tools && matches!(&*entry.tool.name, "icu_call_read" | "icu_call_write");
    arguments.get("tool").filter(|_| through)?.as_str()
}

async fn call_read(call: Call) -> Result<Answer> {
    call_through(call, |effect| effect == Effect::Read, "icu_call_write").await
}

async fn call_write(call: Call) -> Result<Answer> {
    call_through(call, |effect| effect > Effect::Read, "icu_call_read").await
}

/// Runs another tool, which narrows the client to its own effect as always.
async fn call_through(mut call: Call, fits: impl Fn(Effect) -> bool, other: &str) -> Result<Answer> {
    let Through { tool, arguments } = args(&mut call)?;
    let session = session(&call)?;
    let Some(entry) = reachable(&session, &tool) else {
        let names = session.allowed.tools().map(|entry| &*entry.tool.name);
        let problem = format!("there is no tool {}{}", cut(&tool), hint(&tool, names));
        return Err(Error::new(problem, "Find it with icu_find_tools."));
    };
    if !fits(entry.tool.effect) {
        let does = if entry.tool.effect == Effect::Read { "reads" } else { "changes data" };
        return Err(Error::new(format!("{tool} {does}"), format!("Call it with {other}.")));
    }
    entry.tool.run(call.with(arguments)).await
}

#[derive(Serialize, JsonSchema)]
struct PackRow {
    pack: Name,
    on: bool,
    tools: usize,
    /// When not all of them need be.
    listed: Option<usize>,
    tokens: usize,
    about: String,
}

async fn list(mut call: Call) -> Result<Answer> {
    let Nothing {} = args(&mut call)?;
    let session = session(&call)?;
    if let Some(why) = &session.refused {
        let notes = Notes::from_call(&mut call).await?;
        let said = if session.operator { why } else { "its operator finds the reason in its log" };
        notes.add(format!(
            "this server's configuration was changed and cannot be used, so the one before holds: {said}"
        ));
    }
    let broken = &session.hub.catalog().broken;
    if session.operator {
        for broken in broken {
            let notes = Notes::from_call(&mut call).await?;
            notes.add(format!("the pack {} is left out, since its file is faulty: {}", broken.name, broken.brief()));
        }
    } else if !broken.is_empty() {
        let notes = Notes::from_call(&mut call).await?;
        let count = broken.len();
        notes
            .add(format!("left out, since their files are faulty: {count}; the operator finds the reasons in the log"));
    }
    listing(call, &session).await
}

async fn switch(mut call: Call) -> Result<Answer> {
    let Switch { on, off } = args(&mut call)?;
    let session = session(&call)?;
    let Some(switches) = &session.switches else {
        let advice = "Find tools with icu_find_tools and call them with icu_call_read or icu_call_write.";
        return Err(Error::new("nothing can be switched: this client keeps no session", advice));
    };
    let known: BTreeSet<&str> = session.allowed.packs().map(|pack| &**pack).filter(|pack| *pack != PACK).collect();
    if let Some(unknown) = on.iter().chain(&off).find(|pack| !known.contains(pack.as_str())) {
        let all: Vec<_> = known.iter().copied().collect();
        let problem = format!("there is no pack {}{}", cut(unknown), hint(unknown, known.iter().copied()));
        return Err(Error::new(problem, format!("Use one of {}.", all.join(", "))));
    }
    switches.update(session.hub.start(), |packs| {
        packs.extend(on.into_iter().map(Name::from));
        packs.retain(|pack| !off.iter().any(|off| off == pack));
    });
    listing(call, &session).await
}

fn on_now(session: &DynamicSession) -> BTreeSet<Name> {
    switched(session).unwrap_or_else(|| session.hub.start().clone())
}

fn switched(session: &DynamicSession) -> Option<BTreeSet<Name>> {
    session.switches.as_ref().and_then(|switches| switches.on())
}

/// The packs, and how many of their tools had no room.
async fn listing(mut call: Call, session: &DynamicSession) -> Result<Answer> {
    let shown = session.hub.listed(Cow::Borrowed(&session.allowed), switched(session).as_ref());
    let on = on_now(session);
    let meant = session.allowed.tools().filter(|entry| on.contains(&entry.pack) && !entry.about_tools).count();
    let listed = shown.tools().filter(|entry| !entry.about_tools).count();
    if let Some(budget) = session.hub.budget().filter(|_| listed < meant) {
        Notes::from_call(&mut call).await?.add(format!(
            "Only {listed} of the {meant} tools of these packs are listed, since the operator allows {} tokens: reach the others \
             with icu_call_read or icu_call_write, or switch off what is not needed.",
            budget.limit()
        ));
    }
    answer(call, rows(session, &shown)).await
}

fn rows(session: &DynamicSession, shown: &View) -> List<PackRow> {
    let on = on_now(session);
    let packs = session.hub.catalog().packs.iter().filter(|(name, _)| session.allowed.has_pack(name) && **name != PACK);
    let rows = packs.map(|(name, linked)| {
        let tools: Vec<_> = session.allowed.tools().filter(|entry| entry.pack == *name).collect();
        let cost = |entry: &&Entry| tokens::estimate(&tokens::seen(&entry.tool, session.hub.settings()));
        PackRow {
            pack: name.clone(),
            on: on.contains(name),
            tools: tools.len(),
            listed: session.hub.budget().map(|_| shown.tools().filter(|entry| entry.pack == *name).count()),
            tokens: tools.iter().map(cost).sum(),
            about: linked.card.about.to_string(),
        }
    });
    rows.collect::<Vec<_>>().into()
}

/// A tool that may be called through another: any that the caller may call at all, but these here.
fn reachable<'a>(session: &'a DynamicSession, name: &str) -> Option<&'a Entry> {
    session.allowed.get(name).filter(|entry| !entry.about_tools)
}

fn session(call: &Call) -> Result<Arc<DynamicSession>> {
    let host = (&*call.host as &dyn Any).downcast_ref::<SessionHost>();
    host.and_then(|host| host.dynamic.clone())
        .ok_or_else(|| Error::new("this tool works in a dynamic server only", "Start the server with --dynamic."))
}

fn args<T: DeserializeOwned>(call: &mut Call) -> Result<T> {
    call.args()
}

async fn answer<T: Serialize + Send + 'static>(call: Call, value: T) -> Result<Answer> {
    plain(call).answer(async { Ok(value) }).await
}

/// The same call, whose answer has nothing of an athlete: nobody need be asked for their units.
fn plain(mut call: Call) -> Call {
    call.settings = Arc::new(Settings::clone(&call.settings).with_units(Units::default()));
    call
}
