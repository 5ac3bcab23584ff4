//! Where a key is stored, and how it is read again.
use std::path::PathBuf;

use rstest::rstest;
use tempfile::TempDir;

use super::{memory::MemoryKeychain, *};

fn credentials_file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    (folder, file)
}

fn key_and_source(stored: &StoredKey) -> (String, String) {
    let (key, source) = stored.key.as_ref().unwrap();
    (key.reveal().unwrap().expose_secret().to_owned(), source.to_string())
}

#[test]
fn a_key_in_the_file_is_read_without_the_keychain() {
    let ((_folder, file), keychain) = (credentials_file(), MemoryKeychain::default());
    assert_eq!(store_in_file(&file, &"hush \"1\"".into(), &keychain).unwrap(), None);
    let stored = stored_key(&file, &keychain);
    assert_eq!(key_and_source(&stored), ("hush \"1\"".into(), file.display().to_string()));
    assert_eq!((stored.warnings.len(), *keychain.reads.borrow()), (0, 0));
    #[cfg(unix)]
    assert_eq!(open_to_others(&file), None);
}

#[test]
fn a_key_in_the_keychain_leaves_only_its_account_in_the_file() {
    let ((_folder, file), keychain) = (credentials_file(), MemoryKeychain::default());
    store_in_keychain(&file, "i1", &"hush".into(), &keychain).unwrap();
    assert!(!fs::read_to_string(&file).unwrap().contains("hush"));
    assert_eq!(
        key_and_source(&stored_key(&file, &keychain)),
        ("hush".into(), "keychain, intervals-icu-mcp, i1".into())
    );
}

#[test]
fn storing_a_key_removes_the_older_one() {
    let ((_folder, file), keychain) = (credentials_file(), MemoryKeychain::default());
    let accounts = |keychain: &MemoryKeychain| keychain.secrets.borrow().keys().cloned().collect::<Vec<_>>();
    store_in_keychain(&file, "i1", &"one".into(), &keychain).unwrap();
    store_in_keychain(&file, "i2", &"two".into(), &keychain).unwrap();
    assert_eq!(accounts(&keychain), ["i2"]);
    store_in_file(&file, &"three".into(), &keychain).unwrap();
    assert!(accounts(&keychain).is_empty());
    assert_eq!(key_and_source(&stored_key(&file, &keychain)).0, "three");
    store_in_keychain(&file, "i3", &"four".into(), &keychain).unwrap();
    assert_eq!(key_and_source(&stored_key(&file, &keychain)).0, "four");
    let locked = MemoryKeychain { locked: true, ..MemoryKeychain::default() };
    let warning = store_in_file(&file, &"five".into(), &locked).unwrap().unwrap();
    assert!(warning.contains("i3") && warning.contains("it is locked"), "{warning}");
}

#[rstest]
#[case::broken("api_key = 'hush", "is not as `setup` writes it")]
#[case::empty("", "holds no key")]
#[case::blank("api_key = ' '", "holds no key")]
#[case::gone_from_the_keychain("keychain = 'i1'", "no such entry")]
fn a_key_that_cannot_be_read_is_a_warning_without_secrets(#[case] text: &str, #[case] expected: &str) {
    let ((_folder, file), keychain) = (credentials_file(), MemoryKeychain::default());
    fs::write(&file, text).unwrap();
    let StoredKey { key, warnings } = stored_key(&file, &keychain);
    assert!(key.is_none() && warnings.len() == 1, "{warnings:?}");
    assert!(warnings[0].contains(expected) && !warnings[0].contains("hush"), "{warnings:?}");
    assert!(warnings[0].contains("`setup`") && warnings[0].contains(&file.display().to_string()), "{warnings:?}");
}

#[test]
#[cfg(unix)]
fn a_file_that_others_can_read_is_a_warning_with_a_remedy() {
    use std::os::unix::fs::PermissionsExt;

    let (_folder, file) = credentials_file();
    fs::write(&file, "api_key = 'hush'").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let stored = stored_key(&file, &MemoryKeychain::default());
    assert_eq!(key_and_source(&stored).0, "hush");
    assert!(stored.warnings[0].ends_with(&format!("Run `chmod 600 {}`.", file.display())), "{:?}", stored.warnings);
}

#[test]
#[cfg(not(feature = "keychain"))]
fn a_build_without_keychains_says_how_to_get_one() {
    let (_folder, file) = credentials_file();
    fs::write(&file, "keychain = 'i1'").unwrap();
    assert!(stored_key(&file, &OsKeychain).warnings[0].contains("--features keychain"));
}
