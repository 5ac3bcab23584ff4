//! Staged files: written whole under a temporary name in the target's folder, then renamed to the target.
use std::{
    fmt,
    fs::{self, Metadata, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::owner;

/// Permissions of a written file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileMode {
    /// Only its owner may access it (0600, where there are such modes).
    Private,
    /// The permissions of the file that it replaces; a new file is private.
    PrivateIfNew,
    /// The permissions of the file that it replaces; a new file follows the umask.
    Kept,
}

/// Error of writing a file.
#[derive(Debug)]
pub enum WriteError {
    /// The file could not be given to the owner of the file that it replaces.
    Owner(io::Error),
    /// An error of the operating system.
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
            Self::Owner(error) => write!(f, "it belongs to another user, who would lose it: {error}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WriteError {}

/// Creates a file that must not exist. A private one is readable by its owner alone from the start.
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

/// A file that is written but not in its place yet. It is removed when dropped, unless it was moved there.
pub struct StagedFile(PathBuf);

impl StagedFile {
    /// Writes a staged file for `place`. It gets the owner of `old`, the file that it will replace; without one, the folder's
    /// owner if root writes it.
    pub fn write(place: &Path, bytes: &[u8], old: Option<&Metadata>, mode: FileMode) -> Result<Self, WriteError> {
        let path = place.with_file_name(format!("{}{:08x}{SUFFIX}", prefix(place), fastrand::u32(..)));
        let mut file = create(&path, mode != FileMode::Kept || old.is_some())?;
        let staged = Self(path);
        file.write_all(bytes)?;
        match old {
            // A change of the owner can clear permissions, so they are set after it.
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

    /// Renames it to `place`, replacing the file there.
    pub fn replace(self, place: &Path) -> io::Result<()> {
        fs::rename(&self.0, place)
    }

    /// Moves it to `place`, where no file may be.
    ///
    /// # Errors
    /// `AlreadyExists` if a file appeared there in the meantime.
    pub fn create(self, place: &Path) -> io::Result<()> {
        match fs::hard_link(&self.0, place) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists && fs::symlink_metadata(place).is_err() => {
                // Not every file system has hard links.
                fs::rename(&self.0, place)
            }
            linked => linked,
        }
    }
}

impl Drop for StagedFile {
    fn drop(&mut self) {
        // After a rename there is nothing to remove. Otherwise the caller already has an error to report.
        let _ = fs::remove_file(&self.0);
    }
}

/// Mark in the name of a backup: `mcp.json` has backups `mcp.json.bak-…`.
pub const BACKUP_MARK: &str = "bak-";
const SUFFIX: &str = ".tmp";

/// Start of the names of a file's staged files.
fn prefix(place: &Path) -> String {
    format!(".{}.", place.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes staged files of `place` and of its backups that are older than 60 s: a killed process left them.
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
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Creates a folder and its missing parents. When root creates them, each gets the owner of its parent. A private folder is for
/// its owner alone (0700).
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
