//! A client's file on the disk: read whole, written in one step, with a copy of what was there.
use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

/// A file that was read, and that is written only if nobody else has changed it since.
pub struct ClientFile {
    /// Where the bytes are: behind links, which dotfiles managers put in a file's place and which stay.
    pub path: PathBuf,
    /// What was there; None where nothing was.
    bytes: Option<Vec<u8>>,
}

impl ClientFile {
    /// Reads it. One that is missing is no error.
    pub fn read(path: &Path) -> io::Result<Self> {
        let path = behind_links(path)?;
        match fs::read(&path) {
            Ok(bytes) => Ok(Self { path, bytes: Some(bytes) }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self { path, bytes: None }),
            Err(error) => Err(error),
        }
    }

    /// Whether there was one.
    pub fn exists(&self) -> bool {
        self.bytes.is_some()
    }

    /// Its text, or where it stops being UTF-8.
    pub fn text(&self) -> Result<&str, usize> {
        std::str::from_utf8(self.bytes.as_deref().unwrap_or_default()).map_err(|error| error.valid_up_to())
    }

    /// What may not be written, if so: the file or its folder. A file that is marked so is left alone, although its folder would
    /// let it be exchanged.
    pub fn locked(&self) -> Option<&Path> {
        let is_locked = |path: &Path| fs::metadata(path).is_ok_and(|found| found.permissions().readonly());
        if is_locked(&self.path) {
            return Some(&self.path);
        }
        let folder = self.path.ancestors().skip(1).find(|folder| folder.exists())?;
        // On Windows that mark says nothing about a folder.
        (cfg!(unix) && is_locked(folder)).then_some(folder)
    }

    /// The copies that were made of it, the latest first.
    pub fn backups(&self) -> Vec<PathBuf> {
        let (Some(folder), Some(name)) = (self.path.parent(), self.path.file_name()) else { return vec![] };
        let start = format!("{}.bak-", name.to_string_lossy());
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut copies: Vec<_> = entries
            .filter(|entry| entry.file_name().to_string_lossy().starts_with(&start))
            .map(|entry| entry.path())
            .collect();
        copies.sort();
        copies.reverse();
        copies
    }

    /// Puts another text in its place, in one step, and says where a copy of the old one is.
    ///
    /// The file keeps its permissions. A new one that is `private` is its owner's alone: clients keep keys there.
    pub fn write(&self, text: &str, private: bool) -> io::Result<Option<PathBuf>> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let backup = self.back_up()?;
        let beside = self.path.with_file_name(format!(".{}.{:08x}.tmp", self.name(), fastrand::u32(..)));
        let written = self.write_beside(&beside, text, private).and_then(|()| self.exchange(&beside));
        if written.is_err() {
            // The error that counts is the first one.
            let _ = fs::remove_file(&beside);
        }
        written.map(|()| backup)
    }

    fn write_beside(&self, beside: &Path, text: &str, private: bool) -> io::Result<()> {
        let mut file = create(beside, private || self.exists())?;
        file.write_all(text.as_bytes())?;
        if self.exists() {
            file.set_permissions(fs::metadata(&self.path)?.permissions())?;
        }
        file.sync_all()
    }

    fn exchange(&self, beside: &Path) -> io::Result<()> {
        // Some clients write their file all the time.
        let now = Self::read(&self.path)?.bytes;
        if now != self.bytes {
            return Err(io::Error::new(
                ErrorKind::ResourceBusy,
                "it was changed by another program at the same moment",
            ));
        }
        fs::rename(beside, &self.path)
    }

    /// Copies it beside itself under the time of the day, unless the same bytes are there already.
    fn back_up(&self) -> io::Result<Option<PathBuf>> {
        let Some(bytes) = &self.bytes else { return Ok(None) };
        if let Some(same) = self.backups().into_iter().find(|copy| fs::read(copy).is_ok_and(|copy| copy == *bytes)) {
            return Ok(Some(same));
        }
        let time = Timestamp::now().strftime("%Y%m%dT%H%M%S%.6fZ");
        let copy = self.path.with_file_name(format!("{}.bak-{time}", self.name()));
        // One that is there already is an error: no copy takes the place of an older one.
        let mut file = create(&copy, true)?;
        file.write_all(bytes)?;
        file.set_permissions(fs::metadata(&self.path)?.permissions())?;
        file.sync_all()?;
        Ok(Some(copy))
    }

    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// A file that was not there before.
fn create(path: &Path, private: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    options.open(path)
}

/// Where links lead, also when nothing is there yet.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..32 {
        if !fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
            return Ok(path);
        }
        let target = fs::read_link(&path)?;
        path = path.parent().map_or_else(|| target.clone(), |folder| folder.join(&target));
    }
    Err(io::Error::other("its links lead in a circle"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_program_wrote_meanwhile_is_not_lost() {
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
            assert!(file.write("{\"b\": 2}", true).is_err());
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), meanwhile);
            let left = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(left.into_iter().all(|name| !name.to_string_lossy().ends_with(".tmp")));
        }
    }
}
