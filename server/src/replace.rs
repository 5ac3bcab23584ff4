//! A file is replaced whole, or stays as it was.
use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Write},
    path::Path,
};

/// Writes `text` to a file beside it, which then takes its place; missing folders are made. A link stays, and what it leads to is
/// replaced. A `private` file is for its owner alone (0600, where there are such modes); any other keeps its mode.
pub fn replace(file: &Path, text: &str, private: bool) -> io::Result<()> {
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let (Some(folder), Some(name)) = (file.parent(), file.file_name()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    };
    make(folder)?;
    let mode = fs::metadata(&file).ok().map(|found| found.permissions()).filter(|_| !private);
    let beside = folder.join(format!(".{}.{}", name.to_string_lossy(), std::process::id()));
    let written = write(&beside, text, mode, private).and_then(|()| fs::rename(&beside, &file));
    if written.is_err() {
        // Nobody looks for it.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn write(file: &Path, text: &str, mode: Option<Permissions>, private: bool) -> io::Result<()> {
    let mut written = new(file, private)?;
    if let Some(mode) = mode {
        written.set_permissions(mode)?;
    }
    written.write_all(text.as_bytes())?;
    written.sync_all()
}

/// A new file. Its owner alone can read it from its first byte on, if it is private.
pub fn new(file: &Path, private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(file)
}

/// Folders of a configuration are for their owner.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if folder.as_os_str().is_empty() { Ok(()) } else { builder.create(folder) }
}

/// The mode of a file that others than its owner may read.
#[cfg(unix)]
pub fn open_to_others(file: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;

    let mode = fs::metadata(file).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Elsewhere a file has what its folder hands down: in a user's profile that is the user, and who administers the machine.
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
    #[case::private_whatever_it_was(true, 0o600)]
    #[case::else_as_it_was(false, 0o640)]
    fn what_takes_its_place_has_the_right_mode(#[case] private: bool, #[case] expected: u32) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
        replace(&file, "new", private).unwrap();
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("new", expected));
        assert_eq!(open_to_others(&file), (!private).then_some(0o640));
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn a_link_stays_and_missing_folders_are_made_for_their_owner() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("a/b/real"), folder.path().join("link"));
        replace(&real, "one", true).unwrap();
        assert_eq!((mode(real.parent().unwrap()), mode(&real)), (0o700, 0o600));
        std::os::unix::fs::symlink(&real, &link).unwrap();
        replace(&link, "two", true).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(real).unwrap(), "two");
    }

    #[test]
    fn nothing_is_left_beside_a_place_that_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        replace(&taken, "x", true).unwrap_err();
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }
}
