//! A keychain for tests, in memory.
use std::{cell::RefCell, collections::BTreeMap};

use secrecy::{ExposeSecret, SecretString};

use super::Keychain;

/// A keychain in memory.
#[derive(Default)]
pub struct MemoryKeychain {
    pub(super) secrets: RefCell<BTreeMap<String, String>>,
    /// Number of reads.
    pub(super) reads: RefCell<usize>,
    pub(super) locked: bool,
    pub(super) full: bool,
}

impl MemoryKeychain {
    /// A keychain that refuses new secrets.
    pub fn full() -> Self {
        Self { full: true, ..Self::default() }
    }
}

impl Keychain for MemoryKeychain {
    fn unusable(&self) -> Option<String> {
        self.locked.then(|| "it is locked".into())
    }

    fn get(&self, account: &str) -> Result<SecretString, String> {
        *self.reads.borrow_mut() += 1;
        if self.locked {
            return Err("it is locked".into());
        }
        self.secrets.borrow().get(account).map(|key| key.as_str().into()).ok_or_else(|| "no such entry".into())
    }

    fn set(&self, account: &str, secret: &SecretString) -> Result<(), String> {
        self.unusable().or(self.full.then(|| "it is full".into())).map_or(Ok(()), Err)?;
        self.secrets.borrow_mut().insert(account.into(), secret.expose_secret().into());
        Ok(())
    }

    fn remove(&self, account: &str) -> Result<(), String> {
        self.unusable().map_or(Ok(()), Err)?;
        self.secrets.borrow_mut().remove(account);
        Ok(())
    }
}
