//! Atomic replacement of files, which keeps their owner and permissions.
mod owner;
mod staged;
mod stamp;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

pub use staged::{BACKUP_MARK, FileMode, StagedFile, WriteError, create, create_folders, remove_stale};
pub use stamp::Stamp;

/// Replaces a file atomically: writes a staged file in its folder and renames it. Missing folders are created for their owner
/// alone (0700). A symbolic link stays; the file that it leads to is replaced.
pub fn replace(file: &Path, text: &str, mode: FileMode) -> Result<(), WriteError> {
    let file = behind_links(file)?;
    let (Some(folder), Some(_)) = (file.parent(), file.file_name()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file").into());
    };
    create_folders(folder, true)?;
    let old = fs::metadata(&file).ok();
    Ok(StagedFile::write(&file, text.as_bytes(), old.as_ref(), mode)?.replace(&file)?)
}

/// Follows symbolic links, also to a file that does not exist.
///
/// # Errors
/// If the links lead in a circle, or one cannot be read.
pub fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..32 {
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(path);
        }
        let target = fs::read_link(&path)?;
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Mode of a file that others than its owner may access; `None` if only its owner may.
#[cfg(unix)]
pub fn open_to_others(file: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Always `None`: on Windows a file inherits the access of its folder, which in a user's profile is the user's and the
/// administrators'.
#[cfg(not(unix))]
pub fn open_to_others(_: &Path) -> Option<u32> {
    None
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use rstest::rstest;

    use super::*;

    fn mode(file: &Path) -> u32 {
        fs::metadata(file).unwrap().permissions().mode() & 0o777
    }

    #[rstest]
    #[case::private_always(FileMode::Private, 0o600)]
    #[case::as_before(FileMode::Kept, 0o640)]
    #[case::private_only_when_new(FileMode::PrivateIfNew, 0o640)]
    fn a_replaced_file_has_the_requested_mode(#[case] requested: FileMode, #[case] expected: u32) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&file, "new", requested).unwrap();
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("new", expected));
        assert_eq!(open_to_others(&file), (requested != FileMode::Private).then_some(0o640));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn a_link_stays_and_missing_folders_are_private() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("a/b/real"), folder.path().join("link"));
        replace(&real, "one", FileMode::Private).unwrap();
        assert_eq!((mode(real.parent().unwrap()), mode(&real)), (0o700, 0o600));
        let (later, dangling) = (folder.path().join("later"), folder.path().join("dangling"));
        std::os::unix::fs::symlink("later", &dangling).unwrap();
        replace(&dangling, "new", FileMode::Private).unwrap();
        assert!(dangling.is_symlink());
        assert_eq!(fs::read_to_string(later).unwrap(), "new");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        replace(&link, "two", FileMode::Private).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(real).unwrap(), "two");
    }

    #[test]
    fn no_staged_file_is_left_when_the_target_cannot_be_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let occupied = folder.path().join("occupied");
        fs::create_dir(&occupied).unwrap();
        replace(&occupied, "x", FileMode::Private).unwrap_err();
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
