//! What stands in the clients' files about this server.
use std::path::{Path, PathBuf};

use crate::{
    clients::{CLIENTS, Client, Scope},
    entry::NAME,
    file::ClientFile,
    home::Home,
};

/// A file of a client.
#[derive(Debug)]
pub struct ClientStatus {
    /// Whose.
    pub client: &'static Client,
    /// For whom.
    pub scope: Scope,
    /// Where.
    pub file: PathBuf,
    /// Whether an entry for this server is in it, and if so whether it starts this program.
    pub entry: Option<bool>,
    /// Whether the client is told not to use that entry.
    pub off: bool,
    /// Why it cannot be read.
    pub problem: Option<String>,
}

/// The files of all clients that are there: those of the person, and those of the project in the working directory.
pub fn client_statuses(home: &Home) -> Vec<ClientStatus> {
    let files = CLIENTS.iter().flat_map(|client| client.scopes().iter().map(move |scope| (client, *scope)));
    files.filter_map(|(client, scope)| client_status(client, scope, home)).collect()
}

/// One file, if it is there.
pub fn client_status(client: &'static Client, scope: Scope, home: &Home) -> Option<ClientStatus> {
    let file = client.file(scope, home).filter(|file| file.exists())?;
    let (found, problem) = match entry(client, &file, home) {
        Ok(found) => (found, None),
        Err(problem) => (None, Some(problem)),
    };
    let (entry, off) = (found.map(|(entry, _)| entry), found.is_some_and(|(_, off)| off));
    Some(ClientStatus { client, scope, file, entry, off, problem })
}

/// Whether an entry for this server starts this program, and whether it is switched off.
fn entry(client: &Client, file: &Path, home: &Home) -> Result<Option<(bool, bool)>, String> {
    let file = ClientFile::read(file).map_err(|unreadable| unreadable.to_string())?;
    let entries = client.shape.entries(file.text()).map_err(|error| error.to_string())?;
    let ours = entries.iter().filter_map(|(name, existing)| {
        let this = home.invocation.is_started_by(&existing.entry.command);
        (this || name == NAME || existing.old_server().is_some()).then_some((this, existing.off))
    });
    // Of several that one counts which is in use, and starts this program.
    Ok(ours.max_by_key(|(this, off)| (*this, !*off)))
}
