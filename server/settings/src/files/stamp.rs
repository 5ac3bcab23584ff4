//! File stamps, which tell whether a file changed without reading it.
use std::{fs::Metadata, path::Path, time::SystemTime};

/// Stamp of a file: it differs after the file was written, replaced by renaming, or given other permissions. All missing files
/// have the same stamp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stamp(Option<(SystemTime, u64, Identity)>);

/// Inode, and time of the last change of the inode (ctime) in seconds and nanoseconds. Zeros where there are none.
type Identity = (u64, i64, i64);

impl Stamp {
    /// Returns the stamp of a file now.
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
    fn a_change_of_permissions_changes_the_stamp() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let before = Stamp::of(file.path());
        assert_eq!(before, Stamp::of(file.path()));
        // The clock of a file system is coarse: the ctime may be the same at first.
        let differs = |n: u32| {
            set_permissions(file.path(), Permissions::from_mode(0o400 + n % 2)).unwrap();
            Stamp::of(file.path()) != before
        };
        assert!((0..1_000_000).any(differs));
    }
}
