//! A client's file on disk: reading, atomic writing, and backups.
use std::{
    fmt,
    fs::{self, Metadata, OpenOptions},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use intervals_settings::files::{self, BACKUP_MARK, FileMode, StagedFile};

use crate::write_failure::WriteFailure;

/// Backups that are kept of a file.
const MAX_BACKUPS: usize = 3;

/// A client's file as it was read. It is written only if no other program has changed it since.
pub struct ClientFile {
    /// Path of the file itself. Symbolic links to it, such as those of dotfiles managers, stay.
    pub path: PathBuf,
    /// Text and metadata when it was read; `None` if it did not exist.
    original: Option<(String, Metadata)>,
    /// Folder of its backups.
    backup_folder: PathBuf,
}

/// Error of reading a file.
#[derive(Debug)]
pub enum Unreadable {
    /// An error of the operating system, or the path is not a regular file.
    Io(io::Error),
    /// The file is not UTF-8 text, from this byte on.
    Bytes(usize),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "it cannot be read: {error}"),
            Self::Bytes(at) => write!(f, "it is not UTF-8 text from byte {} on", at + 1),
        }
    }
}

/// A file that must not be written, with the reason and the next move.
pub struct NotWritable {
    /// The file, or its folder.
    pub path: PathBuf,
    /// The reason.
    pub problem: String,
    /// The next move.
    pub advice: &'static str,
}

impl ClientFile {
    /// Reads a file. A missing file is not an error.
    pub fn read(path: &Path) -> Result<Self, Unreadable> {
        let path = files::behind_links(path).map_err(Unreadable::Io)?;
        let original = match read(&path) {
            Ok((bytes, metadata)) => {
                let text =
                    String::from_utf8(bytes).map_err(|error| Unreadable::Bytes(error.utf8_error().valid_up_to()))?;
                Some((text, metadata))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(Unreadable::Io(error)),
        };
        let backup_folder = path.parent().map(Into::into).unwrap_or_default();
        Ok(Self { path, original, backup_folder })
    }

    /// Changes the folder of its backups.
    pub fn with_backups_in(self, backup_folder: PathBuf) -> Self {
        Self { backup_folder, ..self }
    }

    /// Its text; empty if it does not exist.
    pub fn text(&self) -> &str {
        self.original.as_ref().map_or("", |(text, _)| text)
    }

    /// Why the file must not be written; `None` if it may. A read-only file is not replaced, although its folder would permit it.
    pub fn not_writable(&self) -> Option<NotWritable> {
        const MANAGED: &str =
            "Where another program manages it, change it there. Else make it writable and run this again";
        const LINKED: &str = "Part it from the others with a copy of its own and run this again";
        let read_only =
            |path: &Path| NotWritable { path: path.into(), problem: "it is read-only".into(), advice: MANAGED };
        let is_locked = |path: &Path| fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly());
        if let Some((_, metadata)) = &self.original {
            if is_locked(&self.path) {
                return Some(read_only(&self.path));
            }
            // Only opening it shows file attributes, read-only mounts and access control lists.
            if let Err(error) = OpenOptions::new().write(true).open(&self.path) {
                let problem = format!("it cannot be opened for writing: {error}");
                let advice = WriteFailure::Io(error).advice().unwrap_or(MANAGED);
                return Some(NotWritable { path: self.path.clone(), problem, advice });
            }
            let links = hard_links(metadata);
            if links > 1 {
                let problem = format!("it has {links} names (hard links), of which only this one would be changed");
                return Some(NotWritable { path: self.path.clone(), problem, advice: LINKED });
            }
        }
        let folder = self.path.ancestors().skip(1).find(|folder| folder.exists())?;
        // On Windows the read-only attribute of a folder does not restrict writing.
        (cfg!(unix) && is_locked(folder)).then(|| read_only(folder))
    }

    /// Paths of its backups, the latest first.
    pub fn backups(&self) -> Vec<PathBuf> {
        let prefix = self.backup_name("");
        let entries = fs::read_dir(&self.backup_folder).into_iter().flatten().flatten();
        let mut backups: Vec<_> = entries
            .filter(|entry| entry.file_name().to_string_lossy().strip_prefix(&prefix).is_some_and(is_time))
            .map(|entry| entry.path())
            .collect();
        backups.sort();
        backups.reverse();
        backups
    }

    /// Replaces the text atomically. Returns the path of a backup of the old text.
    ///
    /// The file keeps its owner and permissions. If `private`, a new file is for its owner alone, because clients store keys in
    /// it.
    ///
    /// # Errors
    /// [`WriteFailure::Meanwhile`] if the file changed since it was read.
    pub fn write(&self, text: &str, private: bool) -> Result<Option<PathBuf>, WriteFailure> {
        if let Some(folder) = self.path.parent() {
            files::create_folders(folder, false)?;
        }
        files::remove_stale(&self.path);
        let backup = self.back_up()?;
        let old = self.original.as_ref().map(|(_, metadata)| metadata);
        let mode = if private { FileMode::PrivateIfNew } else { FileMode::Kept };
        let staged = StagedFile::write(&self.path, text.as_bytes(), old, mode)?;
        if self.original.is_some() {
            self.check_unchanged()?;
            staged.replace(&self.path)?;
        } else {
            staged.create(&self.path).map_err(|error| match error.kind() {
                ErrorKind::AlreadyExists => WriteFailure::Meanwhile,
                _ => error.into(),
            })?;
        }
        self.prune(backup.as_deref());
        Ok(backup)
    }

    /// Deletes the file.
    ///
    /// # Errors
    /// [`WriteFailure::Meanwhile`] if the file changed since it was read.
    pub fn delete(&self) -> Result<(), WriteFailure> {
        self.check_unchanged()?;
        Ok(fs::remove_file(&self.path)?)
    }

    /// Checks that the file has not changed since it was read. Some clients write their file often.
    fn check_unchanged(&self) -> Result<(), WriteFailure> {
        match read(&self.path) {
            Ok((bytes, _)) if bytes == self.text().as_bytes() => Ok(()),
            _ => Err(WriteFailure::Meanwhile),
        }
    }

    /// Writes a backup named by the time. If a backup has the same bytes already, returns that one.
    fn back_up(&self) -> Result<Option<PathBuf>, WriteFailure> {
        let Some((text, metadata)) = &self.original else { return Ok(None) };
        let is_same = |copy: &PathBuf| fs::read(copy).is_ok_and(|copy| copy == text.as_bytes());
        if let Some(same) = self.backups().into_iter().find(is_same) {
            return Ok(Some(same));
        }
        files::create_folders(&self.backup_folder, false)?;
        let time = Timestamp::now().strftime(TIME);
        let copy = self.backup_folder.join(self.backup_name(&time.to_string()));
        // A backup is staged, so that it is never incomplete, and never replaces an older one.
        StagedFile::write(&copy, text.as_bytes(), Some(metadata), FileMode::PrivateIfNew)?.create(&copy)?;
        Ok(Some(copy))
    }

    /// Removes all but the latest [`MAX_BACKUPS`] backups, because they may contain keys. `kept` stays, however old it is.
    fn prune(&self, kept: Option<&Path>) {
        for copy in self.backups().into_iter().skip(MAX_BACKUPS).filter(|copy| Some(copy.as_path()) != kept) {
            if let Err(error) = fs::remove_file(&copy) {
                tracing::debug!(%error, copy = %copy.display(), "an old copy stays");
            }
        }
    }

    /// File name of a backup.
    fn backup_name(&self, time: &str) -> String {
        format!("{}.{BACKUP_MARK}{time}", self.path.file_name().unwrap_or_default().to_string_lossy())
    }
}

/// Format of the time in the name of a backup.
const TIME: &str = "%Y%m%dT%H%M%S%.6fZ";

/// Whether a backup of this program ends like this. Users and other programs name theirs otherwise.
fn is_time(text: &str) -> bool {
    const FORM: &[u8] = b"00000000T000000.000000Z";
    let fits = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    text.len() == FORM.len() && text.bytes().zip(FORM).all(fits)
}

/// Reads a regular file. Anything else, such as a pipe, might never end.
fn read(path: &Path) -> io::Result<(Vec<u8>, Metadata)> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    Ok((fs::read(path)?, metadata))
}

/// Number of hard links of a file.
#[cfg(unix)]
fn hard_links(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn hard_links(_: &Metadata) -> u64 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_latest_backups_are_kept_and_those_of_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mcp.json");
        let others =
            ["bak-1", "bak-9", "bak-mine", "bak-20260705"].map(|end| folder.path().join(format!("mcp.json.{end}")));
        others.iter().for_each(|other| fs::write(other, "theirs").unwrap());
        let write = |text: &str| ClientFile::read(&path).unwrap().write(text, true).unwrap();
        let text = |file: &PathBuf| fs::read_to_string(file).unwrap();
        fs::write(&path, "0").unwrap();
        for n in 1..=6 {
            assert_eq!(text(&write(&n.to_string()).unwrap()), (n - 1).to_string());
        }
        let backups = || ClientFile::read(&path).unwrap().backups().iter().map(text).collect::<Vec<_>>();
        assert_eq!(backups(), ["5", "4", "3"]);
        // A backup that is there already is not made again, and is not removed as the oldest.
        fs::write(&path, "3").unwrap();
        assert_eq!(text(&write("7").unwrap()), "3");
        fs::write(&path, "8").unwrap();
        write("9");
        assert_eq!(backups(), ["8", "5", "4"]);
        assert!(others.iter().all(|other| text(other) == "theirs"));
    }

    #[test]
    fn a_file_that_another_program_changed_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mcp.json");
        for (before, meanwhile) in [(Some("{}"), Some("{\"a\": 1}")), (None, Some("{}")), (Some("{}"), None)] {
            let put = |text: Option<&str>| match text {
                Some(text) => fs::write(&path, text).unwrap(),
                None => {
                    let _ = fs::remove_file(&path);
                }
            };
            put(before);
            let file = ClientFile::read(&path).unwrap();
            put(meanwhile);
            assert!(matches!(file.write("{\"b\": 2}", true), Err(WriteFailure::Meanwhile)));
            assert!(before.is_none() || matches!(file.delete(), Err(WriteFailure::Meanwhile)));
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), meanwhile);
            let left = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(left.into_iter().all(|name| !name.to_string_lossy().ends_with(".tmp")));
        }
    }
}
