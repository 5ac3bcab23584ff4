//! Status of this server in the clients' files.
use std::path::{Path, PathBuf};

use crate::{
    clients::{CLIENTS, Client, Scope},
    entry::NAME,
    file::ClientFile,
    home::Home,
};

/// Status of this server in a client's file.
#[derive(Debug)]
pub struct ClientStatus {
    /// The client.
    pub client: &'static Client,
    /// The scope of the file.
    pub scope: Scope,
    /// Path of the file.
    pub file: PathBuf,
    /// Whether the entry for this server starts this program; `None` without an entry.
    pub entry: Option<bool>,
    /// Whether the entry is switched off.
    pub off: bool,
    /// Why the file cannot be read.
    pub problem: Option<String>,
}

/// Status in all files that exist: those of the user, and those of the project in the working directory.
pub fn client_statuses(home: &Home) -> Vec<ClientStatus> {
    let files = CLIENTS.iter().flat_map(|client| client.scopes().iter().map(move |scope| (client, *scope)));
    files.filter_map(|(client, scope)| client_status(client, scope, home)).collect()
}

/// Status in one file; `None` if it does not exist.
pub fn client_status(client: &'static Client, scope: Scope, home: &Home) -> Option<ClientStatus> {
    let file = client.file(scope, home).filter(|file| file.exists())?;
    let (found, problem) = match entry(client, &file, home) {
        Ok(found) => (found, None),
        Err(problem) => (None, Some(problem)),
    };
    let (entry, off) = (found.map(|(entry, _)| entry), found.is_some_and(|(_, off)| off));
    Some(ClientStatus { client, scope, file, entry, off, problem })
}

/// Whether the entry for this server starts this program, and whether it is switched off; `None` without an entry.
fn entry(client: &Client, file: &Path, home: &Home) -> Result<Option<(bool, bool)>, String> {
    let file = ClientFile::read(file).map_err(|unreadable| unreadable.to_string())?;
    let entries = client.shape.entries(file.text()).map_err(|error| error.to_string())?;
    let ours = entries.iter().filter_map(|(name, existing)| {
        let this = home.invocation.is_started_by(&existing.entry.command);
        (this || name == NAME || existing.old_server().is_some()).then_some((this, existing.off))
    });
    // Of several entries, prefer one that starts this program, then one that is switched on.
    Ok(ours.max_by_key(|(this, off)| (*this, !*off)))
}
