//! Views: the part of the catalogue that a request can see. A view is made by filters, which only narrow.
mod chosen;
mod why;

use std::collections::{BTreeMap, BTreeSet};

use intervals_core::{DeleteMode, Effect, registry::Delete};
use intervals_settings::Config;

use crate::{
    budget::Budget,
    catalog::Catalog,
    entry::{Entry, Name},
    spelling::{cut, hint},
};
use chosen::ChosenPacks;
pub use why::{Why, not_linked};

/// A selection of packs and tools, by the operator or by a request.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Pack names, `all`, `default`, profiles such as `@minimal`, and `-name` to take one out; empty is `default`.
    pub packs: Vec<String>,
    /// Glob patterns of tool names to keep; `*` matches any characters. Empty keeps all.
    pub allow: Vec<String>,
    /// Glob patterns of tool names to exclude.
    pub deny: Vec<String>,
    /// Deletes that are offered.
    pub delete_mode: DeleteMode,
    /// Whether only tools that read are offered.
    pub read_only: bool,
}

impl From<&Config> for Selection {
    fn from(config: &Config) -> Self {
        Self {
            packs: config.packs.0.clone(),
            allow: config.tools.0.clone(),
            deny: config.exclude_tools.0.clone(),
            delete_mode: config.delete_mode.into(),
            read_only: config.read_only,
        }
    }
}

impl Selection {
    /// Adds the tools about tools to `packs` and `allow`, where those are not empty: a selection never leaves them out.
    fn naming_tools_about_tools(&mut self, catalog: &Catalog) {
        let names_packs = self.packs.iter().any(|word| !word.starts_with('-'));
        let names_tools = !self.allow.is_empty();
        for entry in catalog.tools.values().filter(|entry| entry.about_tools) {
            if names_packs && !self.packs.iter().any(|word| *word == entry.pack) {
                self.packs.push(entry.pack.to_string());
            }
            if names_tools {
                self.allow.push(entry.tool.name.to_string());
            }
        }
    }
}

/// Error of a selection: a name or pattern that matches nothing.
#[derive(Debug, PartialEq)]
pub struct Unknown {
    /// The configuration key that has it.
    pub key: &'static str,
    /// What is wrong, and the known names or the next move.
    pub problem: String,
}

/// The packs and tools that a request can see. A tool outside the view can be neither listed nor called.
#[derive(Clone)]
pub struct View {
    packs: BTreeSet<Name>,
    tools: BTreeMap<Name, Entry>,
    read_only: bool,
}

impl View {
    /// The view of a selection.
    ///
    /// # Errors
    /// A name or pattern that matches nothing.
    pub fn new(catalog: &Catalog, selection: &Selection) -> Result<Self, Unknown> {
        Ok(Filter::new(catalog, selection)?.view(catalog))
    }

    /// The part of the view that fits into a token budget.
    pub fn within(&self, budget: &Budget) -> Self {
        let kept = budget.kept(self.tools()).into_iter().filter_map(|name| self.tools.get_key_value(name));
        let tools = kept.map(|(name, entry)| (name.clone(), entry.clone())).collect();
        Self { packs: self.packs.clone(), tools, read_only: self.read_only }
    }

    /// The intersection of two views. It is read-only if either is. A request narrows the operator's view this way.
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

    /// The part of the view with these packs, and the packs of the tools about tools.
    pub fn of_packs(&self, on: &BTreeSet<Name>) -> Self {
        let about: BTreeSet<_> = self.tools().filter(|entry| entry.about_tools).map(|entry| &entry.pack).collect();
        let on = |pack: &Name| on.contains(pack) || about.contains(pack);
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

    /// Names of the packs that are on.
    pub fn packs(&self) -> impl Iterator<Item = &Name> {
        self.packs.iter()
    }

    /// The tool with this name, if the view has it.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.tools.get(name)
    }

    /// Whether a prompt or resource of this tool can be seen. Without a tool, it can be seen wherever its pack is on.
    pub fn shows(&self, tool: Option<&str>) -> bool {
        tool.is_none_or(|tool| self.tools.contains_key(tool))
    }

    /// The tools of the view, sorted by name.
    pub fn tools(&self) -> impl Iterator<Item = &Entry> {
        self.tools.values()
    }

    /// Whether the pack is on.
    pub fn has_pack(&self, name: &str) -> bool {
        self.packs.contains(name)
    }

    /// Whether only tools that read are allowed.
    pub fn read_only(&self) -> bool {
        self.read_only
    }
}

/// The filters of a selection. A tool is offered if all of them keep it.
pub struct Filter {
    chosen: ChosenPacks,
    selection: Selection,
    /// A filter that narrows it further.
    narrower: Option<Box<Self>>,
}

impl Filter {
    /// The filters of a selection.
    ///
    /// # Errors
    /// A name or pattern that matches nothing.
    pub fn new(catalog: &Catalog, selection: &Selection) -> Result<Self, Unknown> {
        let mut selection = selection.clone();
        selection.naming_tools_about_tools(catalog);
        let chosen = ChosenPacks::of(catalog, &selection.packs)?;
        check_tool_names(catalog, "tools", &selection.allow)?;
        check_tool_names(catalog, "exclude_tools", &selection.deny)?;
        Ok(Self { chosen, selection, narrower: None })
    }

    /// Narrows this filter by another one, which is applied after it.
    pub fn and(self, other: Self) -> Self {
        let narrower = match self.narrower {
            Some(narrower) => narrower.and(other),
            None => other,
        };
        Self { narrower: Some(Box::new(narrower)), ..self }
    }

    /// Whether it offers a tool that the other filter leaves out.
    pub fn offers_more_than(&self, other: &Self, catalog: &Catalog) -> bool {
        catalog.tools.values().any(|entry| self.leaves_out(entry).is_none() && other.leaves_out(entry).is_some())
    }

    /// The selection that it was made from, without those that narrow it.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The reason of the first filter that leaves the tool out; `None` if all keep it.
    pub fn leaves_out(&self, entry: &Entry) -> Option<Why> {
        let Entry { pack, tool, .. } = entry;
        let Selection { allow, deny, delete_mode, read_only, .. } = &self.selection;
        if !self.chosen.packs.contains(pack) {
            Some(Why::PackOff)
        } else if !self.chosen.tools.contains(&tool.name) {
            Some(Why::PartOff)
        } else if !allow.is_empty() && !any_matches(allow, &tool.name) {
            Some(Why::NotNamed)
        } else if any_matches(deny, &tool.name) {
            Some(Why::Denied)
        } else if !allows_delete(tool.delete, *delete_mode) {
            Some(Why::DeleteMode)
        } else if *read_only && tool.effect != Effect::Read {
            Some(Why::ReadOnly)
        } else {
            self.narrower.as_ref().and_then(|narrower| narrower.leaves_out(entry))
        }
    }

    /// The view of the tools that it keeps.
    pub fn view(&self, catalog: &Catalog) -> View {
        let shown = catalog.tools.iter().filter(|(_, entry)| self.leaves_out(entry).is_none());
        let tools = shown.map(|(name, entry)| (name.clone(), entry.clone())).collect();
        let view = View { packs: self.chosen.packs.clone(), tools, read_only: self.selection.read_only };
        self.narrower.as_ref().map_or_else(|| view.clone(), |narrower| view.and(&narrower.view(catalog)))
    }
}

/// Checks that each glob pattern matches a known tool.
fn check_tool_names(catalog: &Catalog, key: &'static str, words: &[String]) -> Result<(), Unknown> {
    let absent = |word: &str| catalog.absent.has_tool(|name| matches(word, name));
    let unknown = words.iter().find(|word| !catalog.tools.keys().any(|name| matches(word, name)) && !absent(word));
    unknown.map_or(Ok(()), |word| {
        let names = catalog.tools.keys().map(|name| &**name);
        let problem = format!("no tool of this build is called {}{}; `tools` lists them", cut(word), hint(word, names));
        Err(Unknown { key, problem })
    })
}

fn any_matches(words: &[String], name: &str) -> bool {
    words.iter().any(|word| matches(word, name))
}

/// Whether a glob pattern matches a name; `*` matches any characters. Each piece between two stars is matched where it first
/// occurs, without backtracking: callers write patterns, and a long one must stay cheap.
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

/// Whether a delete mode offers a tool with this kind of delete.
fn allows_delete(delete: Option<Delete>, mode: DeleteMode) -> bool {
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
    fn a_star_matches_anything_and_many_stars_stay_cheap(#[case] pattern: &str, #[case] matched: bool) {
        assert_eq!(matches(pattern, "icu_get_gear_list"), matched);
    }
}
