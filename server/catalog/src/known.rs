//! Names of the packs and tools of a build with all features, so that a smaller build can name those that it lacks.

/// All tools as (pack, tool) pairs, sorted.
pub fn tools() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("known_tools.txt").lines().filter_map(|line| line.split_once(' '))
}

/// Names of the packs, sorted.
pub fn packs() -> Vec<&'static str> {
    let mut packs: Vec<_> = tools().map(|(pack, _)| pack).collect();
    packs.dedup();
    packs
}

/// Whether a build with all features has a pack of this name.
pub fn is_pack(name: &str) -> bool {
    tools().any(|(pack, _)| pack == name)
}
