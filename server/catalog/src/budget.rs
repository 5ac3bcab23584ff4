//! Which tools are listed when a token limit has no room for all: by tier, by how everyday their pack is, reading before
//! writing, by name.
use std::collections::{BTreeMap, BTreeSet};

use intervals_core::{Settings, tokens};

use crate::entry::{Entry, Name};

/// Packs, the more everyday ones first; all others come behind them. Whoever switches `research` on means it.
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

/// How much of a model's context tools may take together.
pub struct Budget {
    limit: usize,
    costs: BTreeMap<Name, usize>,
}

impl Budget {
    /// At most `limit` tokens, as [`tokens::estimate`] counts them, for some of these tools.
    pub fn new<'a>(limit: usize, tools: impl Iterator<Item = &'a Entry>, settings: &Settings) -> Self {
        let cost = |entry: &Entry| tokens::estimate(&tokens::seen(&entry.tool, settings));
        Self { limit, costs: tools.map(|entry| (entry.tool.name.clone(), cost(entry))).collect() }
    }

    /// At most so many tokens.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// The names of those that are kept: the best ones, up to the first for which there is no room. So a greater limit never takes
    /// a tool away.
    pub fn kept<'a>(&self, tools: impl Iterator<Item = &'a Entry>) -> BTreeSet<&'a Name> {
        let mut room = self.limit;
        let fit = ranked(tools).into_iter().map_while(|entry| {
            room = room.checked_sub(self.cost(entry))?;
            Some(&entry.tool.name)
        });
        fit.collect()
    }

    /// What has to fit at least, in tokens: the tools about tools, without which a client reaches nothing else, or the best one.
    pub fn least<'a>(&self, tools: impl Iterator<Item = &'a Entry>) -> usize {
        let ranked = ranked(tools);
        let about_tools = ranked.iter().filter(|entry| entry.about_tools).count();
        ranked.iter().take(about_tools.max(1)).map(|entry| self.cost(entry)).sum()
    }

    /// A tool that it does not know fits nowhere.
    fn cost(&self, entry: &Entry) -> usize {
        self.costs.get(&entry.tool.name).copied().unwrap_or(usize::MAX)
    }
}

/// Best first.
pub fn ranked<'a>(tools: impl Iterator<Item = &'a Entry>) -> Vec<&'a Entry> {
    let mut ranked: Vec<_> = tools.collect();
    ranked.sort_by_key(|entry| {
        let everyday = EVERYDAY.iter().position(|pack| *pack == entry.pack).unwrap_or(EVERYDAY.len());
        (!entry.about_tools, entry.tool.tier, everyday, entry.tool.effect, &entry.tool.name)
    });
    ranked
}
