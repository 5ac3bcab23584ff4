//! Checks the build, the offered tools, and that read-only mode cannot write.
use intervals_catalog::{Catalog, Selection, View};
use intervals_core::{
    ClientError, Effect, Intervals,
    client::{ALL, Body},
    tokens,
};
use intervals_mcp::Hub;
use serde_json::{Value, json};

use super::Check;

/// The number of tokens from which there is a warning: a model with a small context has little room left.
const MANY_TOKENS: usize = 10_000;

/// Shows the version, platform and features of this build.
pub fn version(name: &str, version: &str) -> Check {
    const FEATURES: [(&str, bool); 4] = [
        ("http", cfg!(feature = "http")),
        ("demo", cfg!(feature = "demo")),
        ("keychain", cfg!(feature = "keychain")),
        ("redis-sessions", cfg!(feature = "redis-sessions")),
    ];
    let words = |wanted| FEATURES.iter().filter(|(_, on)| *on == wanted).map(|(word, _)| *word).collect::<Vec<_>>();
    let or_none = |words: Vec<&str>| if words.is_empty() { "none".into() } else { words.join(", ") };
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let built =
        format!("{name} {version}, {os} {arch}; with {}; without {}", or_none(words(true)), or_none(words(false)));
    match Catalog::linked() {
        Ok(catalog) => Check::pass("version", format!("{built}; {} packs", catalog.packs.len())),
        Err(error) => Check::fail("version", format!("{built}; {error:#}"), "Build it again without the faulty pack."),
    }
}

/// Counts the offered tools and their tokens.
pub fn packs(hub: &Hub) -> Check {
    let packs: Vec<_> = hub.view().packs().map(|name| &**name).collect();
    let shown = hub.at_start();
    let cost: usize = shown.tools().map(|entry| tokens::estimate(&tokens::seen(&entry.tool, hub.settings()))).sum();
    let count = shown.tools().count();
    let start = if hub.is_dynamic() { " when a session starts" } else { "" };
    let detail = format!("{count} tools, ~{cost} tokens{start}; packs {}", packs.join(", "));
    match (count, cost) {
        (0, _) => {
            let remedy = "Check packs, tools and exclude_tools; `tools --explain` shows why each tool is left out.";
            Check::fail("packs", format!("no tool is offered; packs {}", packs.join(", ")), remedy)
        }
        (_, MANY_TOKENS..) => {
            let remedy = "For models with a small context: --packs @minimal, --max-tool-tokens, or --dynamic.";
            Check::warn("packs", detail, Some(remedy))
        }
        _ => Check::pass("packs", detail),
    }
}

/// One warning for each pack without Rust whose file is faulty.
pub fn broken_packs(hub: &Hub) -> impl Iterator<Item = Check> {
    let remedy = "Correct the file; all other packs are offered without it.";
    hub.catalog().broken.iter().map(|broken| Check::warn("packs", broken.reason(), Some(remedy)))
}

/// Checks that a write by a reading tool is refused, and that `read_only` offers no tool that writes. Nothing should be sent; if it
/// were, it would concern activity 0, which does not exist.
pub async fn read_only(client: &Intervals, hub: Option<&Hub>) -> Check {
    let requests = || {
        let traffic = client.service().traffic();
        traffic.answered.values().sum::<u64>() + traffic.lost.values().sum::<u64>()
    };
    let (before, reader) = (requests(), client.clone().with_max_effect(Effect::Read));
    let outcome: Result<Value, _> = reader.put(&["activity", "0"], ALL, Body::Json(json!({}))).await;
    let refusal = match outcome {
        Err(error @ ClientError::Refused { .. }) if requests() == before => error.to_string(),
        Err(error) => return broken(&format!("a write was not refused before it was sent: {error}")),
        Ok(_) => return broken("a write was sent"),
    };
    let Some(hub) = hub else { return Check::pass("read_only", refusal) };
    let selection = Selection { read_only: true, ..hub.selection().clone() };
    let writing = match View::new(hub.catalog(), &selection) {
        Ok(view) => view.tools().filter(|entry| entry.tool.effect != Effect::Read).count(),
        Err(unknown) => return broken(&unknown.problem),
    };
    if writing > 0 {
        return broken(&format!("{writing} tools that write would be offered"));
    }
    let state =
        if hub.view().read_only() { "on, no tool that writes is offered" } else { "off, --read-only switches it on" };
    Check::pass("read_only", format!("{state}; a test write was refused: {refusal}"))
}

fn broken(problem: &str) -> Check {
    Check::fail("read_only", problem, "Do not rely on read_only, and report this as a bug.")
}
