//! Where each value of the configuration comes from.
use std::{fmt, path::PathBuf};

/// The place a value was read from. Printed as a person would look it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The configuration file.
    File(PathBuf),
    /// A variable in the `.env` of the working directory.
    Dotenv(String),
    /// A variable of the environment.
    Environment(String),
    /// An option of the command line, without its `--`.
    Flag(String),
    /// The file in which `setup` stores the API key.
    Credentials(PathBuf),
    /// The operating system's keychain: service and account.
    Keychain(&'static str, String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) | Self::Credentials(file) => file.display().fmt(f),
            Self::Dotenv(variable) => write!(f, ".env, {variable}"),
            Self::Environment(variable) => write!(f, "environment variable {variable}"),
            Self::Flag(flag) => write!(f, "--{flag}"),
            Self::Keychain(service, account) => write!(f, "keychain, {service}, {account}"),
        }
    }
}
