//! What tells one state of a file from another without reading it.
use std::{fs::Metadata, path::Path, time::SystemTime};

/// A file's state, also when it was replaced by renaming; that of one that is not there is equal to itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp(Option<(SystemTime, u64, u64)>);

impl Stamp {
    /// As it is now.
    pub fn of(file: &Path) -> Self {
        let found = std::fs::metadata(file).ok();
        Self(found.and_then(|found| Some((found.modified().ok()?, found.len(), number(&found)))))
    }
}

#[cfg(unix)]
fn number(found: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}
