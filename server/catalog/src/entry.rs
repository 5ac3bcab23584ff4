//! The parts of a catalog: packs and tools.
use std::borrow::Cow;

use intervals_core::{
    Pack, ToolPack,
    registry::{StaticOrShared, ToolDef},
};

/// A pack's name, or a tool's.
pub type Name = Cow<'static, str>;

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
    /// Whether it is a tool about tools: it stays listed while anything is, and no other tool calls it.
    pub about_tools: bool,
}
