//! One entry in one client's file: put in, and taken out again.
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

/// Where an entry goes.
#[derive(Debug, Clone, Copy)]
pub struct InstallTarget<'a> {
    /// Whose file.
    pub client: &'static Client,
    /// Which of its files.
    pub scope: Scope,
    /// The entry's name there.
    pub name: &'a str,
}

/// What was done.
#[derive(Debug)]
pub struct InstallReport {
    /// The client's file.
    pub file: PathBuf,
    /// What became of it.
    pub change: Change,
    /// What stood there under that name.
    pub before: Option<ExistingEntry>,
    /// A copy of the file as it was.
    pub backup: Option<PathBuf>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The entry is new.
    Added,
    /// Its command or its arguments are others.
    Updated,
    /// It was there already, and nothing was written.
    Kept,
    /// It is gone.
    Removed,
    /// It is gone, and the file too, which install had made.
    Deleted,
    /// It was not there, and nothing was written.
    Absent,
}

impl InstallTarget<'_> {
    /// The client's file for that scope.
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

    /// The entry in the client's form, to be pasted.
    pub fn snippet(&self, entry: &ServerEntry) -> String {
        // Nothing stands in an empty text that it could be at odds with.
        self.client.shape.snippet(self.name, entry).unwrap_or_default()
    }

    /// The entry with the flags that stand there already, when it has none of its own: what an assistant may do is not widened by
    /// installing once more.
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

    /// Puts the entry in. All else in the file stays byte for byte, and so do other keys of an entry of that name.
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

    /// Takes the entry out. A file that is still as install left it becomes what it was before: none, if none was there.
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
            // A folder that has more in it stays. One behind links is somebody's own.
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

    /// The copy from which install made this very text. Without it nobody knows whether an empty table of servers was there before.
    fn text_before_install(&self, file: &ClientFile, entry: &ServerEntry) -> Option<String> {
        let shape = &self.client.shape;
        file.backups().into_iter().filter_map(|copy| fs::read_to_string(copy).ok()).find(|old| {
            let had_none = shape.entries(old).is_ok_and(|entries| !entries.contains_key(self.name));
            had_none && shape.put(old, self.name, entry).is_ok_and(|made| made == file.text())
        })
    }

    /// Whether there was no file before install: what stands in it and in all copies is what install makes then.
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
            problem: "another install is at work there, and does not end".into(),
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

    /// Does something to the file that it may not be marked against.
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
