//! Names that a configuration may use although the catalogue lacks them: those in a broken pack file, or in a file that was
//! removed.
use std::collections::BTreeSet;

/// Names of absent packs, and words of their files, which may be names of tools or arguments.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct AbsentNames {
    packs: BTreeSet<String>,
    words: BTreeSet<String>,
}

impl AbsentNames {
    /// Whether a pack of this name is absent.
    pub fn has_pack(&self, name: &str) -> bool {
        self.packs.contains(name)
    }

    /// Whether a word that may be the name of a tool matches `is_like`.
    pub fn has_tool(&self, is_like: impl Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| word.starts_with("icu_") && is_like(word))
    }

    /// Whether a word may be the name of this argument.
    pub fn has_argument(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    /// Adds a pack, and each word of its file's text that may be a name.
    pub fn add(&mut self, pack: &str, text: &str) {
        self.packs.insert(pack.to_owned());
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        self.words.extend(words.filter(|word| word.len() > 2).map(Into::into));
    }
}
