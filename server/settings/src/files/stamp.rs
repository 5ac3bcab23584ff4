//! What tells one state of a file from another without reading it.
use std::{fs::Metadata, path::Path, time::SystemTime};

/// A file's state, also when it was replaced by renaming; that of one that is not there is equal to itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp(Option<(SystemTime, u64, Identity)>);

/// Which file it is, and when it was last changed otherwise than by writing, as its permissions are: seconds and the rest.
type Identity = (u64, i64, i64);

impl Stamp {
    /// As it is now.
    pub fn of(file: &Path) -> Self {
        let metadata = std::fs::metadata(file).ok();
        Self(metadata.and_then(|file| Some((file.modified().ok()?, file.len(), identity(&file)))))
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;

    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0, 0)
}

#[cfg(all(test, unix))]
mod tests {
    use std::{
        fs::{Permissions, set_permissions},
        os::unix::fs::PermissionsExt,
    };

    use super::*;

    #[test]
    fn other_permissions_are_another_state() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let before = Stamp::of(file.path());
        assert_eq!(before, Stamp::of(file.path()));
        // The clock of a file system ticks slowly.
        let differs = |n: u32| {
            set_permissions(file.path(), Permissions::from_mode(0o400 + n % 2)).unwrap();
            Stamp::of(file.path()) != before
        };
        assert!((0..1_000_000).any(differs));
    }
}
