//! `packs`: what this build holds, and what of it is on.
use std::io::Write;

use icu_core::{List, render::Page, units::Units};
use schemars::JsonSchema;
use serde::Serialize;

use super::table;
use crate::{catalog::Entry, hub::Hub, tokens};

#[derive(clap::Args)]
pub struct Packs {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    pack: &'static str,
    on: bool,
    /// Offered now.
    tools: usize,
    /// About, in o200k tokens.
    tokens: usize,
    about: &'static str,
}

impl Packs {
    pub fn run(self, hub: &Hub, out: &mut impl Write) -> anyhow::Result<bool> {
        let rows = hub.catalog().packs.values().map(|loaded| {
            let name = loaded.card.name;
            let tools: Vec<_> = hub.view().tools().filter(|entry| entry.pack == name).collect();
            let cost = |entry: &&Entry| tokens::estimate(&tokens::seen(&entry.tool, hub.settings()));
            Row {
                pack: name,
                on: hub.view().has_pack(name),
                tools: tools.len(),
                tokens: tools.iter().map(cost).sum(),
                about: loaded.card.about,
            }
        });
        let list: List<Row> = rows.collect::<Vec<_>>().into();
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&list.items)?)?;
        } else {
            write!(out, "{}", table::align(&Page::of(&list, Units::default())?.text()))?;
        }
        Ok(true)
    }
}
