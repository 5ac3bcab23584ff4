//! What a configuration may name although nothing is called so: it stands in a file that is broken, or stood in one before.
use std::collections::BTreeSet;

use super::files::File;

/// Packs, and words that may be tools of theirs or arguments.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Absent {
    packs: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl Absent {
    /// Whether it may be the name of a pack.
    pub fn has_pack(&self, name: &str) -> bool {
        self.packs.contains(name)
    }

    /// Whether any name of a tool is like this.
    pub fn has_tool(&self, is_like: impl Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| word.starts_with("icu_") && is_like(word))
    }

    /// Whether it may be the name of an argument.
    pub fn has_argument(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// Everything in the file that looks like a name, whatever else is wrong with it.
    pub(super) fn add(&mut self, file: &File) {
        self.packs.insert(file.name());
        let words = file.text.as_deref().unwrap_or_default().split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        self.words.extend(words.filter(|word| word.len() > 2).map(Into::into));
    }
}
