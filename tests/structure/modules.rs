//! The modules of a crate, the names in each, and which file defines what a path names.
use std::collections::{BTreeMap, BTreeSet};

use syn::{Item, ItemUse, visit::Visit};

use super::items::{attributes, defined, for_tests, leaves};

/// `["render", "layout"]` for `crate::render::layout`; the root is empty.
pub type ModulePath = Vec<String>;

#[derive(Default)]
pub struct Modules {
    all: BTreeMap<ModulePath, Module>,
    /// The crate's own name, where it has given itself one: `extern crate self as …`.
    own_name: Option<String>,
}

pub struct Module {
    /// Its file below `src`.
    pub file: String,
    pub items: Vec<Item>,
    /// A module, a macro and a function may share a name.
    names: BTreeMap<String, Vec<Name>>,
    globs: Vec<Vec<String>>,
}

enum Name {
    Item { file: String },
    Module,
    Import(Vec<String>),
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    Item { file: String, name: String },
    Module(ModulePath),
    OtherCrate,
}

impl Modules {
    /// Reads a crate from its root on. `files` are (path below `src`, text) pairs; modules under `#[cfg(test)]` are left out.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        let mut modules = Self::default();
        let mut exported = vec![];
        modules.add(vec![], "lib.rs", &files, &mut exported);
        for (name, file) in exported {
            modules.all.get_mut(&vec![]).unwrap().names.entry(name).or_default().push(Name::Item { file });
        }
        modules
    }

    pub fn iter(&self) -> impl Iterator<Item = (&ModulePath, &Module)> {
        self.all.iter()
    }

    pub fn file(&self, module: &[String]) -> &str {
        &self.all[module].file
    }

    fn add(
        &mut self,
        path: ModulePath,
        file: &str,
        files: &BTreeMap<&str, &str>,
        exported: &mut Vec<(String, String)>,
    ) {
        let text = files.get(file).unwrap_or_else(|| panic!("{file} is missing"));
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        if !for_tests(&parsed.attrs) {
            self.add_items(path, file, parsed.items, files, exported);
        }
    }

    fn add_items(
        &mut self,
        path: ModulePath,
        file: &str,
        mut items: Vec<Item>,
        files: &BTreeMap<&str, &str>,
        exported: &mut Vec<(String, String)>,
    ) {
        items.retain(|item| !for_tests(attributes(item)));
        let mut module = Module { file: file.to_owned(), items: vec![], names: BTreeMap::new(), globs: vec![] };
        for item in &mut items {
            if let Item::Mod(inner) = item {
                module.names.entry(inner.ident.to_string()).or_default().push(Name::Module);
                let inside: ModulePath = [&*path, &[inner.ident.to_string()]].concat();
                let outside = format!("{}.rs", inside.join("/"));
                match inner.content.take() {
                    Some((_, items)) => self.add_items(inside, file, items, files, exported),
                    None if files.contains_key(&*outside) => self.add(inside, &outside, files, exported),
                    None => self.add(inside.clone(), &format!("{}/mod.rs", inside.join("/")), files, exported),
                }
                continue;
            }
            if let Some(name) = defined(item) {
                if matches!(item, Item::Macro(_)) && attributes(item).iter().any(|a| a.path().is_ident("macro_export"))
                {
                    exported.push((name.clone(), file.to_owned()));
                }
                module.names.entry(name).or_default().push(Name::Item { file: file.to_owned() });
            }
            if let Item::ExternCrate(own) = item
                && own.ident == "self"
            {
                self.own_name = own.rename.as_ref().map(|(_, name)| name.to_string());
            }
            Imports(&mut module).visit_item(item);
        }
        items.retain(|item| !matches!(item, Item::Mod(_)));
        module.items = items;
        self.all.insert(path, module);
    }

    /// Where a path leads that stands in the module `from`.
    pub fn resolve(&self, from: &[String], path: &[String]) -> Found {
        self.walk(from, path, &mut BTreeSet::new()).unwrap_or(Found::OtherCrate)
    }

    fn walk(&self, from: &[String], path: &[String], seen: &mut BTreeSet<(ModulePath, String)>) -> Option<Found> {
        let mut here = from.to_vec();
        let mut names = path.iter().peekable();
        let mut anchored = false;
        while let Some(word) = names.peek() {
            match word.as_str() {
                "crate" => here.clear(),
                own if !anchored && self.own_name.as_deref() == Some(own) => here.clear(),
                "super" => drop(here.pop()?),
                "self" => {}
                _ => break,
            }
            anchored = true;
            names.next();
        }
        while let Some(name) = names.next() {
            match self.lookup(&here, name, names.peek().is_none(), seen) {
                Some(Found::Module(module)) => here = module,
                // A macro made it, in the module where it is looked for.
                None if anchored && !here.is_empty() => {
                    return Some(Found::Item { file: self.file(&here).to_owned(), name: name.clone() });
                }
                found => return found,
            }
            anchored = true;
        }
        Some(Found::Module(here))
    }

    fn lookup(
        &self,
        module: &[String],
        name: &str,
        last: bool,
        seen: &mut BTreeSet<(ModulePath, String)>,
    ) -> Option<Found> {
        if !seen.insert((module.to_vec(), name.to_owned())) {
            return None;
        }
        let place = self.all.get(module)?;
        let mut names: Vec<_> = place.names.get(name).into_iter().flatten().collect();
        // A module is meant where the path goes on, and something else where it ends.
        names.sort_by_key(|name| matches!(name, Name::Module) == last);
        let found = names.into_iter().find_map(|found| match found {
            Name::Item { file } => Some(Found::Item { file: file.clone(), name: name.to_owned() }),
            Name::Module => {
                Some(Found::Module([module, &[name.to_owned()]].concat())).filter(|_| self.has(module, name))
            }
            Name::Import(path) => Some(self.walk(module, path, seen).unwrap_or(Found::OtherCrate)),
        });
        found.or_else(|| {
            place.globs.iter().find_map(|glob| match self.walk(module, glob, seen)? {
                Found::Module(target) => self.lookup(&target, name, last, seen),
                _ => None,
            })
        })
    }

    /// Whether a module was read: one that is only for tests was not.
    fn has(&self, parent: &[String], name: &str) -> bool {
        self.all.contains_key(&[parent, &[name.to_owned()]].concat())
    }
}

/// Puts the imports of an item into its module, also those inside a function.
struct Imports<'a>(&'a mut Module);

impl<'ast> Visit<'ast> for Imports<'_> {
    fn visit_item_use(&mut self, import: &'ast ItemUse) {
        if import.leading_colon.is_some() {
            return;
        }
        for leaf in leaves(&import.tree) {
            match leaf.binds {
                Some(name) => self.0.names.entry(name).or_default().push(Name::Import(leaf.path)),
                None => self.0.globs.push(leaf.path),
            }
        }
    }
}
