//! A client's file as text: which servers stand in it, and the text with one put in or taken out.
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    edit_error::EditError,
    entry::{EntryKind, ExistingEntry, ServerEntry},
    json::Json,
    toml::Toml,
};

/// How a client has its servers in its file.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// The file's format.
    pub format: Format,
    /// The key of the table that holds the servers.
    pub servers: &'static str,
    /// The `type` of a server that the client starts, where it wants one.
    pub kind: Option<&'static str>,
}

/// A file's format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON. Comments and trailing commas are kept; whether the client takes them is its own matter.
    Json,
    /// TOML.
    Toml,
}

const BOM: &str = "\u{feff}";

impl Shape {
    /// The servers that stand in a text, by name.
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

    /// A file with that entry and nothing else.
    pub fn snippet(&self, name: &str, entry: &ServerEntry) -> Result<String, EditError> {
        self.put("", name, entry)
    }

    /// The text with the entry put in. Of one that stands there, the command and its arguments are exchanged, and the rest of it kept.
    pub fn put(&self, text: &str, name: &str, entry: &ServerEntry) -> Result<String, EditError> {
        let (mark, body) = split_bom(text);
        let before = self.entries(body)?;
        let after = match before.get(name).map(|existing| existing.kind) {
            None => self.add(body, name, entry)?,
            Some(EntryKind::Local) => self.update(body, name, entry)?,
            Some(EntryKind::Remote) => return Err(self.conflict(body, name, "asks a server at an address")),
            Some(EntryKind::Foreign) => {
                return Err(self.conflict(body, name, "is of another kind, and starts no command"));
            }
            Some(EntryKind::Unknown) => return Err(self.conflict(body, name, "has a form that is not known here")),
        };
        let mut wanted = before;
        let written = self.entries(&after)?;
        let ours = written.get(name).filter(|ours| ours.kind == EntryKind::Local && ours.entry == *entry);
        if let Some(ours) = ours {
            wanted.insert(name.to_owned(), ours.clone());
        }
        if ours.is_none() || wanted != written {
            return Err(self.conflict(body, name, "cannot be exchanged without a change to others"));
        }
        Ok(format!("{mark}{after}"))
    }

    /// The text without the entry; None where there is none.
    pub fn cut(&self, text: &str, name: &str) -> Result<Option<String>, EditError> {
        let (mark, body) = split_bom(text);
        let mut wanted = self.entries(body)?;
        if wanted.remove(name).is_none() {
            return Ok(None);
        }
        let mut after = body.to_owned();
        // In JSON a name may stand twice: with only the last one gone, the first would count again.
        while let Some(cut) = self.cut_one(&after, name)? {
            after = cut;
        }
        if self.entries(&after)? != wanted {
            return Err(self.conflict(body, name, "cannot be taken out without a change to others"));
        }
        Ok(Some(format!("{mark}{after}")))
    }

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
                        // Only tables in it stand there, as `[mcp_servers.x.env]`: its own comes after them.
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

    fn conflict(&self, text: &str, name: &str, problem: &str) -> EditError {
        let at = self.get(text, &[self.servers, name]).ok().flatten().map_or(0, |(_, at)| at);
        EditError::conflict(text, at, format!("the entry {name} {problem}"))
    }
}

/// A byte order mark, and the rest.
fn split_bom(text: &str) -> (&str, &str) {
    text.strip_prefix(BOM).map_or(("", text), |body| (BOM, body))
}
