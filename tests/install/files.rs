//! How files are written: permissions, links, what is read-only.
#![cfg(unix)]
use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    sync::Barrier,
    thread,
    time::{Duration, SystemTime},
};

use intervals_install::{CLIENTS, Change, Client, InstallTarget, Scope, client_statuses};

use super::{Fake, entry, names, target};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

fn cursor() -> InstallTarget<'static> {
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
    let project = InstallTarget { scope: Scope::Project, ..cursor() }.install(&fake.home, &entry(&[])).unwrap();
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

/// Those of a file or folder: user and group.
fn owner(path: &Path) -> (u32, u32) {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(path).unwrap();
    (found.uid(), found.gid())
}

#[test]
fn what_root_writes_stays_its_owners() {
    let fake = Fake::linux();
    let (home, them) = (&fake.home.home, (4242, 4343));
    if std::os::unix::fs::chown(home, Some(them.0), Some(them.1)).is_err() {
        // Only root gives away.
        return;
    }
    let target = target(Client::named("vscode").unwrap());
    let file = target.install(&fake.home, &entry(&[])).unwrap().file;
    for path in [file.as_path(), file.parent().unwrap(), &home.join(".config")] {
        assert_eq!(owner(path), them, "{}", path.display());
    }
    std::os::unix::fs::chown(&file, Some(7), Some(8)).unwrap();
    set_mode(&file, 0o640);
    let backup = target.install(&fake.home, &entry(&["--demo"])).unwrap().backup.unwrap();
    assert_eq!((owner(&file), owner(&backup), mode(&file), mode(&backup)), ((7, 8), (7, 8), 0o640, 0o640));
}

#[test]
fn a_file_that_this_user_may_not_write_is_left_alone_whatever_its_mode_says() {
    let fake = Fake::linux();
    let file = cursor().install(&fake.home, &entry(&[])).unwrap().file;
    set_mode(&file, 0o464);
    if fs::OpenOptions::new().write(true).open(&file).is_ok() {
        // Root may.
        return;
    }
    let fault = cursor().install(&fake.home, &entry(&["--demo"])).unwrap_err();
    assert!(fault.problem.starts_with("it cannot be opened for writing: "), "{fault}");
    assert!(fault.remedy.ends_with(cursor().snippet(&entry(&["--demo"])).trim_end()), "{fault}");
}

#[test]
fn a_file_of_several_names_is_not_parted_from_them() {
    let fake = Fake::linux();
    let file = cursor().install(&fake.home, &entry(&[])).unwrap().file;
    let other = fake.path("other");
    fs::hard_link(&file, &other).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    for fault in [cursor().install(&fake.home, &entry(&["--demo"])), cursor().remove(&fake.home)] {
        let fault = fault.unwrap_err();
        assert!(fault.problem.starts_with("it has 2 names (hard links)"), "{fault}");
    }
    assert_eq!((fs::read_to_string(&file).unwrap(), fs::read_to_string(&other).unwrap()), (text.clone(), text));
}

#[test]
fn a_pipe_is_no_file_and_is_not_waited_for() {
    let fake = Fake::linux();
    fs::create_dir_all(fake.path("home/.cursor")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(fake.path("home/.cursor/mcp.json")).status().unwrap();
    assert!(made.success());
    let fault = cursor().install(&fake.home, &entry(&[])).unwrap_err();
    assert!(fault.problem.contains("it is not a file"), "{fault}");
    assert!(client_statuses(&fake.home)[0].problem.as_ref().unwrap().contains("it is not a file"));
}

#[test]
fn installs_at_the_same_time_lose_no_entry() {
    let names: Vec<_> = (0..24).map(|n| format!("server-{n}")).collect();
    for text in [None, Some("{}")] {
        let fake = Fake::linux();
        let file = fake.path("home/.cursor/mcp.json");
        if let Some(text) = text {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
        }
        let start = Barrier::new(names.len());
        thread::scope(|scope| {
            for name in &names {
                scope.spawn(|| {
                    start.wait();
                    InstallTarget { name, ..cursor() }.install(&fake.home, &entry(&[])).unwrap();
                });
            }
        });
        let entries = cursor().client.shape.entries(&fs::read_to_string(&file).unwrap()).unwrap();
        assert!(names.iter().all(|name| entries.contains_key(name)), "{entries:?}");
    }
}

#[test]
fn what_a_killed_run_left_is_swept_once_it_is_old() {
    let fake = Fake::linux();
    let file = cursor().install(&fake.home, &entry(&[])).unwrap().file;
    let names = [
        ".mcp.json.0123abcd.tmp",
        ".mcp.json.bak-20260705T000000.000000Z.0123abcd.tmp",
        ".mcp.json.89abcdef.tmp",
        ".mcp.json.mine.tmp",
        ".other.0123abcd.tmp",
    ];
    for (n, name) in names.into_iter().enumerate() {
        let left = fs::File::create(file.with_file_name(name)).unwrap();
        if n != 2 {
            left.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
        }
    }
    cursor().install(&fake.home, &entry(&["--demo"])).unwrap();
    let left: Vec<_> = names.into_iter().filter(|name| file.with_file_name(name).exists()).collect();
    assert_eq!(left, names[2..]);
}
