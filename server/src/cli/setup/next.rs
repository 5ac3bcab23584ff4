//! After the key is stored: connects clients, or shows the next commands.
use intervals_catalog::spelling::hint;
use intervals_install::{CLIENTS, Client, Home, InstallTarget, NAME, Scope, ServerEntry};
use intervals_settings::Places;

use super::{Place, Terminal};
use crate::cli::install::say_installed;

/// The next commands to run.
pub fn steps(name: &str, place: &Place) -> String {
    match place {
        Place::Dotenv(file) => {
            format!("\nThe server reads {} when it is started in that folder.", file.display())
        }
        Place::Stored { .. } => format!(
            "\nNext, connect a client: {name} install CLIENT, with one of\n  {}\nTo check the setup: {name} doctor",
            names(CLIENTS.iter())
        ),
    }
}

/// Asks which clients should start this server, and writes their entries.
pub fn connect(home: &Home, places: &Places, terminal: &mut dyn Terminal) -> anyhow::Result<()> {
    let here = names(CLIENTS.iter().filter(|client| client.is_there(home)));
    let here = if here.is_empty() { "None was found here".into() } else { format!("Found here: {here}") };
    terminal.say(&format!("\nWhich client should start it? {here}. Supported are {}.", names(CLIENTS.iter())))?;
    let Some(entry) = entry(home, places) else { return Ok(()) };
    for client in ask_clients(terminal)? {
        let target = InstallTarget { client, scope: Scope::User, name: NAME };
        let installed =
            target.keeping(home, entry.clone()).and_then(|entry| Ok((target.install(home, &entry)?, entry)));
        match installed {
            Ok((done, entry)) => {
                let mut text = vec![];
                say_installed(&target, &done, &entry, &mut text)?;
                terminal.say(String::from_utf8_lossy(&text).trim_end())?;
            }
            Err(error) => terminal.say(&format!("{error:#}"))?,
        }
    }
    Ok(())
}

/// Asks for clients until all names are known.
fn ask_clients(terminal: &mut dyn Terminal) -> anyhow::Result<Vec<&'static Client>> {
    loop {
        let answer = terminal.ask("One or several of them, or nothing: ")?;
        let words = answer.split([',', ' ']).map(str::trim).filter(|word| !word.is_empty());
        match words.map(|word| Client::named(&word.to_lowercase()).ok_or(word)).collect() {
            Ok(clients) => return Ok(clients),
            Err(unknown) => {
                let near = hint(unknown, CLIENTS.iter().map(|client| client.name));
                terminal.say(&format!("There is no client {unknown}{near}."))?;
            }
        }
    }
}

/// The entry that starts this program with the stored configuration; `None` if a path is not Unicode.
fn entry(home: &Home, places: &Places) -> Option<ServerEntry> {
    let command = home.invocation.executable().path.to_str()?.to_owned();
    let file = match &places.file {
        Some(file) => Some(std::path::absolute(file).ok()?.to_str()?.to_owned()),
        None => None,
    };
    Some(ServerEntry { command, args: file.map(|file| vec!["--config".into(), file]).unwrap_or_default() })
}

fn names<'a>(clients: impl Iterator<Item = &'a Client>) -> String {
    clients.map(|client| client.name).collect::<Vec<_>>().join(", ")
}
