//! The operating system's keychain, in a build with the feature `keychain`.
use secrecy::SecretString;

/// Service name of our keys in the keychain.
pub const SERVICE: &str = "intervals-icu-mcp";

/// A store of secrets by account. Errors are a few words, without the secret.
pub trait Keychain {
    /// Why the keychain cannot be used; `None` if it can.
    fn unusable(&self) -> Option<String>;

    /// Reads the secret of an account.
    fn get(&self, account: &str) -> Result<SecretString, String>;

    /// Stores the secret of an account.
    fn set(&self, account: &str, secret: &SecretString) -> Result<(), String>;

    /// Removes the secret of an account. A missing one is not an error.
    fn remove(&self, account: &str) -> Result<(), String>;
}

/// The keychain of this computer: Keychain Services on macOS, Credential Manager on Windows, the Secret Service elsewhere.
pub struct OsKeychain;

#[cfg(not(feature = "keychain"))]
impl Keychain for OsKeychain {
    fn unusable(&self) -> Option<String> {
        Some("keychains are not in this build; build it with --features keychain".into())
    }

    fn get(&self, _: &str) -> Result<SecretString, String> {
        Err(self.unusable().unwrap_or_default())
    }

    fn set(&self, _: &str, _: &SecretString) -> Result<(), String> {
        Err(self.unusable().unwrap_or_default())
    }

    fn remove(&self, _: &str) -> Result<(), String> {
        Err(self.unusable().unwrap_or_default())
    }
}

#[cfg(feature = "keychain")]
mod system {
    use std::{sync::mpsc, thread, time::Duration};

    use keyring::{Entry, Error};
    use secrecy::ExposeSecret;

    use super::*;

    /// Timeout of a request: a locked keychain waits for its user, who may be away.
    const TIMEOUT: Duration = Duration::from_secs(20);

    impl Keychain for OsKeychain {
        fn unusable(&self) -> Option<String> {
            // No secret has this name: a keychain that answers so works.
            with_timeout("no such account", |entry| match entry.get_password() {
                Err(Error::NoEntry) => Ok(()),
                other => other.map(drop),
            })
            .err()
        }

        fn get(&self, account: &str) -> Result<SecretString, String> {
            with_timeout(account, |entry| entry.get_password().map(SecretString::from))
        }

        fn set(&self, account: &str, secret: &SecretString) -> Result<(), String> {
            let secret = secret.clone();
            with_timeout(account, move |entry| entry.set_password(secret.expose_secret()))
        }

        fn remove(&self, account: &str) -> Result<(), String> {
            with_timeout(account, |entry| match entry.delete_credential() {
                Err(Error::NoEntry) => Ok(()),
                other => other,
            })
        }
    }

    /// Runs a request in a thread of its own, which is abandoned after [`TIMEOUT`].
    fn with_timeout<T: Send + 'static>(
        account: &str,
        request: impl FnOnce(Entry) -> keyring::Result<T> + Send + 'static,
    ) -> Result<T, String> {
        let (sender, receiver) = mpsc::channel();
        let account = account.to_owned();
        thread::spawn(move || {
            let result = match Entry::store_status() {
                Ok(()) => Entry::new(SERVICE, &account).and_then(request).map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            };
            // The receiver is gone after the timeout.
            let _ = sender.send(result);
        });
        let timeout = |_| format!("it did not answer within {} s", TIMEOUT.as_secs());
        receiver.recv_timeout(TIMEOUT).map_err(timeout)?
    }
}
