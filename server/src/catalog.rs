//! Every linked tool with its pack: built once, sorted by name, never changed.
mod overrides;
mod sections;

use std::{borrow::Cow, collections::BTreeMap};

use crate::meta;
use anyhow::{Context, bail};
use icu_core::{Held, Pack, TOOLS, ToolDef, ToolPack};

/// A pack's name, or a tool's.
pub type Name = Cow<'static, str>;

/// What this binary holds.
pub struct Catalog {
    /// By name.
    pub packs: BTreeMap<Name, LinkedPack>,
    /// By name.
    pub tools: BTreeMap<Name, Entry>,
}

/// A pack: its card and its value.
pub struct LinkedPack {
    /// What it says of itself.
    pub card: &'static Pack,
    /// Its prompts and resources.
    pub pack: Box<dyn ToolPack>,
}

/// A tool and the pack it belongs to.
#[derive(Clone)]
pub struct Entry {
    /// The pack's name.
    pub pack: Name,
    /// The tool.
    pub tool: Held<ToolDef>,
}

impl Catalog {
    /// What is linked into this binary.
    pub fn linked() -> anyhow::Result<Self> {
        Self::of(icu_core::packs(), TOOLS.iter())
    }

    /// The same with the tools about tools.
    pub fn with_meta(self) -> anyhow::Result<Self> {
        let more = Self::of([&meta::CARD], meta::tools())?;
        Ok(Self {
            packs: self.packs.into_iter().chain(more.packs).collect(),
            tools: self.tools.into_iter().chain(more.tools).collect(),
        })
    }

    /// A catalog of these packs and tools; tests pass their own. Fails on a name that stands twice, and on a tool without a pack.
    pub fn of(
        packs: impl IntoIterator<Item = &'static Pack>,
        tools: impl IntoIterator<Item = impl Into<Held<ToolDef>>>,
    ) -> anyhow::Result<Self> {
        let mut catalog = Self { packs: BTreeMap::new(), tools: BTreeMap::new() };
        for card in packs {
            let pack = (card.build)();
            if let Some(other) = catalog.packs.insert(card.name.into(), LinkedPack { card, pack }) {
                bail!("{} and {} both call their pack `{}`", other.card.krate, card.krate, card.name);
            }
        }
        for tool in tools {
            let tool = tool.into();
            let owner = catalog.packs.values().find(|pack| pack.card.krate == tool.krate);
            let owner = owner.with_context(|| format!("{} has the tool {} and no `pack!`", tool.krate, tool.name))?;
            let pack = owner.card.name;
            let name = tool.name.clone();
            if let Some(other) = catalog.tools.insert(name.clone(), Entry { pack: pack.into(), tool }) {
                bail!("packs `{}` and `{pack}` both have a tool {name}", other.pack);
            }
        }
        Ok(catalog)
    }
}
