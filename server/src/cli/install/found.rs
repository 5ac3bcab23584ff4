//! What stands in the clients' files about this server.
use std::path::PathBuf;

use super::{
    NAME,
    clients::{CLIENTS, Client, Scope},
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
    /// Why it cannot be read.
    pub problem: Option<String>,
}

/// The files of all clients that are there: those of the person, and those of the project in the working directory.
pub fn found(home: &Home) -> Vec<Found> {
    let files = CLIENTS.iter().flat_map(|client| client.scopes().iter().map(move |scope| (client, *scope)));
    files.filter_map(|(client, scope)| look(client, scope, home)).collect()
}

/// One file, if it is there.
pub(super) fn look(client: &'static Client, scope: Scope, home: &Home) -> Option<Found> {
    let file = client.file(scope, home).filter(|file| file.exists())?;
    let (entry, problem) = match entry(client, &file, home) {
        Ok(entry) => (entry, None),
        Err(problem) => (None, Some(problem)),
    };
    Some(Found { client, scope, file, entry, problem })
}

fn entry(client: &Client, file: &std::path::Path, home: &Home) -> Result<Option<bool>, String> {
    let file = ClientFile::read(file).map_err(|error| format!("it cannot be read: {error}"))?;
    let text = file.text().map_err(|at| format!("it is not UTF-8 text from byte {} on", at + 1))?;
    let entries = client.shape.entries(text).map_err(|refusal| {
        let (line, column) = refusal.at;
        format!("line {line}, column {column}: {}", refusal.problem)
    })?;
    if entries.values().any(|standing| home.started.is_started_by(&standing.entry.command)) {
        return Ok(Some(true));
    }
    let ours = entries.iter().any(|(name, standing)| name == NAME || standing.old_server().is_some());
    Ok(ours.then_some(false))
}
