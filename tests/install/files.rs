//! How files are written: permissions, links, what is read-only.
#![cfg(unix)]
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
};

use intervals_icu_mcp::cli::install::{CLIENTS, Change, Client, Scope, Target};

use super::{Fake, entry, names, target};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

fn cursor() -> Target<'static> {
    target(Client::named("cursor").unwrap())
}

#[test]
fn a_file_keeps_its_permissions_and_a_new_one_is_its_owners_alone() {
    let fake = Fake::linux();
    let done = cursor().install(&fake.home, &entry(&[])).unwrap();
    assert_eq!(mode(&done.file), 0o600);
    set_mode(&done.file, 0o640);
    let done = cursor().install(&fake.home, &entry(&["--demo"])).unwrap();
    assert_eq!((mode(&done.file), mode(&done.backup.unwrap())), (0o640, 0o640));
    let project = Target { scope: Scope::Project, ..cursor() }.install(&fake.home, &entry(&[])).unwrap();
    let plain = fake.path("plain");
    fs::write(&plain, "").unwrap();
    assert_eq!(mode(&project.file), mode(&plain), "a project's file is for all who have the project");
}

#[test]
fn what_is_read_only_is_left_alone_with_what_to_do_for_every_client() {
    for client in CLIENTS {
        let fake = Fake::linux();
        let file = target(client).install(&fake.home, &entry(&[])).unwrap().file;
        let text = fs::read_to_string(&file).unwrap();
        let folder = file.parent().unwrap();
        for locked in [file.as_path(), folder] {
            let usual = mode(locked);
            set_mode(locked, usual & 0o555);
            let fault = target(client).install(&fake.home, &entry(&["--demo"])).unwrap_err();
            let gone = target(client).remove(&fake.home).unwrap_err();
            // Nothing to change is nothing to write.
            assert_eq!(target(client).install(&fake.home, &entry(&[])).unwrap().change, Change::Kept);
            set_mode(locked, usual);
            assert!(fault.to_string().starts_with(&format!("{}: it is read-only. ", locked.display())), "{fault}");
            assert!(fault.remedy.ends_with(target(client).snippet(&entry(&["--demo"])).trim_end()), "{fault}");
            assert!(gone.remedy.ends_with("or take intervals-icu out by hand."), "{gone}");
            let there = names(folder).len();
            assert_eq!((fs::read_to_string(&file).unwrap(), there), (text.clone(), names(folder).len()));
        }
    }
}

#[test]
fn a_folder_that_is_read_only_takes_no_new_one() {
    let fake = Fake::linux();
    set_mode(&fake.home.home, 0o555);
    let fault = cursor().install(&fake.home, &entry(&[])).unwrap_err();
    set_mode(&fake.home.home, 0o755);
    assert!(fault.to_string().starts_with(&format!("{}: it is read-only. ", fake.home.home.display())), "{fault}");
    assert!(names(&fake.home.home).is_empty());
}

#[test]
fn a_link_stays_and_the_file_behind_it_is_written() {
    let fake = Fake::linux();
    for folder in ["home/.cursor", "dotfiles"] {
        fs::create_dir_all(fake.path(folder)).unwrap();
    }
    let (link, between, file) =
        (fake.path("home/.cursor/mcp.json"), fake.path("dotfiles/link"), fake.path("dotfiles/cursor.json"));
    symlink("../../dotfiles/link", &link).unwrap();
    symlink("cursor.json", &between).unwrap();
    for text in [None, Some("{\n  // mine\n}\n")] {
        if let Some(text) = text {
            fs::write(&file, text).unwrap();
        }
        let done = cursor().install(&fake.home, &entry(&[])).unwrap();
        assert_eq!(done.file, link);
        assert!(
            fs::symlink_metadata(&link).unwrap().is_symlink() && fs::symlink_metadata(&between).unwrap().is_symlink()
        );
        assert!(fs::read_to_string(&file).unwrap().contains("intervals-icu"));
        cursor().remove(&fake.home).unwrap();
        assert!(text.is_none_or(|text| fs::read_to_string(&file).unwrap() == text));
    }
    assert_eq!(names(&fake.path("home/.cursor")), ["mcp.json"], "copies stand beside the file itself");
}

#[test]
fn links_in_a_circle_and_folders_in_the_files_place_are_said() {
    let fake = Fake::linux();
    fs::create_dir_all(fake.path("home/.cursor")).unwrap();
    symlink("mcp.json", fake.path("home/.cursor/mcp.json")).unwrap();
    let fault = cursor().install(&fake.home, &entry(&[])).unwrap_err();
    assert!(fault.problem.contains("its links lead in a circle"), "{fault}");
    fs::create_dir_all(fake.path("home/.gemini/settings.json")).unwrap();
    let fault = target(Client::named("gemini-cli").unwrap()).install(&fake.home, &entry(&[])).unwrap_err();
    assert!(fault.problem.starts_with("it cannot be read: "), "{fault}");
}

#[test]
fn copies_are_made_of_each_state_once() {
    let fake = Fake::linux();
    fs::create_dir_all(fake.path("home/.cursor")).unwrap();
    let file = fake.path("home/.cursor/mcp.json");
    fs::write(&file, "{}").unwrap();
    for _ in 0..5 {
        cursor().install(&fake.home, &entry(&[])).unwrap();
        cursor().install(&fake.home, &entry(&["--demo"])).unwrap();
        cursor().remove(&fake.home).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "{}");
    }
    let copies = names(&fake.path("home/.cursor"));
    assert_eq!(copies.len(), 1 + 3, "{copies:?}");
    assert!(copies.iter().skip(1).all(|name| name.starts_with("mcp.json.bak-")));
}
