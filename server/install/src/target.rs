//! Installation of an entry into a client's file, and its removal.
use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    clients::{Client, Scope},
    edit_error::{EditError, EditErrorKind},
    entry::{ExistingEntry, ServerEntry},
    file::{ClientFile, NotWritable, Unreadable},
    home::Home,
    lock::{Lock, LockTimeout},
    write_failure::WriteFailure,
};
use intervals_settings::Fault;

/// Target of an installation: a client's file, and the entry's name in it.
#[derive(Debug, Clone, Copy)]
pub struct InstallTarget<'a> {
    /// The client.
    pub client: &'static Client,
    /// The scope, which selects the client's file.
    pub scope: Scope,
    /// Name of the entry.
    pub name: &'a str,
}

/// Report of an installation or removal.
#[derive(Debug)]
pub struct InstallReport {
    /// The client's file.
    pub file: PathBuf,
    /// What changed in it.
    pub change: Change,
    /// The entry that had the name before.
    pub before: Option<ExistingEntry>,
    /// Backup of the file before the change.
    pub backup: Option<PathBuf>,
}

/// Change of a client's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The entry was added.
    Added,
    /// The entry's command or arguments were replaced.
    Updated,
    /// The entry was there already; nothing was written.
    Kept,
    /// The entry was removed.
    Removed,
    /// The entry was removed, and the file too, which install had created.
    Deleted,
    /// There was no entry; nothing was written.
    Absent,
}

impl InstallTarget<'_> {
    /// Path of the client's file for the scope.
    ///
    /// # Errors
    /// The client has no file for the scope.
    pub fn file(&self, home: &Home) -> Result<PathBuf, Fault> {
        self.client.file(self.scope, home).ok_or_else(|| {
            let words: Vec<_> = self.client.scopes().iter().map(|scope| scope.word()).collect();
            Fault {
                place: format!("--scope {}", self.scope.word()),
                problem: format!("{} has no file for that", self.client.title),
                remedy: format!("It has: {}.", words.join(", ")),
            }
        })
    }

    /// The entry in the client's format, for the user to paste.
    pub fn snippet(&self, entry: &ServerEntry) -> String {
        // Adding to an empty text cannot fail.
        self.client.shape.snippet(self.name, entry).unwrap_or_default()
    }

    /// Adds the arguments of the existing entry to an entry without arguments, so that installing again does not widen what an
    /// assistant may do.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn keeping(&self, home: &Home, entry: ServerEntry) -> Result<ServerEntry, Fault> {
        if !entry.args.is_empty() {
            return Ok(entry);
        }
        let path = self.file(home)?;
        let file = self.read(&path, home)?;
        let existing = self.client.shape.entries(file.text()).map_err(|error| self.edit_fault(&path, &error, None))?;
        let args = existing.get(self.name).map(ExistingEntry::flags).unwrap_or_default();
        Ok(ServerEntry { args, ..entry })
    }

    /// Adds or updates the entry. The rest of the file stays byte for byte, and so do other keys of an existing entry.
    ///
    /// # Errors
    /// The file cannot be read, edited or written. The remedy contains the entry, for the user to paste.
    pub fn install(&self, home: &Home, entry: &ServerEntry) -> Result<InstallReport, Fault> {
        let path = self.file(home)?;
        let fault = |error| self.edit_fault(&path, &error, Some(entry));
        let _lock = self.lock(home)?;
        let file = self.read(&path, home)?;
        let before = self.client.shape.entries(file.text()).map_err(fault)?.remove(self.name);
        let after = self.client.shape.put(file.text(), self.name, entry).map_err(fault)?;
        let change = match before {
            _ if after == file.text() => Change::Kept,
            None => Change::Added,
            Some(_) => Change::Updated,
        };
        let write = || file.write(&after, self.scope == Scope::User);
        let backup = if change == Change::Kept { None } else { self.write_checked(&file, Some(entry), write)? };
        Ok(InstallReport { file: path, change, before, backup })
    }

    /// Removes the entry. If the file is still as install left it, its text before install is restored, or the file is deleted if
    /// install had created it.
    ///
    /// # Errors
    /// The file cannot be read, edited or written.
    pub fn remove(&self, home: &Home) -> Result<InstallReport, Fault> {
        let path = self.file(home)?;
        let fault = |error| self.edit_fault(&path, &error, None);
        let _lock = self.lock(home)?;
        let file = self.read(&path, home)?;
        let before = self.client.shape.entries(file.text()).map_err(fault)?.remove(self.name);
        let Some(existing) = before else {
            return Ok(InstallReport { file: path, change: Change::Absent, before: None, backup: None });
        };
        let old = self.text_before_install(&file, &existing.entry);
        if old.is_none() && self.created_by_install(&file) {
            self.write_checked(&file, None, || file.delete())?;
            // A folder with other files stays, and so does one behind a symbolic link.
            let folder =
                path.parent().filter(|folder| file.path == path && *folder != home.home && *folder != home.current);
            let _ = folder.map(fs::remove_dir);
            return Ok(InstallReport { file: path, change: Change::Deleted, before: Some(existing), backup: None });
        }
        let after = match old {
            Some(old) => old,
            None => self.client.shape.cut(file.text(), self.name).map_err(fault)?.unwrap_or_default(),
        };
        let backup = self.write_checked(&file, None, || file.write(&after, self.scope == Scope::User))?;
        Ok(InstallReport { file: path, change: Change::Removed, before: Some(existing), backup })
    }

    /// Text of the backup from which install made the current text. Only a backup tells whether the file had an empty table of
    /// servers before.
    fn text_before_install(&self, file: &ClientFile, entry: &ServerEntry) -> Option<String> {
        let shape = &self.client.shape;
        file.backups().into_iter().filter_map(|copy| fs::read_to_string(copy).ok()).find(|old| {
            let had_none = shape.entries(old).is_ok_and(|entries| !entries.contains_key(self.name));
            had_none && shape.put(old, self.name, entry).is_ok_and(|made| made == file.text())
        })
    }

    /// Whether install created the file: its text and that of all backups is what install writes into a new file.
    fn created_by_install(&self, file: &ClientFile) -> bool {
        let is_ours = |text: &str| {
            let existing = self.client.shape.entries(text).ok().and_then(|mut entries| entries.remove(self.name));
            existing.is_some_and(|existing| self.snippet(&existing.entry) == text)
        };
        let copy_is_ours = |copy: PathBuf| fs::read_to_string(copy).is_ok_and(|text| is_ours(&text));
        is_ours(file.text()) && file.backups().into_iter().all(copy_is_ours)
    }

    fn lock(&self, home: &Home) -> Result<Lock, Fault> {
        let folder = if self.scope == Scope::User { &home.home } else { &home.current };
        Lock::on(folder).map_err(|LockTimeout| Fault {
            place: folder.display().to_string(),
            problem: "another install is running there, and does not finish".into(),
            remedy: "End it, and run this again.".into(),
        })
    }

    fn read(&self, path: &Path, home: &Home) -> Result<ClientFile, Fault> {
        let file = ClientFile::read(path).map_err(|unreadable| Fault {
            place: path.display().to_string(),
            problem: unreadable.to_string(),
            remedy: match unreadable {
                Unreadable::Io(_) => "See who owns it, and what stands in its place.".into(),
                Unreadable::Bytes(_) => "It was left as it is. Save it as UTF-8, and run this again.".into(),
            },
        })?;
        if self.scope == Scope::User {
            return Ok(file);
        }
        let backup_folder = home.backup_folder(&file.path);
        Ok(file.with_backups_in(backup_folder))
    }

    /// Calls `act`, which writes the file, unless the file must not be written.
    fn write_checked<T>(
        &self,
        file: &ClientFile,
        entry: Option<&ServerEntry>,
        act: impl FnOnce() -> Result<T, WriteFailure>,
    ) -> Result<T, Fault> {
        let or_by_hand = |advice: &str| match entry {
            Some(entry) => format!("{advice}, or put this in by hand:\n{}", self.snippet(entry).trim_end()),
            None => format!("{advice}, or take {} out by hand.", self.name),
        };
        if let Some(NotWritable { path, problem, advice }) = file.not_writable() {
            return Err(Fault { place: path.display().to_string(), problem, remedy: or_by_hand(advice) });
        }
        act().map_err(|failure| Fault {
            place: file.path.display().to_string(),
            problem: failure.to_string(),
            remedy: failure.advice().map_or_else(|| "Run this again.".into(), or_by_hand),
        })
    }

    /// Fault of an error of editing. With an entry, the remedy contains it.
    fn edit_fault(&self, path: &Path, error: &EditError, entry: Option<&ServerEntry>) -> Fault {
        let servers = self.client.shape.servers;
        let remedy = match (error.kind, entry) {
            (EditErrorKind::Conflict, Some(_)) => {
                "Take it out with --remove first, or give this one another name with --name; it would be:".into()
            }
            (EditErrorKind::Conflict, None) => "Take it out by hand.".into(),
            (EditErrorKind::InlineTable, Some(_)) => {
                format!(
                    "It was left as it is. Write {servers} as a table first, [{servers}], and run this again; it adds:"
                )
            }
            (EditErrorKind::InlineTable, None) => format!("It was left as it is. Take {} out by hand.", self.name),
            (EditErrorKind::Invalid, Some(_)) => {
                "It was left as it is. Correct it there and run this again, or put this in by hand:".into()
            }
            (EditErrorKind::Invalid, None) => "It was left as it is. Correct it there and run this again.".into(),
        };
        let snippet = entry.map(|entry| format!("\n{}", self.snippet(entry).trim_end())).unwrap_or_default();
        Fault { place: path.display().to_string(), problem: error.to_string(), remedy: format!("{remedy}{snippet}") }
    }
}
