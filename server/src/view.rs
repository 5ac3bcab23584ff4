//! The part of the catalog that one request may see: filters that only narrow, read-only last.
use std::collections::{BTreeMap, BTreeSet};

use icu_core::{Delete, DeleteMode, Effect};

use crate::{
    catalog::{Catalog, Entry, Name},
    meta,
    names::hint,
    packs::KNOWN,
};

/// What the operator, or a request, selects.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Pack names, `all`, `default`, and `-name` to take one out; empty is `default`.
    pub packs: Vec<String>,
    /// Tool names; `*` stands for any characters. Empty is all.
    pub allow: Vec<String>,
    /// The same, to take out.
    pub deny: Vec<String>,
    /// Which deletes are offered.
    pub delete_mode: DeleteMode,
    /// Only tools that read.
    pub read_only: bool,
}

impl Selection {
    /// Names the tools about tools wherever only what is named is shown.
    pub fn with_meta(&mut self) {
        if self.packs.iter().any(|word| !word.starts_with('-')) {
            self.packs.push(meta::PACK.into());
        }
        if !self.allow.is_empty() {
            self.allow.extend(meta::tools().map(|tool| tool.name.into_owned()));
        }
    }
}

/// A word of a selection that means nothing here.
#[derive(Debug, PartialEq)]
pub struct Unknown {
    /// The configuration key it stands under.
    pub key: &'static str,
    /// What is wrong, and the words that are known.
    pub problem: String,
}

/// Packs and tools by name. What is not in here can neither be listed nor called.
#[derive(Clone)]
pub struct View {
    packs: BTreeSet<Name>,
    tools: BTreeMap<Name, Entry>,
    read_only: bool,
}

impl View {
    /// What `selection` leaves of the catalog. Fails on a word that names nothing.
    pub fn new(catalog: &Catalog, selection: &Selection) -> Result<Self, Unknown> {
        let default = || catalog.packs.values().filter(|p| p.card.default).map(|p| p.card.name.into()).collect();
        let packs = if selection.packs.is_empty() { default() } else { packs(catalog, &selection.packs, default)? };
        known_tools(catalog, "tools", &selection.allow)?;
        known_tools(catalog, "exclude_tools", &selection.deny)?;
        let allowed = |name: &str| selection.allow.is_empty() || any_matches(&selection.allow, name);
        let shown = catalog.tools.iter().filter(|(name, entry)| {
            packs.contains(&entry.pack)
                && allowed(name)
                && !any_matches(&selection.deny, name)
                && offered(entry.tool.delete, selection.delete_mode)
                && (!selection.read_only || entry.tool.effect == Effect::Read)
        });
        let tools = shown.map(|(name, entry)| (name.clone(), entry.clone())).collect();
        Ok(Self { packs, tools, read_only: selection.read_only })
    }

    /// What both views show: a request narrows what the operator allows, and cannot widen it.
    pub fn and(&self, other: &Self) -> Self {
        Self {
            packs: self.packs.intersection(&other.packs).cloned().collect(),
            tools: self
                .tools
                .iter()
                .filter(|(name, _)| other.tools.contains_key(*name))
                .map(|(name, entry)| (name.clone(), entry.clone()))
                .collect(),
            read_only: self.read_only || other.read_only,
        }
    }

    /// What it shows of these packs, and of the one that switches them.
    pub fn of_packs(&self, on: &BTreeSet<Name>) -> Self {
        let on = |pack: &Name| on.contains(pack) || *pack == meta::PACK;
        Self {
            packs: self.packs.iter().filter(|pack| on(pack)).cloned().collect(),
            tools: self
                .tools
                .iter()
                .filter(|(_, entry)| on(&entry.pack))
                .map(|(name, entry)| (name.clone(), entry.clone()))
                .collect(),
            read_only: self.read_only,
        }
    }

    /// The packs that are on.
    pub fn packs(&self) -> impl Iterator<Item = &Name> {
        self.packs.iter()
    }

    /// The tool of that name, if it may be called.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.tools.get(name)
    }

    /// Whether what goes with this tool may be seen; what goes with none goes with its pack.
    pub fn shows(&self, tool: Option<&str>) -> bool {
        tool.is_none_or(|tool| self.tools.contains_key(tool))
    }

    /// The tools that are listed.
    pub fn tools(&self) -> impl Iterator<Item = &Entry> {
        self.tools.values()
    }

    /// Whether the pack is on.
    pub fn has_pack(&self, name: &str) -> bool {
        self.packs.contains(name)
    }

    /// Whether only reading is allowed.
    pub fn read_only(&self) -> bool {
        self.read_only
    }
}

fn packs(catalog: &Catalog, words: &[String], default: impl Fn() -> BTreeSet<Name>) -> Result<BTreeSet<Name>, Unknown> {
    // `-gear` alone means everything that is on by default, but gear.
    let only_less = words.iter().all(|word| word.starts_with('-'));
    let mut chosen = if only_less { default() } else { BTreeSet::new() };
    for word in words {
        let (name, less) = word.strip_prefix('-').map_or((word.as_str(), false), |name| (name, true));
        let named: BTreeSet<Name> = match (catalog.packs.get_key_value(name), name) {
            (Some((name, _)), _) => BTreeSet::from([name.clone()]),
            (None, "all") => catalog.packs.keys().cloned().collect(),
            (None, "default") => default(),
            // Taking out what is not in this build changes nothing.
            (None, name) if less && KNOWN.contains(&name) => BTreeSet::new(),
            (None, name) => return Err(unknown_pack(catalog, name)),
        };
        if less {
            chosen.retain(|name| !named.contains(name));
        } else {
            chosen.extend(named);
        }
    }
    Ok(chosen)
}

fn unknown_pack(catalog: &Catalog, name: &str) -> Unknown {
    let built: Vec<_> = catalog.packs.keys().map(|name| &**name).collect();
    let problem = if KNOWN.contains(&name) {
        format!("pack {name} is not in this build, which has {}; build it with --features {name}", built.join(", "))
    } else {
        let words = built.iter().copied().chain(["all", "default"]);
        format!("there is no pack {name}{}; known are {}, all and default", hint(name, words), built.join(", "))
    };
    Unknown { key: "packs", problem }
}

fn known_tools(catalog: &Catalog, key: &'static str, words: &[String]) -> Result<(), Unknown> {
    let unknown = words.iter().find(|word| !catalog.tools.keys().any(|name| matches(word, name)));
    unknown.map_or(Ok(()), |word| {
        let names = catalog.tools.keys().map(|name| &**name);
        let problem = format!("no tool of this build is called {word}{}; `tools` lists them", hint(word, names));
        Err(Unknown { key, problem })
    })
}

fn any_matches(words: &[String], name: &str) -> bool {
    words.iter().any(|word| matches(word, name))
}

/// `*` stands for any characters, anywhere. Each piece between two stars is taken where it comes first, which never takes back:
/// a caller writes the pattern.
fn matches(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(name) = name.strip_prefix(start).and_then(|name| name.strip_suffix(end)) else { return false };
    let mut left = Some(name);
    for piece in middle.split('*') {
        left = left.and_then(|left| left.find(piece).and_then(|at| left.get(at + piece.len()..)));
    }
    left.is_some()
}

fn offered(delete: Option<Delete>, mode: DeleteMode) -> bool {
    match (delete, mode) {
        (None, _) | (_, DeleteMode::Full) | (Some(Delete::Guarded), DeleteMode::Safe) => true,
        (Some(Delete::Forever), DeleteMode::Safe) | (Some(_), DeleteMode::None) => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("icu_get_gear_list", true)]
    #[case("icu_get_*", true)]
    #[case("*_list", true)]
    #[case("*gear*", true)]
    #[case("icu*gear*list", true)]
    #[case("*", true)]
    #[case("**", true)]
    #[case("icu_get_gear_list*", true)]
    #[case("*list*gear*", false)]
    #[case("icu_get_gear_list*list", false)]
    #[case("gear", false)]
    #[case("", false)]
    #[case(&"*".repeat(100_000), true)]
    #[case(&format!("{}Z", "*".repeat(100_000)), false)]
    #[case(&"*t".repeat(1000), false)]
    fn a_star_stands_for_anything_and_many_cost_little(#[case] pattern: &str, #[case] matched: bool) {
        assert_eq!(matches(pattern, "icu_get_gear_list"), matched);
    }
}
