//! The entries of a catalogue: packs and tools.
use std::borrow::Cow;

use intervals_core::{
    Pack, ToolPack,
    registry::{StaticOrShared, ToolDef},
};

/// The name of a pack or a tool.
pub type Name = Cow<'static, str>;

/// The description of a linked or declared pack.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its crate. The tools of the crate are the pack's tools.
    pub krate: Name,
    /// Its name in the configuration.
    pub name: Name,
    /// One sentence, which the server's instructions contain too.
    pub about: Name,
    /// Whether it is on when nothing is configured.
    pub default: bool,
}

impl From<&'static Pack> for Card {
    fn from(pack: &'static Pack) -> Self {
        Self { krate: pack.krate.into(), name: pack.name.into(), about: pack.about.into(), default: pack.default }
    }
}

/// A pack of the catalogue, linked or declared.
pub struct LinkedPack {
    /// Its description.
    pub card: Card,
    /// The pack itself, with its prompts and resources.
    pub pack: Box<dyn ToolPack>,
}

/// A tool of the catalogue, with its pack.
#[derive(Clone)]
pub struct Entry {
    /// The pack's name.
    pub pack: Name,
    /// The tool.
    pub tool: StaticOrShared<ToolDef>,
    /// Whether it is a tool about tools. Such a tool is listed whenever any tool is, and no tool can call it.
    pub about_tools: bool,
}
