//! Edits of a client's file as text: read its server entries, add or update one, remove one.
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    edit_error::EditError,
    entry::{EntryKind, ExistingEntry, ServerEntry},
    json::Json,
    toml::Toml,
};

/// Layout of the servers in a client's file.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The file's format.
    pub format: Format,
    /// Key of the table of servers.
    pub servers: &'static str,
    /// Value of `type` for a server that the client starts; `None` if the client needs none.
    pub kind: Option<&'static str>,
}

/// Format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON with comments and trailing commas, which edits keep.
    Json,
    /// TOML.
    Toml,
}

const BOM: &str = "\u{feff}";

impl Shape {
    /// The server entries of a text, by name.
    ///
    /// # Errors
    /// The text is not valid, or its servers are not a table.
    pub fn entries(&self, text: &str) -> Result<BTreeMap<String, ExistingEntry>, EditError> {
        let text = text.strip_prefix(BOM).unwrap_or(text);
        match self.get(text, &[self.servers])? {
            None => Ok(BTreeMap::new()),
            Some((Value::Object(servers), _)) => {
                Ok(servers.iter().map(|(name, value)| (name.clone(), ExistingEntry::of(value))).collect())
            }
            Some((_, at)) => Err(EditError::not_a_table(text, at, self.servers)),
        }
    }

    /// Text of a file with only this entry.
    pub fn snippet(&self, name: &str, entry: &ServerEntry) -> Result<String, EditError> {
        self.put("", name, entry)
    }

    /// Adds the entry to a text. If an entry has the name, only its command and arguments are replaced.
    ///
    /// # Errors
    /// The text is not valid, an entry of another kind has the name, or the edit would change other entries.
    pub fn put(&self, text: &str, name: &str, entry: &ServerEntry) -> Result<String, EditError> {
        let (mark, body) = split_bom(text);
        let before = self.entries(body)?;
        let after = match before.get(name).map(|existing| existing.kind) {
            None => self.add(body, name, entry)?,
            Some(EntryKind::Local) => self.update(body, name, entry)?,
            Some(EntryKind::Remote) => return Err(self.conflict(body, name, "is a remote server, with a URL")),
            Some(EntryKind::Foreign) => {
                return Err(self.conflict(body, name, "is of another kind, and starts no command"));
            }
            Some(EntryKind::Unknown) => return Err(self.conflict(body, name, "has an unknown format")),
        };
        let mut wanted = before;
        let written = self.entries(&after)?;
        let ours = written.get(name).filter(|ours| ours.kind == EntryKind::Local && ours.entry == *entry);
        if let Some(ours) = ours {
            wanted.insert(name.to_owned(), ours.clone());
        }
        if ours.is_none() || wanted != written {
            return Err(self.conflict(body, name, "cannot be replaced without changing other entries"));
        }
        Ok(format!("{mark}{after}"))
    }

    /// Removes the entry from a text; `None` if there is none.
    ///
    /// # Errors
    /// The text is not valid, or the edit would change other entries.
    pub fn cut(&self, text: &str, name: &str) -> Result<Option<String>, EditError> {
        let (mark, body) = split_bom(text);
        let mut wanted = self.entries(body)?;
        if wanted.remove(name).is_none() {
            return Ok(None);
        }
        let mut after = body.to_owned();
        // JSON may have a name twice, and the last one counts. All are removed, or the first would take effect.
        while let Some(cut) = self.cut_one(&after, name)? {
            after = cut;
        }
        if self.entries(&after)? != wanted {
            return Err(self.conflict(body, name, "cannot be removed without changing other entries"));
        }
        Ok(Some(format!("{mark}{after}")))
    }

    /// The value at a path, and its position.
    fn get(&self, text: &str, path: &[&str]) -> Result<Option<(Value, usize)>, EditError> {
        match self.format {
            Format::Json => Json::read(text, |json| json.get(path)),
            Format::Toml => Ok(Toml::parse(text)?.get(path)),
        }
    }

    fn add(&self, text: &str, name: &str, entry: &ServerEntry) -> Result<String, EditError> {
        let (path, members) = ([self.servers, name], entry.members(self.kind));
        match self.format {
            Format::Json => {
                let members: Map<_, _> = members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
                Json::read(text, |json| json.set(&path, &Value::Object(members)))?
            }
            Format::Toml => Toml::parse(text)?.append(&path, &members),
        }
    }

    /// Replaces the command and arguments of an entry.
    fn update(&self, text: &str, name: &str, entry: &ServerEntry) -> Result<String, EditError> {
        let mut text = text.to_owned();
        for (key, value) in entry.members(None) {
            let (own, path) = ([self.servers, name], [self.servers, name, key]);
            let current = self.get(&text, &path)?.map(|(value, _)| value);
            if current.as_ref() == Some(&value) {
                continue;
            }
            text = match self.format {
                Format::Json => Json::read(&text, |json| json.set(&path, &value))??,
                Format::Toml => {
                    let toml = Toml::parse(&text)?;
                    match toml.set(&own, key, &value, "command") {
                        Some(text) => text,
                        // The file has only subtables of the entry, such as `[mcp_servers.x.env]`: its own table is appended.
                        None => {
                            let whole = toml.append(&own, &entry.members(None));
                            return whole.map_err(|_| self.conflict(&text, name, "has no command"));
                        }
                    }
                }
            };
        }
        Ok(text)
    }

    fn cut_one(&self, text: &str, name: &str) -> Result<Option<String>, EditError> {
        match self.format {
            Format::Json => Json::read(text, |json| json.cut(&[self.servers, name])),
            Format::Toml => Toml::parse(text)?.cut(&[self.servers, name]),
        }
    }

    /// Error at an entry.
    fn conflict(&self, text: &str, name: &str, problem: &str) -> EditError {
        let at = self.get(text, &[self.servers, name]).ok().flatten().map_or(0, |(_, at)| at);
        EditError::conflict(text, at, format!("the entry {name} {problem}"))
    }
}

/// Splits a byte order mark off.
fn split_bom(text: &str) -> (&str, &str) {
    text.strip_prefix(BOM).map_or(("", text), |body| (BOM, body))
}
