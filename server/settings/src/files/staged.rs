//! A file that is written under another name beside its place, and moved there in one step.
use std::{
    fmt,
    fs::{self, Metadata, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::owner;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileMode {
    /// Its owner alone (0600, where there are such modes).
    Private,
    /// As the file that it replaces; a new one its owner alone.
    PrivateIfNew,
    /// As the file that it replaces; a new one as the process' umask says.
    Kept,
}

/// Why a file was not written.
#[derive(Debug)]
pub enum WriteError {
    /// It could not be given to the owner of the file that it replaces.
    Owner(io::Error),
    /// The system refused.
    Io(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner(error) => write!(f, "it is another user's, and would not be theirs any more: {error}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

/// A new file. A private one can be read by its owner alone from its first byte on.
pub fn create(file: &Path, private: bool) -> io::Result<fs::File> {
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

/// A file that is written whole and is not in its place yet. It is removed unless it gets there.
pub struct StagedFile(PathBuf);

impl StagedFile {
    /// Writes the file that is to replace `old`, whose owner it keeps. A new one belongs to the folder's owner.
    pub fn write(place: &Path, bytes: &[u8], old: Option<&Metadata>, mode: FileMode) -> Result<Self, WriteError> {
        let path = place.with_file_name(format!("{}{:08x}{SUFFIX}", prefix(place), fastrand::u32(..)));
        let mut file = create(&path, mode != FileMode::Kept || old.is_some())?;
        let staged = Self(path);
        file.write_all(bytes)?;
        match old {
            // A change of the owner takes permissions away, so these come after it.
            Some(old) => {
                owner::keep(&file, old).map_err(WriteError::Owner)?;
                if mode != FileMode::Private {
                    file.set_permissions(old.permissions())?;
                }
            }
            None => owner::inherit(&staged.0).map_err(WriteError::Owner)?,
        }
        file.sync_all()?;
        Ok(staged)
    }

    /// Puts it in the place of another file.
    pub fn replace(self, place: &Path) -> io::Result<()> {
        fs::rename(&self.0, place)
    }

    /// Puts it where nothing is, and fails where something has come meanwhile.
    pub fn create(self, place: &Path) -> io::Result<()> {
        match fs::hard_link(&self.0, place) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists && fs::symlink_metadata(place).is_err() => {
                // Not every file system has links.
                fs::rename(&self.0, place)
            }
            linked => linked,
        }
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        // It is mostly in its place by now. Where it is not, there was an error, which counts.
        let _ = fs::remove_file(&self.0);
    }
}

/// What the name of a copy has after the file's own.
pub const BACKUP_MARK: &str = "bak-";
const SUFFIX: &str = ".tmp";

fn prefix(place: &Path) -> String {
    format!(".{}.", place.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes what a run that was killed left there of a file and of its copies.
pub fn remove_stale(place: &Path) {
    let prefix = prefix(place);
    let is_old = |entry: &fs::DirEntry| {
        let age = entry.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
        age.is_some_and(|age| age > Duration::from_secs(60))
    };
    for entry in place.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name.strip_prefix(&prefix).and_then(|name| name.strip_suffix(SUFFIX));
        let is_staged = middle.is_some_and(|middle| {
            let (of, hex) = middle.rsplit_once('.').unwrap_or((BACKUP_MARK, middle));
            of.starts_with(BACKUP_MARK) && hex.len() == 8 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if is_staged && is_old(&entry) {
            // One that cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes a folder with all that is missing above it. Each belongs to the owner of the folder above; a private one is for its owner.
pub fn create_folders(folder: &Path, private: bool) -> Result<(), WriteError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    if private {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = private;
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
    let missing: Vec<_> = folder.ancestors().take_while(is_missing).collect();
    for folder in missing.into_iter().rev() {
        match builder.create(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            created => {
                created?;
                owner::inherit(folder).map_err(WriteError::Owner)?;
            }
        }
    }
    Ok(())
}
