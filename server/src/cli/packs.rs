//! `packs`: the packs of this build, which of them are on, and the profiles.
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
    /// Number of tools offered; for a pack that is off, if it were on.
    tools: usize,
    /// Estimated o200k tokens of these tools.
    tokens: usize,
    about: Name,
    /// The fault in its file, for a pack without Rust.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct ProfileRow {
    profile: &'static str,
    /// Number of tools offered if `packs` held this profile alone.
    tools: usize,
    /// Estimated o200k tokens of these tools.
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
                tokens: total_tokens(hub, &tools),
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
            // Only a profile's row has the key `profile`.
            let rows = list.items.iter().map(serde_json::to_value);
            let rows = rows.chain(profiles.items.iter().map(serde_json::to_value)).collect::<Result<Vec<_>, _>>()?;
            writeln!(out, "{}", serde_json::to_string(&rows)?)?;
        } else {
            write!(out, "{}", table::fit(&Document::of(&list, Units::default())?.text(), terminal::width()))?;
            writeln!(out, "\nProfiles, which --packs accepts too:\n")?;
            write!(out, "{}", table::fit(&Document::of(&profiles, Units::default())?.text(), terminal::width()))?;
        }
        Ok(Exit::Success)
    }
}

/// The profiles that have tools in this build, under the operator's other filters.
fn profiles(hub: &Hub) -> List<ProfileRow> {
    let rows = PROFILES.iter().filter_map(|profile| {
        let selection = Selection { packs: vec![profile.name.into()], ..hub.selection().clone() };
        let view = View::new(hub.catalog(), &selection).ok()?;
        let tools: Vec<_> = view.tools().collect();
        let (tokens, tools) = (total_tokens(hub, &tools), tools.len());
        Some(ProfileRow { profile: profile.name, tools, tokens, about: profile.about })
    });
    rows.collect::<Vec<_>>().into()
}

fn total_tokens(hub: &Hub, tools: &[&Entry]) -> usize {
    tools.iter().map(|entry| tokens::estimate(&tokens::seen(&entry.tool, hub.settings()))).sum()
}
