//! The folders under packs/ are the packs of a build with all features.
use std::collections::BTreeSet;

use intervals_catalog::Catalog;

use crate::world::{has_every_pack, hold, path};

/// The features that are packs: those of the manifest that bring an `intervals-pack-…`.
fn features() -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(path("server/Cargo.toml")).unwrap();
    let features = manifest.lines().filter_map(|line| line.split_once(" = [\"dep:intervals-pack-"));
    features.map(|(name, _)| name.to_owned()).collect()
}

fn folders() -> BTreeSet<String> {
    let folders = path("packs").read_dir().unwrap().map(|entry| entry.unwrap());
    folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn every_folder_under_packs_has_a_feature() {
    assert_eq!(folders(), features(), "left: folders, right: features; add a feature to server/Cargo.toml");
}

#[test]
fn every_pack_of_this_build_is_linked() {
    let linked: BTreeSet<_> = Catalog::linked().unwrap().packs.keys().map(ToString::to_string).collect();
    let built: BTreeSet<_> =
        FEATURES.split(' ').map(str::to_owned).filter(|feature| features().contains(feature)).collect();
    assert_eq!(built, linked, "left: features of this build, right: linked packs; add a line to server/src/packs.rs");
    let default: BTreeSet<_> = default_features().intersection(&features()).cloned().collect();
    assert_eq!(
        folders(),
        default,
        "left: folders, right: packs of the default build; add the word to default in server/Cargo.toml"
    );
}

/// The features that this binary was built with, as cargo names them to a build.
const FEATURES: &str = env!("ICU_FEATURES");

fn default_features() -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(path("server/Cargo.toml")).unwrap();
    let list = manifest.split_once("default = [").unwrap().1.split_once(']').unwrap().0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_smaller_build_knows_what_it_lacks() {
    let linked = Catalog::linked().unwrap();
    let mut names: Vec<_> = linked.tools.iter().map(|(name, entry)| format!("{} {name}\n", entry.pack)).collect();
    names.sort();
    let file = "server/catalog/src/known_tools.txt";
    if has_every_pack() {
        hold(file, &names.concat()).unwrap();
    } else {
        let known = std::fs::read_to_string(path(file)).unwrap();
        assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    }
}

#[test]
fn every_linked_pack_has_tools() {
    let catalog = Catalog::linked().unwrap();
    for name in catalog.packs.keys() {
        assert!(catalog.tools.values().any(|entry| entry.pack == *name), "{name}");
    }
}
