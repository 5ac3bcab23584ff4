//! Every linked or declared tool with its pack: built once, sorted by name, never changed.
mod overrides;
mod sections;

use std::{borrow::Cow, collections::BTreeMap};

use anyhow::{Context, bail};
use intervals_core::{
    Pack, ToolPack,
    registry::{StaticOrShared, TOOLS, ToolDef},
};

use crate::{
    declared::{Absent, Broken, Files},
    meta,
    packs::known_tools,
};

/// A pack's name, or a tool's.
pub type Name = Cow<'static, str>;

/// What this binary holds.
pub struct Catalog {
    /// By name.
    pub packs: BTreeMap<Name, LinkedPack>,
    /// By name.
    pub tools: BTreeMap<Name, Entry>,
    /// Files that should have been packs.
    pub broken: Vec<Broken>,
    /// What may be named although it is not there.
    pub absent: Absent,
}

/// What a pack says of itself, linked or declared.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The crate it stands in; tools of the same crate are its tools.
    pub krate: Name,
    /// Its word in the configuration.
    pub name: Name,
    /// One sentence, which also stands in the server's instructions.
    pub about: Name,
    /// Whether it is on when nothing is configured.
    pub default: bool,
}

impl From<&'static Pack> for Card {
    fn from(pack: &'static Pack) -> Self {
        Self { krate: pack.krate.into(), name: pack.name.into(), about: pack.about.into(), default: pack.default }
    }
}

/// A pack: its card and its value.
pub struct LinkedPack {
    /// What it says of itself.
    pub card: Card,
    /// Its prompts and resources.
    pub pack: Box<dyn ToolPack>,
}

/// A tool and the pack it belongs to.
#[derive(Clone)]
pub struct Entry {
    /// The pack's name.
    pub pack: Name,
    /// The tool.
    pub tool: StaticOrShared<ToolDef>,
}

impl Catalog {
    /// What is linked into this binary.
    pub fn linked() -> anyhow::Result<Self> {
        Self::of(intervals_core::registry::packs(), TOOLS.iter())
    }

    /// The same with the tools about tools.
    pub fn with_meta(self) -> anyhow::Result<Self> {
        let more = Self::of([&meta::CARD], meta::tools())?;
        Ok(Self {
            packs: self.packs.into_iter().chain(more.packs).collect(),
            tools: self.tools.into_iter().chain(more.tools).collect(),
            ..self
        })
    }

    /// The same with the packs that these files declare; a file that declares none is among the `broken`.
    pub fn with_declared(mut self, files: &Files) -> Self {
        let meta: Vec<_> = meta::tools().into_iter().map(|tool| tool.name).collect();
        let taken = |name: &str| {
            let meta = meta.iter().any(|tool| tool == name).then_some(Name::Borrowed(meta::PACK));
            let owner = self.tools.get(name).map(|entry| entry.pack.clone());
            let pack = || self.packs.get(name).map(|pack| pack.card.name.clone());
            // A file must not be right in one build and wrong in another.
            let elsewhere = || known_tools().find(|(_, tool)| *tool == name).map(|(pack, _)| Name::Borrowed(pack));
            owner.or(meta).or_else(pack).or_else(elsewhere)
        };
        let declared = files.declared(taken);
        for pack in declared.packs {
            let name = pack.card.name.clone();
            let entry = |tool: ToolDef| (tool.name.clone(), Entry { pack: name.clone(), tool: tool.into() });
            self.tools.extend(pack.tools.into_iter().map(entry));
            self.packs.insert(name, LinkedPack { card: pack.card, pack: Box::new(Declared) });
        }
        (self.broken, self.absent) = (declared.broken, declared.absent);
        self
    }

    /// A catalog of these packs and tools; tests pass their own. Fails on a name that stands twice, and on a tool without a pack.
    pub fn of(
        packs: impl IntoIterator<Item = &'static Pack>,
        tools: impl IntoIterator<Item = impl Into<StaticOrShared<ToolDef>>>,
    ) -> anyhow::Result<Self> {
        let mut catalog =
            Self { packs: BTreeMap::new(), tools: BTreeMap::new(), broken: vec![], absent: Absent::default() };
        for card in packs {
            let linked = LinkedPack { card: card.into(), pack: (card.build)() };
            if let Some(other) = catalog.packs.insert(card.name.into(), linked) {
                bail!("{} and {} both call their pack `{}`", other.card.krate, card.krate, card.name);
            }
        }
        for tool in tools {
            let tool = tool.into();
            let owner = catalog.packs.values().find(|pack| pack.card.krate == tool.krate);
            let owner = owner.with_context(|| format!("{} has the tool {} and no `pack!`", tool.krate, tool.name))?;
            let pack = owner.card.name.clone();
            let name = tool.name.clone();
            if let Some(other) = catalog.tools.insert(name.clone(), Entry { pack: pack.clone(), tool }) {
                bail!("packs `{}` and `{pack}` both have a tool {name}", other.pack);
            }
        }
        Ok(catalog)
    }
}

/// A declared pack has tools, and nothing beside them.
struct Declared;

impl ToolPack for Declared {}
