//! Errors of writing a client's file, with the next move.
use std::{
    fmt,
    io::{self, ErrorKind},
};

use intervals_settings::files::WriteError;

/// Error of writing a client's file. The file is unchanged.
#[derive(Debug)]
pub enum WriteFailure {
    /// Another program changed the file after it was read.
    Meanwhile,
    /// The new file could not be given to the owner of the old one.
    Owner(io::Error),
    /// An error of the operating system.
    Io(io::Error),
}

impl From<WriteError> for WriteFailure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Owner(error) => Self::Owner(error),
            WriteError::Io(error) => Self::Io(error),
        }
    }
}

impl From<io::Error> for WriteFailure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for WriteFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meanwhile => f.write_str("it was changed by another program at the same moment"),
            Self::Owner(error) => write!(f, "it belongs to another user, who would lose it: {error}"),
            Self::Io(error) => write!(f, "it cannot be written: {error}"),
        }
    }
}

impl WriteFailure {
    /// The next move, without a full stop; `None` if trying again may help.
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Meanwhile => None,
            Self::Owner(_) => Some("Run this as its owner"),
            Self::Io(error) => Some(match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "Make room on the disk and run this again",
                ErrorKind::ReadOnlyFilesystem => "Its file system is mounted read-only: change it where it is not",
                ErrorKind::ResourceBusy => {
                    "It is mounted by itself, as a container is given a single file: run this where it comes from"
                }
                _ => "See who owns the file and its folder, and run this again",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(ErrorKind::StorageFull, "Make room")]
    #[case(ErrorKind::QuotaExceeded, "Make room")]
    #[case(ErrorKind::ReadOnlyFilesystem, "mounted read-only")]
    #[case(ErrorKind::ResourceBusy, "mounted by itself")]
    #[case(ErrorKind::PermissionDenied, "See who owns")]
    fn only_a_temporary_failure_has_no_advice(#[case] kind: ErrorKind, #[case] advice: &str) {
        assert!(WriteFailure::Io(kind.into()).advice().unwrap().contains(advice));
        assert_eq!(WriteFailure::Meanwhile.advice(), None);
    }
}
