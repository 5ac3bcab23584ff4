//! `tools --explain`: why each known tool, in this build or not, is offered or not.
use std::io::Write;

use intervals_catalog::{Entry, Why, known, not_linked, tokens};
use intervals_core::{List, render::Document, units::Units};
use intervals_mcp::Hub;
use schemars::JsonSchema;
use serde::Serialize;

use super::{table, terminal};
use crate::exit::Exit;

#[derive(Serialize, JsonSchema)]
struct Row {
    tool: String,
    pack: String,
    tier: Option<String>,
    /// Estimated o200k tokens.
    tokens: Option<usize>,
    reason: &'static str,
    why: String,
}

/// Writes one row for each tool.
pub fn explain(hub: &Hub, json: bool, out: &mut impl Write) -> anyhow::Result<Exit> {
    let linked = hub.reasons().into_iter().filter_map(|(name, why)| {
        let entry = hub.catalog().tools.get(name)?;
        Some((why, Row::of(entry, why, hub)))
    });
    let mut rows: Vec<_> = linked.collect();
    let missing = known::tools().filter(|(_, tool)| !hub.catalog().tools.contains_key(*tool));
    rows.extend(missing.map(|(pack, tool)| (Why::NotLinked, Row::missing(pack, tool))));
    rows.sort_by(|(_, one), (_, other)| one.tool.cmp(&other.tool));
    let offered = rows.iter().filter(|(why, _)| *why == Why::Offered);
    let (count, cost) = offered.fold((0, 0), |(n, sum), (_, row)| (n + 1, sum + row.tokens.unwrap_or_default()));
    let list: List<Row> = rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>().into();
    if json {
        writeln!(out, "{}", serde_json::to_string(&list.items)?)?;
    } else {
        write!(out, "{}", table::fit(&Document::of(&list, Units::default())?.text(), terminal::width()))?;
        let total = format!("{count} offered, ~{cost} tokens of name, description and input schema");
        write!(out, "{}", table::fit(&total, terminal::width()))?;
    }
    Ok(Exit::Success)
}

impl Row {
    fn of(entry: &Entry, why: Why, hub: &Hub) -> Self {
        Self {
            tool: entry.tool.name.to_string(),
            pack: entry.pack.to_string(),
            tier: Some(format!("{:?}", entry.tool.tier).to_lowercase()),
            tokens: Some(tokens::estimate(&tokens::seen(&entry.tool, hub.settings()))),
            reason: why.word(),
            why: why.sentence(entry),
        }
    }

    fn missing(pack: &str, tool: &str) -> Self {
        let (tool, pack, why) = (tool.to_owned(), pack.to_owned(), not_linked(pack));
        Self { tool, pack, tier: None, tokens: None, reason: Why::NotLinked.word(), why }
    }
}
