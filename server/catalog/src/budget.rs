//! The token budget: which tools are listed when `max_tool_tokens` has no room for all. Tools are ranked by tier, then by pack,
//! effect (reading before writing) and name.
use std::collections::{BTreeMap, BTreeSet};

use intervals_core::{Settings, tokens};

use crate::entry::{Entry, Name};

/// Packs by rank, the most used first; other packs rank after them. `research` is first because it is off unless it is asked for.
pub const EVERYDAY: &[&str] = &[
    "research",
    "activities",
    "athlete",
    "wellness",
    "events",
    "analysis",
    "curves",
    "sport-settings",
    "library",
    "messages",
    "gear",
    "custom-items",
];

/// A limit of the tokens that tools cost together, and the cost of each tool.
pub struct Budget {
    limit: usize,
    costs: BTreeMap<Name, usize>,
}

impl Budget {
    /// A budget of `limit` tokens for these tools. [`tokens::estimate`] estimates their costs.
    pub fn new<'a>(limit: usize, tools: impl Iterator<Item = &'a Entry>, settings: &Settings) -> Self {
        let cost = |entry: &Entry| tokens::estimate(&tokens::seen(&entry.tool, settings));
        Self { limit, costs: tools.map(|entry| (entry.tool.name.clone(), cost(entry))).collect() }
    }

    /// The limit, tokens.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Names of the tools that fit: those of the highest rank, up to the first that has no room. Smaller tools of a lower rank
    /// are not tried, so a larger limit never removes a tool.
    pub fn kept<'a>(&self, tools: impl Iterator<Item = &'a Entry>) -> BTreeSet<&'a Name> {
        let mut room = self.limit;
        let fit = ranked(tools).into_iter().map_while(|entry| {
            room = room.checked_sub(self.cost(entry))?;
            Some(&entry.tool.name)
        });
        fit.collect()
    }

    /// The smallest useful limit, tokens: the cost of the tools about tools, without which a client reaches no other tool.
    /// Without such tools, the cost of the tool of the highest rank.
    pub fn least<'a>(&self, tools: impl Iterator<Item = &'a Entry>) -> usize {
        let ranked = ranked(tools);
        let about_tools = ranked.iter().filter(|entry| entry.about_tools).count();
        ranked.iter().take(about_tools.max(1)).map(|entry| self.cost(entry)).sum()
    }

    /// Cost of a tool, tokens. A tool that is not part of the budget never fits.
    fn cost(&self, entry: &Entry) -> usize {
        self.costs.get(&entry.tool.name).copied().unwrap_or(usize::MAX)
    }
}

/// Tools by rank, the highest first.
pub fn ranked<'a>(tools: impl Iterator<Item = &'a Entry>) -> Vec<&'a Entry> {
    let mut ranked: Vec<_> = tools.collect();
    ranked.sort_by_key(|entry| {
        let everyday = EVERYDAY.iter().position(|pack| *pack == entry.pack).unwrap_or(EVERYDAY.len());
        (!entry.about_tools, entry.tool.tier, everyday, entry.tool.effect, &entry.tool.name)
    });
    ranked
}
