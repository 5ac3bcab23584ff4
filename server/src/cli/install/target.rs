//! One entry in one client's file: put in, and taken out again.
use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    clients::{Client, Scope},
    entry::{Entry, Standing},
    file::ClientFile,
    home::Home,
    refusal::Refusal,
};
use crate::config::Fault;

/// Where an entry goes.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// Whose file.
    pub client: &'static Client,
    /// Which of its files.
    pub scope: Scope,
    /// The entry's name there.
    pub name: &'a str,
}

/// What was done.
#[derive(Debug)]
pub struct Done {
    /// The client's file.
    pub file: PathBuf,
    /// What became of it.
    pub change: Change,
    /// What stood there under that name.
    pub before: Option<Standing>,
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
    /// It was not there, and nothing was written.
    Absent,
}

impl Target<'_> {
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
    pub fn snippet(&self, entry: &Entry) -> String {
        // Nothing stands in an empty text that it could be at odds with.
        self.client.shape.snippet(self.name, entry).unwrap_or_default()
    }

    /// Puts the entry in. All else in the file stays byte for byte, and so do other keys of an entry of that name.
    pub fn install(&self, home: &Home, entry: &Entry) -> Result<Done, Fault> {
        let path = self.file(home)?;
        let refuse = |refusal| self.refused(&path, &refusal, Some(entry));
        let file = self.read(&path)?;
        let text = self.text(&file, &path)?;
        let before = self.client.shape.entries(text).map_err(refuse)?.remove(self.name);
        let after = self.client.shape.put(text, self.name, entry).map_err(refuse)?;
        let change = match before {
            _ if after == text => Change::Kept,
            None => Change::Added,
            Some(_) => Change::Updated,
        };
        let backup = if change == Change::Kept { None } else { self.write(&file, &after, Some(entry))? };
        Ok(Done { file: path, change, before, backup })
    }

    /// Takes the entry out. A file that is still as install left it becomes what it was before.
    pub fn remove(&self, home: &Home) -> Result<Done, Fault> {
        let path = self.file(home)?;
        let refuse = |refusal| self.refused(&path, &refusal, None);
        let file = self.read(&path)?;
        let text = self.text(&file, &path)?;
        let before = self.client.shape.entries(text).map_err(refuse)?.remove(self.name);
        let Some(standing) = before else {
            return Ok(Done { file: path, change: Change::Absent, before: None, backup: None });
        };
        let after = match self.undone(&file, text, &standing.entry) {
            Some(old) => old,
            None => self.client.shape.cut(text, self.name).map_err(refuse)?.unwrap_or_else(|| text.to_owned()),
        };
        let backup = self.write(&file, &after, None)?;
        Ok(Done { file: path, change: Change::Removed, before: Some(standing), backup })
    }

    /// The copy from which install made this very text. Without it nobody knows whether an empty table of servers was there before.
    fn undone(&self, file: &ClientFile, text: &str, entry: &Entry) -> Option<String> {
        let shape = &self.client.shape;
        file.backups().into_iter().filter_map(|copy| fs::read_to_string(copy).ok()).find(|old| {
            let had_none = shape.entries(old).is_ok_and(|entries| !entries.contains_key(self.name));
            had_none && shape.put(old, self.name, entry).is_ok_and(|made| made == text)
        })
    }

    fn read(&self, path: &Path) -> Result<ClientFile, Fault> {
        ClientFile::read(path).map_err(|error| Fault {
            place: path.display().to_string(),
            problem: format!("it cannot be read: {error}"),
            remedy: "See who owns it, and what stands in its place.".into(),
        })
    }

    fn text<'f>(&self, file: &'f ClientFile, path: &Path) -> Result<&'f str, Fault> {
        file.text().map_err(|at| Fault {
            place: path.display().to_string(),
            problem: format!("it is not UTF-8 text from byte {} on", at + 1),
            remedy: "It was left as it is. Save it as UTF-8, and run this again.".into(),
        })
    }

    fn write(&self, file: &ClientFile, text: &str, entry: Option<&Entry>) -> Result<Option<PathBuf>, Fault> {
        let or_by_hand = |advice: &str| match entry {
            Some(entry) => format!("{advice}, or put this in by hand:\n{}", self.snippet(entry).trim_end()),
            None => format!("{advice}, or take {} out by hand.", self.name),
        };
        if let Some(locked) = file.locked() {
            return Err(Fault {
                place: locked.display().to_string(),
                problem: "it is read-only".into(),
                remedy: or_by_hand(
                    "Where another program manages it, change it there. Else make it writable and run this again",
                ),
            });
        }
        file.write(text, self.scope == Scope::User).map_err(|error| Fault {
            place: file.path.display().to_string(),
            problem: format!("it cannot be written: {error}"),
            remedy: match error.kind() {
                io::ErrorKind::ResourceBusy => "Run this again.".into(),
                _ => or_by_hand("See who owns the file and its folder, and run this again"),
            },
        })
    }

    fn refused(&self, path: &Path, refusal: &Refusal, entry: Option<&Entry>) -> Fault {
        let (line, column) = refusal.at;
        let snippet = entry.map(|entry| self.snippet(entry));
        let remedy = match (refusal.is_taken, &snippet) {
            (true, Some(_)) => {
                "Take it out with --remove first, or give this one another name with --name; it would be:"
            }
            (true, None) => "Take it out by hand.",
            (false, Some(_)) => "It was left as it is. Correct it there and run this again, or put this in by hand:",
            (false, None) => "It was left as it is. Correct it there and run this again.",
        };
        let snippet = snippet.map(|snippet| format!("\n{}", snippet.trim_end())).unwrap_or_default();
        Fault {
            place: path.display().to_string(),
            problem: format!("line {line}, column {column}: {}", refusal.problem),
            remedy: format!("{remedy}{snippet}"),
        }
    }
}
