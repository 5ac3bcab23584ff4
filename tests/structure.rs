//! The structure of the workspace: arrows between crates point down, and no files of a crate form a circle.
mod arrows;
mod circles;
mod items;
mod layers;
mod modules;
mod planted;

use std::path::Path;

use crate::world::path;
use circles::circles;
use layers::{packages, wrong_arrows};

/// The Rust files below a folder, as (path, text) pairs.
fn sources(folder: &Path) -> Vec<(String, String)> {
    fn read(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
        for entry in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                read(root, &entry, files);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                let name = entry.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&entry).unwrap()));
            }
        }
    }
    let mut files = vec![];
    read(folder, folder, &mut files);
    files
}

#[test]
fn arrows_between_crates_point_down() {
    let faults = wrong_arrows(&packages());
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_files_of_a_crate_form_a_circle() {
    let mut faults = vec![];
    for package in packages() {
        let files = sources(&path(&package.folder).join("src"));
        if !files.iter().any(|(name, _)| name == "lib.rs") {
            continue;
        }
        let found = circles(files.iter().map(|(name, text)| (&**name, &**text)));
        faults.extend(found.iter().map(|circle| format!("{}: {circle}", package.folder)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
