//! Where a key is kept, and how it is found again.
use std::path::PathBuf;

use rstest::rstest;
use tempfile::TempDir;

use super::{in_memory::InMemory, *};

fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    (folder, file)
}

fn found(stored: &Stored) -> (String, String) {
    let (key, source) = stored.key.as_ref().unwrap();
    (key.reveal().unwrap().expose_secret().to_owned(), source.to_string())
}

#[test]
fn a_key_in_the_file_is_found_without_a_keychain() {
    let ((_folder, file), keychain) = (place(), InMemory::default());
    assert_eq!(keep_in_file(&file, &"hush \"1\"".into(), &keychain).unwrap(), None);
    let stored = stored(&file, &keychain);
    assert_eq!(found(&stored), ("hush \"1\"".into(), file.display().to_string()));
    assert_eq!((stored.warnings.len(), *keychain.asked.borrow()), (0, 0));
    #[cfg(unix)]
    assert_eq!(open_to_others(&file), None);
}

#[test]
fn a_key_in_the_keychain_leaves_only_a_mark_in_the_file() {
    let ((_folder, file), keychain) = (place(), InMemory::default());
    keep_in_keychain(&file, "i1", &"hush".into(), &keychain).unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains("hush"));
    assert_eq!(found(&stored(&file, &keychain)), ("hush".into(), "keychain, intervals-icu-mcp, i1".into()));
}

#[test]
fn a_key_that_moves_is_left_nowhere_else() {
    let ((_folder, file), keychain) = (place(), InMemory::default());
    let kept = |keychain: &InMemory| keychain.kept.borrow().keys().cloned().collect::<Vec<_>>();
    keep_in_keychain(&file, "i1", &"one".into(), &keychain).unwrap();
    keep_in_keychain(&file, "i2", &"two".into(), &keychain).unwrap();
    assert_eq!(kept(&keychain), ["i2"]);
    keep_in_file(&file, &"three".into(), &keychain).unwrap();
    assert!(kept(&keychain).is_empty());
    assert_eq!(found(&stored(&file, &keychain)).0, "three");
    keep_in_keychain(&file, "i3", &"four".into(), &keychain).unwrap();
    assert_eq!(found(&stored(&file, &keychain)).0, "four");
    let locked = InMemory { locked: true, ..InMemory::default() };
    let said = keep_in_file(&file, &"five".into(), &locked).unwrap().unwrap();
    assert!(said.contains("i3") && said.contains("it is locked"), "{said}");
}

#[rstest]
#[case::broken("api_key = 'hush", "is not as `setup` writes it")]
#[case::empty("", "holds no key")]
#[case::blank("api_key = ' '", "holds no key")]
#[case::gone_from_the_keychain("keychain = 'i1'", "no such entry")]
fn what_is_not_there_is_a_warning_that_shows_nothing(#[case] text: &str, #[case] expected: &str) {
    let ((_folder, file), keychain) = (place(), InMemory::default());
    fs::write(&file, text).unwrap();
    let Stored { key, warnings } = stored(&file, &keychain);
    assert!(key.is_none() && warnings.len() == 1, "{warnings:?}");
    assert!(warnings[0].contains(expected) && !warnings[0].contains("hush"), "{warnings:?}");
    assert!(warnings[0].contains("`setup`") && warnings[0].contains(&file.display().to_string()), "{warnings:?}");
}

#[test]
#[cfg(unix)]
fn a_file_that_others_can_read_is_a_warning_with_the_remedy() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, file) = place();
    fs::write(&file, "api_key = 'hush'").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let stored = stored(&file, &InMemory::default());
    assert_eq!(found(&stored).0, "hush");
    assert!(stored.warnings[0].ends_with(&format!("Run `chmod 600 {}`.", file.display())), "{:?}", stored.warnings);
}

#[test]
#[cfg(not(feature = "keychain"))]
fn a_build_without_keychains_says_how_to_get_one() {
    let (_folder, file) = place();
    fs::write(&file, "keychain = 'i1'").unwrap();
    assert!(stored(&file, &Os).warnings[0].contains("--features keychain"));
}
