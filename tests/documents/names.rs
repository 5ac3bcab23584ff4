//! Tools, prompts, files and tests that documents name are there.
use std::collections::BTreeSet;

use intervals_catalog::Catalog;
use serde_json::Value;

use super::pages::{files_in, pages};
use crate::world::{all_arguments, has_every_pack, path, run};

/// What a manual makes up to show how a tool is written.
pub const MADE_UP: &[&str] = &[
    "icu_get_weight",
    "icu_get_steps",
    "icu_get_activity_weather",
    "icu_rate_activity",
    "icu_rpe",
    "packs/wellness/src/weight.rs",
];

#[test]
fn every_tool_that_is_named_is_there() {
    if !has_every_pack() {
        return;
    }
    let listed = |arguments: &[&str]| {
        let ran = run(&[&["tools", "--json", "--packs", "all", "--delete-mode", "full"], arguments].concat(), &[]);
        let rows: Value = serde_json::from_str(&ran.out).unwrap();
        rows.as_array().unwrap().iter().map(|row| row["tool"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let tools: BTreeSet<_> = listed(&[]).into_iter().chain(listed(&["--dynamic"])).collect();
    let (mut faults, mut named) = (vec![], BTreeSet::new());
    for page in pages() {
        let words = page.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for word in words.filter(|word| word.starts_with("icu_")) {
            let is_crate = ["intervals_core", "intervals_demo", "intervals_macros"].contains(&word)
                || word.starts_with("intervals_pack_");
            // What ends so goes on with a star, or with dots.
            let begins = word.ends_with('_') && tools.iter().any(|tool| tool.starts_with(word));
            if tools.contains(word) {
                named.insert(word.to_owned());
            } else if !is_crate && !begins && !MADE_UP.contains(&word) {
                faults.push(format!("{}: {word}", page.name));
            }
        }
    }
    assert!(faults.is_empty() && named.len() > 50, "{} tools are named: {faults:#?}", named.len());
}

#[test]
fn every_prompt_and_argument_in_the_examples_is_there() {
    if !has_every_pack() {
        return;
    }
    let catalog = Catalog::linked().unwrap();
    let prompts = catalog.packs.values().flat_map(|loaded| loaded.pack.prompts()).map(|prompt| prompt.name.to_string());
    let mut known: BTreeSet<String> = prompts.collect();
    for entry in catalog.tools.values() {
        let schema = entry.tool.input_schema(&all_arguments());
        known.extend(
            schema.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.clone()),
        );
    }
    let page = pages().into_iter().find(|page| page.name == "docs/examples.md").unwrap();
    let words = page.spans().into_iter().filter(|span| span.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    let unknown: Vec<_> = words.filter(|word| !word.starts_with("icu_") && !known.contains(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_file_that_is_named_is_there() {
    let top = ["core/", "server/", "packs/", "tests/", "docs/", ".ci/", ".github/"];
    let (mut faults, mut named) = (vec![], 0);
    for page in pages() {
        let spans = page.spans().into_iter().filter(|span| top.iter().any(|folder| span.starts_with(folder)));
        for span in spans.filter(|span| !span.contains(['<', '*', '{', '…']) && !MADE_UP.contains(&span.as_str())) {
            named += 1;
            // `docs/check --help` is a file with an argument.
            if !path(span.split(' ').next().unwrap()).exists() {
                faults.push(format!("{}: {span}", page.name));
            }
        }
    }
    assert!(faults.is_empty() && named > 50, "{named} files are named: {faults:#?}");
}

#[test]
fn every_test_that_holds_a_promise_is_there() {
    let sources = ["core", "packs", "server", "tests"].iter().flat_map(|folder| files_in(&path(folder)));
    let code: String = sources
        .filter(|file| file.ends_with(".rs"))
        .map(|file| std::fs::read_to_string(path(&file)).unwrap())
        .collect();
    let page = pages().into_iter().find(|page| page.name == "docs/security.md").unwrap();
    let sentences = page.spans().into_iter().filter(|span| span.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    let named: Vec<_> = sentences.filter(|span| span.matches('_').count() > 2).collect();
    let missing: Vec<_> = named.iter().filter(|name| !code.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty() && named.len() > 20, "{} tests are named: {missing:#?}", named.len());
}
