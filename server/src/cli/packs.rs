//! `packs`: what this build holds, what of it is on, and the profiles.
use std::io::Write;

use intervals_catalog::{Entry, Name, Selection, View, profiles::PROFILES, tokens};
use intervals_core::{List, render::Document, units::Units};
use intervals_mcp::Hub;
use schemars::JsonSchema;
use serde::Serialize;

use super::{table, terminal};
use crate::exit::Exit;

#[derive(clap::Args)]
pub struct Packs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    pack: Name,
    on: bool,
    /// Offered now, or if it were on.
    tools: usize,
    /// About, in o200k tokens.
    tokens: usize,
    about: Name,
    /// What is wrong with the file that should declare it.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ProfileRow {
    profile: &'static str,
    /// Offered if it stood in `packs` alone.
    tools: usize,
    /// About, in o200k tokens.
    tokens: usize,
    about: &'static str,
}

impl Packs {
    pub fn run(self, hub: &Hub, out: &mut impl Write) -> anyhow::Result<Exit> {
        let rows = hub.catalog().packs.values().map(|loaded| {
            let name = &loaded.card.name;
            let on = hub.view().has_pack(name);
            let alone = || Selection { packs: vec![name.to_string()], ..hub.selection().clone() };
            let view = if on { None } else { View::new(hub.catalog(), &alone()).ok() };
            let view = view.as_ref().unwrap_or(hub.view());
            let tools: Vec<_> = view.tools().filter(|entry| entry.pack == *name).collect();
            Row {
                pack: name.clone(),
                on,
                tools: tools.len(),
                tokens: cost(hub, &tools),
                about: loaded.card.about.clone(),
                broken: None,
            }
        });
        let broken = hub.catalog().broken.iter().map(|broken| Row {
            pack: broken.name.clone(),
            on: false,
            tools: 0,
            tokens: 0,
            about: Name::Borrowed("Its file is faulty."),
            broken: Some(broken.reason()),
        });
        let list: List<Row> = rows.chain(broken).collect::<Vec<_>>().into();
        let profiles = profiles(hub);
        if self.json {
            // A profile's row is told apart by its key.
            let rows = list.items.iter().map(serde_json::to_value);
            let rows = rows.chain(profiles.items.iter().map(serde_json::to_value)).collect::<Result<Vec<_>, _>>()?;
            writeln!(out, "{}", serde_json::to_string(&rows)?)?;
        } else {
            write!(out, "{}", table::fit(&Document::of(&list, Units::default())?.text(), terminal::width()))?;
            writeln!(out, "\nWords for --packs that choose some of them:\n")?;
            write!(out, "{}", table::fit(&Document::of(&profiles, Units::default())?.text(), terminal::width()))?;
        }
        Ok(Exit::Success)
    }
}

/// Those of which anything is in this build, under the operator's other filters.
fn profiles(hub: &Hub) -> List<ProfileRow> {
    let rows = PROFILES.iter().filter_map(|profile| {
        let selection = Selection { packs: vec![profile.name.into()], ..hub.selection().clone() };
        let view = View::new(hub.catalog(), &selection).ok()?;
        let tools: Vec<_> = view.tools().collect();
        let (tokens, tools) = (cost(hub, &tools), tools.len());
        Some(ProfileRow { profile: profile.name, tools, tokens, about: profile.about })
    });
    rows.collect::<Vec<_>>().into()
}

fn cost(hub: &Hub, tools: &[&Entry]) -> usize {
    tools.iter().map(|entry| tokens::estimate(&tokens::seen(&entry.tool, hub.settings()))).sum()
}
