//! What to do once the key is stored: a client is connected at once, or the next commands are told.
use intervals_catalog::spelling::hint;
use intervals_install::{CLIENTS, Client, Home, InstallTarget, NAME, Scope, ServerEntry};
use intervals_settings::Places;

use super::{Place, Terminal};
use crate::cli::install::say_installed;

/// The next commands.
pub fn steps(name: &str, place: &Place) -> String {
    match place {
        Place::Dotenv(file) => {
            format!("\nThe server reads {} when it is started in that folder.", file.display())
        }
        Place::Stored { .. } => format!(
            "\nNext, connect a client: {name} install CLIENT, with one of\n  {}\nTo see that all is well: {name} doctor",
            names(CLIENTS.iter())
        ),
    }
}

/// Asks which clients are to start this server, and has them do so.
pub fn connect(home: &Home, places: &Places, terminal: &mut dyn Terminal) -> anyhow::Result<()> {
    let here = names(CLIENTS.iter().filter(|client| client.is_there(home)));
    let here = if here.is_empty() { "None was found here".into() } else { format!("Found here: {here}") };
    terminal.say(&format!("\nWhich client shall start it? {here}. Known are {}.", names(CLIENTS.iter())))?;
    let Some(entry) = entry(home, places) else { return Ok(()) };
    for client in wanted(terminal)? {
        let target = InstallTarget { client, scope: Scope::User, name: NAME };
        let installed =
            target.keeping(home, entry.clone()).and_then(|entry| Ok((target.install(home, &entry)?, entry)));
        match installed {
            Ok((done, entry)) => {
                let mut said = vec![];
                say_installed(&target, &done, &entry, &mut said)?;
                terminal.say(String::from_utf8_lossy(&said).trim_end())?;
            }
            Err(error) => terminal.say(&format!("{error:#}"))?,
        }
    }
    Ok(())
}

fn wanted(terminal: &mut dyn Terminal) -> anyhow::Result<Vec<&'static Client>> {
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

/// What starts this program with what was stored; `None` where its path is no text.
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
