//! `tools`: the offered tools and their cost in tokens.
use std::io::Write;

use intervals_catalog::{Entry, tokens};
use intervals_core::{List, render::Document, units::Units};
use intervals_mcp::Hub;
use schemars::JsonSchema;
use serde::Serialize;

use super::{explain::explain, table, terminal};
use crate::exit::Exit;

#[derive(clap::Args)]
pub struct Tools {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Show for every known tool why it is offered or not
    #[arg(long)]
    explain: bool,
}

#[derive(Serialize, JsonSchema)]
struct Row {
    tool: String,
    pack: String,
    effect: String,
    /// Estimated o200k tokens.
    tokens: usize,
    description: String,
}

impl Tools {
    pub fn run(self, hub: &Hub, out: &mut impl Write) -> anyhow::Result<Exit> {
        if self.explain {
            return explain(hub, self.json, out);
        }
        let rows: Vec<_> = hub.view().tools().map(|entry| Row::of(entry, hub)).collect();
        let total: usize = rows.iter().map(|row| row.tokens).sum();
        let list: List<Row> = rows.into();
        if self.json {
            writeln!(out, "{}", serde_json::to_string(&list.items)?)?;
        } else {
            write!(out, "{}", table::fit(&Document::of(&list, Units::default())?.text(), terminal::width()))?;
            let total = format!("~{total} tokens of name, description and input schema");
            write!(out, "{}", table::fit(&total, terminal::width()))?;
            if hub.is_dynamic() {
                let cost = |entry: &Entry| tokens::estimate(&tokens::seen(&entry.tool, hub.settings()));
                let start = hub.at_start();
                let (count, cost) = (start.tools().count(), start.tools().map(cost).sum::<usize>());
                writeln!(out, "a session begins with {count} of them, ~{cost} tokens")?;
            }
        }
        Ok(Exit::Success)
    }
}

impl Row {
    fn of(Entry { pack, tool, .. }: &Entry, hub: &Hub) -> Self {
        Self {
            tool: tool.name.to_string(),
            pack: pack.to_string(),
            effect: format!("{:?}", tool.effect).to_lowercase(),
            tokens: tokens::estimate(&tokens::seen(tool, hub.settings())),
            description: tool.description.to_string(),
        }
    }
}
