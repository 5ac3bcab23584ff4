//! The source of a value of the configuration.
use std::{fmt, path::PathBuf};

/// Source of a value. Printed the way a user finds it: a path, a variable, an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The configuration file, by its path.
    File(PathBuf),
    /// A variable in the `.env` of the working directory.
    Dotenv(String),
    /// An environment variable.
    Environment(String),
    /// A command line option, without its `--`.
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
