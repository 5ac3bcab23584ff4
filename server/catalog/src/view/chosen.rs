//! The words of `packs`: pack names, `all`, `default`, profiles, and `-word` to exclude what a word selects.
use std::collections::BTreeSet;

use super::Unknown;
use crate::{
    catalog::Catalog,
    entry::{LinkedPack, Name},
    known,
    profiles::{self, PROFILES, Profile},
    spelling::{cut, hint},
};

/// The packs and tools that the words of `packs` select.
#[derive(Debug, Clone, Default)]
pub struct ChosenPacks {
    /// Packs that are on, at least in part.
    pub packs: BTreeSet<Name>,
    /// The tools of these packs that are on.
    pub tools: BTreeSet<Name>,
}

impl ChosenPacks {
    /// Packs and tools that `words` select; no words select `default`.
    ///
    /// # Errors
    /// An unknown word, and a profile of which this build has no tool.
    pub fn of(catalog: &Catalog, words: &[String]) -> Result<Self, Unknown> {
        // `-gear` alone is the default without gear.
        let only_less = words.iter().all(|word| word.starts_with('-'));
        let mut chosen = if only_less { of_packs(catalog, |pack| pack.card.default) } else { Self::default() };
        for word in words {
            match word.strip_prefix('-') {
                Some(less) => chosen.take_out(catalog, &selection_of(catalog, less, true)?),
                None => {
                    let more = selection_of(catalog, word, false)?;
                    chosen.packs.extend(more.packs);
                    chosen.tools.extend(more.tools);
                }
            }
        }
        Ok(chosen)
    }

    /// Excludes packs and tools. A pack without any tool left is off.
    fn take_out(&mut self, catalog: &Catalog, less: &Self) {
        self.tools.retain(|tool| !less.tools.contains(tool));
        let tools = &self.tools;
        let left = |pack: &Name| catalog.tools.values().any(|e| e.pack == *pack && tools.contains(&e.tool.name));
        self.packs.retain(|pack| !less.packs.contains(pack) || left(pack));
    }
}

/// Packs and tools that one word selects. `less` if they are to be excluded.
fn selection_of(catalog: &Catalog, word: &str, less: bool) -> Result<ChosenPacks, Unknown> {
    match word {
        name if catalog.packs.contains_key(name) => Ok(of_packs(catalog, |pack| pack.card.name == name)),
        "all" => Ok(of_packs(catalog, |_| true)),
        "default" => Ok(of_packs(catalog, |pack| pack.card.default)),
        // Excluding a pack of another build changes nothing.
        name if less && known::is_pack(name) => Ok(ChosenPacks::default()),
        // A pack file with faults must not stop the server.
        name if catalog.absent.has_pack(name) => Ok(ChosenPacks::default()),
        name => match profiles::named(name) {
            Some(profile) => of_profile(catalog, profile, less),
            None => Err(unknown(catalog, name)),
        },
    }
}

fn of_packs(catalog: &Catalog, is_meant: impl Fn(&LinkedPack) -> bool) -> ChosenPacks {
    let meant = catalog.packs.iter().filter(|(_, pack)| is_meant(pack));
    let packs: BTreeSet<Name> = meant.map(|(name, _)| name.clone()).collect();
    let tools = catalog.tools.iter().filter(|(_, entry)| packs.contains(&entry.pack));
    ChosenPacks { tools: tools.map(|(name, _)| name.clone()).collect(), packs }
}

/// Packs and tools of a profile that this build has.
fn of_profile(catalog: &Catalog, profile: &Profile, less: bool) -> Result<ChosenPacks, Unknown> {
    let mut chosen = of_packs(catalog, |pack| profile.packs.contains(&&*pack.card.name));
    for entry in profile.tools.iter().filter_map(|name| catalog.tools.get(*name)) {
        chosen.packs.insert(entry.pack.clone());
        chosen.tools.insert(entry.tool.name.clone());
    }
    if chosen.packs.is_empty() && !less {
        let problem =
            format!("nothing of {} is in this build, which has {}", profile.name, pack_names(catalog).join(", "));
        return Err(Unknown { key: "packs", problem });
    }
    Ok(chosen)
}

fn pack_names(catalog: &Catalog) -> Vec<&str> {
    catalog.packs.keys().map(|name| &**name).collect()
}

fn unknown(catalog: &Catalog, name: &str) -> Unknown {
    let packs = pack_names(catalog);
    let problem = if known::is_pack(name) {
        format!("pack {name} is not in this build, which has {}; build it with --features {name}", packs.join(", "))
    } else {
        let kind = if name.starts_with('@') { "profile" } else { "pack" };
        let words: Vec<_> =
            packs.into_iter().chain(["all", "default"]).chain(PROFILES.iter().map(|one| one.name)).collect();
        {
            let near = hint(name, words.iter().copied());
            format!("there is no {kind} {}{near}; known are {}", cut(name), words.join(", "))
        }
    };
    Unknown { key: "packs", problem }
}
