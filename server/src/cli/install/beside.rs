//! A file that is written under another name beside its place, and moved there in one step.
use std::{
    fs::{self, Metadata},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use super::{failure::Failure, owner};
use crate::replace;

/// Written whole, and not in its place yet. It is removed unless it gets there.
pub struct Beside(PathBuf);

impl Beside {
    /// Writes it with the owner and the permissions of the file that is `like` it; else it is of the folder's owner, and
    /// theirs alone where it is `private`.
    pub fn write(place: &Path, bytes: &[u8], like: Option<&Metadata>, private: bool) -> Result<Self, Failure> {
        let path = place.with_file_name(format!("{}{:08x}{END}", start(place), fastrand::u32(..)));
        let mut file = replace::new(&path, private || like.is_some())?;
        let beside = Self(path);
        file.write_all(bytes)?;
        match like {
            // A change of the owner takes permissions away, so these come after it.
            Some(old) => {
                owner::keep(&file, old).map_err(Failure::Owner)?;
                file.set_permissions(old.permissions())?;
            }
            None => owner::inherit(&beside.0).map_err(Failure::Owner)?,
        }
        file.sync_all()?;
        Ok(beside)
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
            done => done,
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It is mostly in its place by now. Where it is not, there was an error, which counts.
        let _ = fs::remove_file(&self.0);
    }
}

/// What the name of a copy has after the file's own.
pub const COPY: &str = "bak-";
const END: &str = ".tmp";

fn start(place: &Path) -> String {
    format!(".{}.", place.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes what a run that was killed left there of a file and of its copies.
pub fn sweep(place: &Path) {
    let start = start(place);
    let is_old = |entry: &fs::DirEntry| {
        let age = entry.metadata().and_then(|found| found.modified()).ok().and_then(|time| time.elapsed().ok());
        age.is_some_and(|age| age > Duration::from_secs(60))
    };
    for entry in place.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let middle = name.strip_prefix(&start).and_then(|name| name.strip_suffix(END));
        let ours = middle.is_some_and(|middle| {
            let (of, hex) = middle.rsplit_once('.').unwrap_or((COPY, middle));
            of.starts_with(COPY) && hex.len() == 8 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if ours && is_old(&entry) {
            // One that cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes a folder with all that is missing above it.
pub fn folders(folder: &Path) -> Result<(), Failure> {
    let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => {
                made?;
                owner::inherit(folder).map_err(Failure::Owner)?;
            }
        }
    }
    Ok(())
}
