//! A pack file with faults.
use intervals_settings::Fault;

use crate::entry::Name;

/// A pack file with faults, whose pack is left out.
#[derive(Debug, Clone)]
pub struct BrokenPack {
    /// The pack's name, which is the file's name without `.toml`.
    pub name: Name,
    /// The faults, each with file and line.
    pub faults: Vec<Fault>,
}

impl BrokenPack {
    /// All faults in one text.
    pub fn reason(&self) -> String {
        self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The first fault, and the number of the others.
    pub fn brief(&self) -> String {
        let first = self.faults.first().map(ToString::to_string).unwrap_or_default();
        match self.faults.len() {
            0 | 1 => first,
            n => format!("{first} {} more: the command `packs` has all.", n - 1),
        }
    }
}
