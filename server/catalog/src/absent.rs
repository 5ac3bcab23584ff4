//! What a configuration may name although nothing is called so: it stands in a file that is broken, or stood in one before.
use std::collections::BTreeSet;

/// Packs, and words that may be tools of theirs or arguments.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct AbsentNames {
    packs: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl AbsentNames {
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

    /// Adds a pack, and everything in its text that looks like a name.
    pub fn add(&mut self, pack: &str, text: &str) {
        self.packs.insert(pack.to_owned());
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        self.words.extend(words.filter(|word| word.len() > 2).map(Into::into));
    }
}
