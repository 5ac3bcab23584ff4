//! The catalogue: all linked and declared tools with their packs, sorted by name.
mod overrides;
mod sections;

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use intervals_core::{
    Pack,
    registry::{StaticOrShared, TOOLS, ToolDef},
};

use crate::{
    absent::AbsentNames,
    broken::BrokenPack,
    entry::{Entry, LinkedPack, Name},
    known,
};

/// The packs and tools of this binary.
pub struct Catalog {
    /// Packs by name.
    pub packs: BTreeMap<Name, LinkedPack>,
    /// Tools by name.
    pub tools: BTreeMap<Name, Entry>,
    /// Pack files with faults.
    pub broken: Vec<BrokenPack>,
    /// Names that a configuration may use although no pack or tool has them.
    pub absent: AbsentNames,
    /// Names of the tools about tools, each with its pack's name. No other pack may use them.
    reserved: BTreeMap<Name, Name>,
}

impl Catalog {
    /// The catalogue of the packs that are linked into this binary.
    ///
    /// # Errors
    /// See [`Catalog::of`].
    pub fn linked() -> anyhow::Result<Self> {
        Self::of(intervals_core::registry::packs(), TOOLS.iter())
    }

    /// Adds the tools about tools. Unless they are `offered`, only reserves their names.
    ///
    /// # Errors
    /// See [`Catalog::of`].
    pub fn with_tools_about_tools(
        mut self,
        pack: &'static Pack,
        tools: Vec<ToolDef>,
        offered: bool,
    ) -> anyhow::Result<Self> {
        self.reserved = tools.iter().map(|tool| (tool.name.clone(), pack.name.into())).collect();
        if offered {
            let mut more = Self::of([pack], tools)?;
            more.tools.values_mut().for_each(|entry| entry.about_tools = true);
            self.packs.extend(more.packs);
            self.tools.extend(more.tools);
        }
        Ok(self)
    }

    /// Name of the pack that has a tool of this name, or has this name itself. This includes packs of a build with all features,
    /// and reserved names.
    pub fn owner(&self, name: &str) -> Option<Name> {
        let pack = || self.packs.get(name).map(|pack| pack.card.name.clone());
        let reserved = || {
            let own = |(tool, pack): &(&Name, &Name)| *tool == name || *pack == name;
            self.reserved.iter().find(own).map(|(_, pack)| pack.clone())
        };
        // A pack file must not be valid in one build and faulty in another.
        let elsewhere = || known::tools().find(|(_, tool)| *tool == name).map(|(pack, _)| Name::Borrowed(pack));
        self.tools.get(name).map(|entry| entry.pack.clone()).or_else(reserved).or_else(pack).or_else(elsewhere)
    }

    /// Adds a pack with its tools.
    pub fn add(&mut self, pack: LinkedPack, tools: Vec<ToolDef>) {
        let name = pack.card.name.clone();
        let entry =
            |tool: ToolDef| (tool.name.clone(), Entry { pack: name.clone(), tool: tool.into(), about_tools: false });
        self.tools.extend(tools.into_iter().map(entry));
        self.packs.insert(name, pack);
    }

    /// A catalogue of these packs and tools. Tests use their own.
    ///
    /// # Errors
    /// Two packs or two tools of one name, and a tool whose crate has no pack.
    pub fn of(
        packs: impl IntoIterator<Item = &'static Pack>,
        tools: impl IntoIterator<Item = impl Into<StaticOrShared<ToolDef>>>,
    ) -> anyhow::Result<Self> {
        let mut catalog = Self {
            packs: BTreeMap::new(),
            tools: BTreeMap::new(),
            broken: vec![],
            absent: AbsentNames::default(),
            reserved: BTreeMap::new(),
        };
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
            if let Some(other) =
                catalog.tools.insert(name.clone(), Entry { pack: pack.clone(), tool, about_tools: false })
            {
                bail!("packs `{}` and `{pack}` both have a tool {name}", other.pack);
            }
        }
        Ok(catalog)
    }
}
