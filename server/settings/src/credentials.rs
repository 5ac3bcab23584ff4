//! The API key that `setup` stores: in the keychain, or in a file `credentials` beside config.toml, so that config.toml can be
//! shared.
mod keychain;
#[cfg(any(test, feature = "testing"))]
mod memory;

use std::{fs, io, path::Path};

use secrecy::{ExposeSecret, SecretString};
use toml_edit::{DocumentMut, value};

use crate::{
    files::{FileMode, WriteError, open_to_others, replace},
    source::Source,
    values::Secret,
};
pub use keychain::{Keychain, OsKeychain, SERVICE};
#[cfg(any(test, feature = "testing"))]
pub use memory::MemoryKeychain;

/// Name of the credentials file. It holds the key, or the name of the keychain account that holds it.
pub const FILE: &str = "credentials";

const HEADER: &str = "# Written by setup. The API key gives access to the whole account: keep this file private.\n";

/// The stored API key, and warnings about it.
#[derive(Debug, Default)]
pub struct StoredKey {
    /// The key and its source; `None` if no key is stored or it cannot be read.
    pub key: Option<(Secret, Source)>,
    /// Why a stored key cannot be read, or that others can read it too.
    pub warnings: Vec<String>,
}

/// Reads the stored key. The keychain is read only if the file names an account: that takes time, and may open a window.
pub fn stored_key(file: &Path, keychain: &dyn Keychain) -> StoredKey {
    let place = file.display();
    let without_key = |warning: String| StoredKey { key: None, warnings: vec![warning] };
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return StoredKey::default(),
        Err(error) => {
            return without_key(format!(
                "{place} cannot be read: {error}. Let this user read it, or run `setup` again."
            ));
        }
    };
    // The parser's error is not shown: it may contain the key.
    let Ok(document) = text.parse::<DocumentMut>() else {
        return without_key(format!("{place} is not as `setup` writes it. Run `setup` again."));
    };
    let member = |name: &str| document.get(name).and_then(|item| item.as_str()).filter(|text| !text.trim().is_empty());
    match (member("api_key"), member("keychain")) {
        (Some(key), _) => {
            let warning = open_to_others(file).map(|mode| {
                format!("{place} holds the API key, and others can read it (mode {mode:o}). Run `chmod 600 {place}`.")
            });
            let key = Secret::from(SecretString::from(key.trim()));
            StoredKey { key: Some((key, Source::Credentials(file.into()))), warnings: warning.into_iter().collect() }
        }
        (None, Some(account)) => match keychain.get(account) {
            Ok(key) => StoredKey { key: Some((key.into(), keychain_source(account))), warnings: vec![] },
            Err(problem) => without_key(format!(
                "the keychain does not give the API key that {place} says it has: {problem}. Unlock it, or run `setup` again."
            )),
        },
        (None, None) => without_key(format!("{place} holds no key. Run `setup` again.")),
    }
}

/// Source of a key in the keychain.
fn keychain_source(account: &str) -> Source {
    Source::Keychain(SERVICE, account.into())
}

/// Stores the key in the file, and removes an older one from the keychain. Returns a warning if that one cannot be removed.
pub fn store_in_file(file: &Path, key: &SecretString, keychain: &dyn Keychain) -> Result<Option<String>, WriteError> {
    let before = stored_account(file);
    write(file, "api_key", key.expose_secret())?;
    Ok(before.and_then(|account| remove_from_keychain(&account, keychain)))
}

/// Stores the key in the keychain under `account`, and the account's name in the file. Removes an older key of another account,
/// and returns a warning if it cannot be removed.
pub fn store_in_keychain(
    file: &Path,
    account: &str,
    key: &SecretString,
    keychain: &dyn Keychain,
) -> Result<Option<String>, String> {
    keychain.set(account, key)?;
    let before = stored_account(file).filter(|before| before != account);
    write(file, "keychain", account).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
    Ok(before.and_then(|account| remove_from_keychain(&account, keychain)))
}

/// Keychain account that the file names.
fn stored_account(file: &Path) -> Option<String> {
    let document: DocumentMut = fs::read_to_string(file).ok()?.parse().ok()?;
    document.get("keychain")?.as_str().map(Into::into)
}

/// Removes a key from the keychain. Returns a warning if that fails.
fn remove_from_keychain(account: &str, keychain: &dyn Keychain) -> Option<String> {
    let problem = keychain.remove(account).err()?;
    Some(format!("the older key stays in the {}: {problem}", keychain_source(account)))
}

fn write(file: &Path, name: &str, text: &str) -> Result<(), WriteError> {
    let mut document = DocumentMut::new();
    document.insert(name, value(text));
    replace(file, &format!("{HEADER}{document}"), FileMode::Private)
}

#[cfg(test)]
mod tests;
