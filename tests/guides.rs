//! Prompts and resources: that they lead to what is there.
use std::collections::BTreeSet;

use icu_core::{Block, Content, JsonMap, Prompt, testing::Bench, uri};
use icu_demo::Demo;
use intervals_icu_mcp::catalog::Catalog;
use serde_json::json;

use crate::world::{all_arguments, has_every_pack};

/// What the server before this one offered; who used a name finds it here.
const OLD_PROMPTS: [&str; 9] = [
    "activity_deep_dive",
    "analyze_recent_training",
    "generate_workout",
    "performance_analysis",
    "plan_training_week",
    "recovery_check",
    "training_plan_review",
    "verify_multi_athlete",
    "verify_setup",
];

const OLD_RESOURCES: [&str; 4] = [
    "intervals-icu://athlete/profile",
    "intervals-icu://custom-item-schemas",
    "intervals-icu://event-categories",
    "intervals-icu://workout-syntax",
];

fn text_of(prompt: &Prompt, arguments: &JsonMap, shown: &dyn Fn(&str) -> bool) -> String {
    match prompt.messages(arguments, shown).unwrap().remove(0).content {
        Block::Text(text) => text,
        other => panic!("{} has {other:?}", prompt.name),
    }
}

/// Every argument with the first value on offer.
fn filled(prompt: &Prompt) -> JsonMap {
    let value = |one: &icu_core::PromptArgument| json!(one.choices.first().copied().or(one.default).unwrap_or("i9001"));
    prompt.arguments.iter().map(|argument| (argument.name.to_owned(), value(argument))).collect()
}

/// The calls that a text speaks of: a tool's name and the names of the arguments behind it.
fn calls(text: &str) -> Vec<(String, Vec<String>)> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let call = |at: usize| {
        let rest = &text[at..];
        let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let arguments =
            rest[end..].strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(inner, _)| inner);
        // A value in quotes may hold commas.
        let plain: String = arguments.split('"').step_by(2).collect();
        let names = plain.split(',').map(|part| part.split('=').next().unwrap().trim().to_owned());
        (rest[..end].to_owned(), names.filter(|name| !name.is_empty()).collect())
    };
    text.match_indices("icu_").filter(|(at, _)| !text[..*at].ends_with(word)).map(|(at, _)| call(at)).collect()
}

#[test]
fn prompts_name_only_tools_and_arguments_that_exist() {
    let catalog = Catalog::linked().unwrap();
    let mut faults = vec![];
    for prompt in catalog.packs.values().flat_map(|loaded| loaded.pack.prompts()) {
        let every = has_every_pack();
        for (tool, arguments) in calls(&text_of(&prompt, &filled(&prompt), &|_| true)) {
            let Some(entry) = catalog.tools.get(tool.as_str()) else {
                if every {
                    faults.push(format!("{}: there is no {tool}", prompt.name));
                }
                continue;
            };
            let schema = entry.tool.input_schema(&all_arguments());
            let unknown = arguments.iter().filter(|name| schema["properties"].get(name.as_str()).is_none());
            faults.extend(unknown.map(|name| format!("{}: {tool} has no {name}", prompt.name)));
        }
        let needs = prompt.needs.iter().filter(|tool| every && !catalog.tools.contains_key(**tool));
        faults.extend(needs.map(|tool| format!("{}: needs {tool}", prompt.name)));
        if prompt.needs.is_empty() {
            faults.push(format!("{}: it leads no tool", prompt.name));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_prompt_does_not_name_what_is_hidden() {
    for prompt in Catalog::linked().unwrap().packs.values().flat_map(|loaded| loaded.pack.prompts()) {
        let text = text_of(&prompt, &filled(&prompt), &|tool| prompt.needs.contains(&tool));
        let named: BTreeSet<_> = calls(&text).into_iter().map(|(tool, _)| tool).collect();
        let known = |tool: &String| prompt.needs.contains(&tool.as_str());
        assert!(named.iter().all(known), "{}: {named:?}", prompt.name);
    }
}

#[test]
fn all_old_prompts_and_resources_are_there() {
    if !has_every_pack() {
        return;
    }
    let catalog = Catalog::linked().unwrap();
    let prompts: BTreeSet<_> =
        catalog.packs.values().flat_map(|loaded| loaded.pack.prompts()).map(|prompt| prompt.name).collect();
    assert_eq!(prompts, OLD_PROMPTS.into());
    let resources: BTreeSet<_> =
        catalog.packs.values().flat_map(|loaded| loaded.pack.resources()).map(|resource| resource.uri).collect();
    assert_eq!(resources, OLD_RESOURCES.map(String::from).into());
}

#[tokio::test]
async fn every_resource_can_be_read_and_every_template_with_what_is_offered_for_it() {
    let demo = Demo::start().await.unwrap();
    let bench = Bench::at(&demo.url);
    for loaded in Catalog::linked().unwrap().packs.values() {
        for resource in loaded.pack.resources() {
            let read = bench.read(&resource.uri).await.unwrap_or_else(|| panic!("{}: nobody reads it", resource.uri));
            assert!(matches!(read, Ok(Content::Text(text)) if text.len() > 40), "{}", resource.uri);
        }
        for template in loaded.pack.templates() {
            let mut filled = template.uri.clone();
            for variable in uri::variables(&template.uri) {
                let offered = bench.complete(&*loaded.pack, variable, "").await;
                let offered =
                    offered.unwrap_or_else(|| panic!("{}: nothing offered for {variable}", template.uri)).unwrap();
                let value = offered.iter().find(|value| usable(value)).or(offered.first());
                filled =
                    filled.replace(&format!("{{{variable}}}"), value.unwrap_or_else(|| panic!("{}", template.uri)));
            }
            let read = bench.read(&filled).await.unwrap_or_else(|| panic!("{filled}: nobody reads it"));
            read.unwrap_or_else(|error| panic!("{filled}: {error}"));
        }
    }
    assert_eq!(demo.writes(), [""; 0]);
}

/// Of the activities on offer the one that has everything.
fn usable(value: &str) -> bool {
    value == icu_demo::RIDE
}

#[tokio::test]
async fn a_resource_tells_of_the_athlete_that_its_uri_names() {
    let demo = Demo::start().await.unwrap();
    let bench = Bench::at(&demo.url);
    if !Catalog::linked().unwrap().packs.contains_key("wellness") {
        return;
    }
    let day = "intervals-icu://wellness/2026-07-01";
    let read = async |uri: String| match bench.read(&uri).await.unwrap() {
        Ok(Content::Text(text)) => text,
        other => panic!("{other:?}"),
    };
    assert!(read(format!("{day}?athlete_id={}", icu_demo::COACHED)).await.starts_with("athlete: Sam Brook (i7002)\n"));
    assert!(!read(day.into()).await.contains("athlete: "));
    bench.read(&format!("{day}?athlete={}", icu_demo::COACHED)).await.unwrap().unwrap_err();
}

#[tokio::test]
async fn completions_begin_with_what_was_typed() {
    let demo = Demo::start().await.unwrap();
    let bench = Bench::at(&demo.url);
    let catalog = Catalog::linked().unwrap();
    let Some(loaded) = catalog.packs.get("wellness") else { return };
    let offered = bench.complete(&*loaded.pack, "date", "2026-06-2").await.unwrap().unwrap();
    assert_eq!(offered.first().map(String::as_str), Some("2026-06-29"));
    assert!(offered.iter().all(|date| date.starts_with("2026-06-2")));
    assert!(bench.complete(&*loaded.pack, "no_such", "").await.is_none());
}

#[tokio::test]
async fn a_resource_goes_with_its_tool() {
    let demo = Demo::start().await.unwrap();
    let catalog = Catalog::linked().unwrap();
    for template in catalog.packs.values().flat_map(|loaded| loaded.pack.templates()) {
        let tool = template.tool.unwrap_or_else(|| panic!("{} goes with no tool", template.uri));
        let read = catalog.tools.get(tool).map(|entry| entry.tool.effect);
        assert_eq!(read, Some(icu_core::Effect::Read), "{}: {tool}", template.uri);
    }
    if !catalog.packs.contains_key("wellness") {
        return;
    }
    let hidden = Bench::at(&demo.url).hiding(&["icu_get_wellness_for_date"]);
    assert!(hidden.read("intervals-icu://wellness/2026-07-01").await.is_none());
}
