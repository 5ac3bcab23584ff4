//! A file that should have declared a pack.
use intervals_settings::Fault;

use crate::entry::Name;

/// A file that is no pack.
#[derive(Debug, Clone)]
pub struct BrokenPack {
    /// The pack's name, which is the file's.
    pub name: Name,
    /// What is wrong, each with file and line.
    pub faults: Vec<Fault>,
}

impl BrokenPack {
    /// All that is wrong, in one text.
    pub fn reason(&self) -> String {
        self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The first thing that is wrong, and how many more are.
    pub fn brief(&self) -> String {
        let first = self.faults.first().map(ToString::to_string).unwrap_or_default();
        match self.faults.len() {
            0 | 1 => first,
            n => format!("{first} {} more: the command `packs` has all.", n - 1),
        }
    }
}
