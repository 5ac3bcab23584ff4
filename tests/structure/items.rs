//! What an item says of itself: its name, its attributes, what it imports.
use syn::{Attribute, Item, Meta, UseTree};

/// The name that an item adds to its module.
pub fn defined(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Macro(item) => item.ident.as_ref()?.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::TraitAlias(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        _ => return None,
    })
}

pub fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether it is compiled for tests only: `#[cfg(test)]`, also beside another condition.
pub fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let condition = list.tokens.to_string().replace(' ', "");
            condition == "test" || condition.starts_with("all(test,")
        }
        _ => false,
    })
}

/// One name of a `use`.
pub struct Leaf {
    pub path: Vec<String>,
    /// What it is called here; none for `*`.
    pub binds: Option<String>,
}

pub fn leaves(tree: &UseTree) -> Vec<Leaf> {
    fn collect(tree: &UseTree, before: &[String], leaves: &mut Vec<Leaf>) {
        let with = |name: String| [before, &[name]].concat();
        let leaf = |name: String| if name == "self" && !before.is_empty() { before.to_vec() } else { with(name) };
        match tree {
            UseTree::Path(path) => collect(&path.tree, &with(path.ident.to_string()), leaves),
            UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, before, leaves)),
            UseTree::Glob(_) => leaves.push(Leaf { path: before.to_vec(), binds: None }),
            UseTree::Name(name) => {
                let path = leaf(name.ident.to_string());
                leaves.push(Leaf { binds: path.last().cloned(), path });
            }
            UseTree::Rename(name) => {
                leaves.push(Leaf { path: leaf(name.ident.to_string()), binds: Some(name.rename.to_string()) });
            }
        }
    }
    let mut found = vec![];
    collect(tree, &[], &mut found);
    found
}
