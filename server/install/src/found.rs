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
pub struct Found {
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
pub fn found(home: &Home) -> Vec<Found> {
    let files = CLIENTS.iter().flat_map(|client| client.scopes().iter().map(move |scope| (client, *scope)));
    files.filter_map(|(client, scope)| look(client, scope, home)).collect()
}

/// One file, if it is there.
pub fn look(client: &'static Client, scope: Scope, home: &Home) -> Option<Found> {
    let file = client.file(scope, home).filter(|file| file.exists())?;
    let (found, problem) = match entry(client, &file, home) {
        Ok(found) => (found, None),
        Err(problem) => (None, Some(problem)),
    };
    let (entry, off) = (found.map(|(entry, _)| entry), found.is_some_and(|(_, off)| off));
    Some(Found { client, scope, file, entry, off, problem })
}

/// Whether an entry for this server starts this program, and whether it is switched off.
fn entry(client: &Client, file: &Path, home: &Home) -> Result<Option<(bool, bool)>, String> {
    let file = ClientFile::read(file).map_err(|unreadable| unreadable.to_string())?;
    let entries = client.shape.entries(file.text()).map_err(|refusal| refusal.to_string())?;
    let ours = entries.iter().filter_map(|(name, standing)| {
        let this = home.started.is_started_by(&standing.entry.command);
        (this || name == NAME || standing.old_server().is_some()).then_some((this, standing.off))
    });
    // Of several that one counts which is in use, and starts this program.
    Ok(ours.max_by_key(|(this, off)| (*this, !*off)))
}
