//! `setup`: takes the API key, checks it with the service, and stores it together with what assistants may do.
mod choices;
mod dotenv;
mod key;
mod next;
mod overruled;
mod place;
mod preferences;
mod terminal;

use std::{io::Write, path::PathBuf};

use anyhow::bail;
use intervals_catalog::Catalog;
use intervals_install::Home;
use intervals_settings::{
    Layer, Loaded, Places, Secret,
    credentials::{self, Keychain},
    load_with, read,
};
use secrecy::SecretString;

use crate::{
    app::{options, service},
    exit::Exit,
    start::StartError,
};

use choices::Choices;
pub use key::named;
use key::{Checker, Key, Refusal};
use place::{Place, Store};
use terminal::{Console, Terminal};

#[derive(clap::Args)]
pub struct Setup {
    /// Athlete that calls are about, if not the key's owner (for coaches)
    #[arg(long, value_name = "ID", value_parser = id)]
    athlete_id: Option<String>,
    /// Read the API key from stdin and ask no questions
    #[arg(long)]
    key_stdin: bool,
    /// Ask no questions: store the configured API key (such as INTERVALS_ICU_API_KEY) and keep all other settings
    #[arg(long)]
    yes: bool,
    /// Where to store the key [default: keychain, or file if there is no keychain]
    #[arg(long, value_name = "PLACE")]
    store: Option<Store>,
    /// Write INTERVALS_ICU_… variables to this file instead, as the Python server's setup did
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    env_file: Option<PathBuf>,
    /// Store the key without checking it with the service
    #[arg(long)]
    no_check: bool,
}

/// The inputs of `setup` besides its own options.
pub struct Start {
    /// The binary's name.
    pub name: &'static str,
    /// The layers below the command line.
    pub places: Places,
    /// The command line's values.
    pub flags: Layer,
    /// Whether `--demo` was given.
    pub demo: bool,
    /// The home folder in which clients are found; `None` skips the question about clients.
    pub home: Option<Home>,
}

impl Setup {
    pub fn run(self, start: Start, out: &mut impl Write) -> anyhow::Result<Exit> {
        self.guided(start, &mut Console::new(out), &credentials::OsKeychain).map(Exit::of)
    }

    /// Returns whether the service accepted the key and the key is stored. Fails on wrong usage, and if a file cannot be written.
    fn guided(self, start: Start, terminal: &mut dyn Terminal, keychain: &dyn Keychain) -> anyhow::Result<bool> {
        let Start { name, places, flags, demo, home } = start;
        if demo {
            bail!("the demo needs no key: run another command, or leave --demo out");
        }
        Store::check(self.store, keychain)?;
        let place = Place::of(self.env_file, &places)?;
        let readable = place.readable(places.clone());
        let loaded = read(readable.clone(), flags.clone()).map_err(StartError::from)?;
        let interactive = terminal.is_interactive() && !self.key_stdin && !self.yes;
        let mut choices = Choices::given(&loaded, &Catalog::linked()?)?;
        let checker = match self.no_check {
            true => None,
            false => Some(Checker::new(service(options(&loaded.config), &loaded.config, &loaded.sources)?)?),
        };

        let key = if interactive {
            terminal.say(&introduction(&loaded.config.base_url, &place))?;
            let configured = configured_key(load_with(readable.clone(), flags, keychain).map_err(StartError::from)?);
            key::ask(terminal, checker.as_ref(), configured)?
        } else {
            let secret = match self.key_stdin {
                true => key::parse(&terminal.read_to_end()?).map_err(|problem| anyhow::anyhow!("stdin: {problem}"))?,
                false => {
                    let all = if self.yes {
                        load_with(readable.clone(), flags, keychain).map_err(StartError::from)?
                    } else {
                        loaded.clone()
                    };
                    match configured_key(all) {
                        Some((secret, _)) => secret,
                        None => bail!(key::missing_key(name, terminal.is_interactive())),
                    }
                }
            };
            key::check(terminal, checker.as_ref(), secret)?
        };
        let Some(key) = key else { return Ok(false) };
        let athlete = match athlete(self.athlete_id.as_deref(), &loaded, &key, checker.as_ref(), terminal) {
            Ok(athlete) => athlete,
            Err(refusal) => {
                terminal.fail(&format!("{refusal} Nothing was stored."))?;
                return Ok(false);
            }
        };
        choices.athlete_id = self.athlete_id.or_else(|| athlete.filter(|_| place.wants_athlete()));
        if interactive {
            choices.ask(&loaded, terminal)?;
        }

        let store = place.store(self.store, interactive, terminal, keychain)?;
        for line in place.write(store, self.store.is_some(), &key, &choices, keychain)? {
            terminal.say(&line)?;
        }
        for line in overruled::lines(readable, &key.secret, &choices, place.wants_athlete(), keychain)? {
            terminal.say(&line)?;
        }
        match home.filter(|_| interactive && !place.wants_athlete()) {
            Some(home) => {
                next::connect(&home, &places, terminal)?;
                terminal.say(&format!("\nTo check the setup: {name} doctor"))?;
            }
            None => terminal.say(&next::steps(name, &place))?,
        }
        Ok(true)
    }
}

/// The id of the athlete that calls will be about. Fails if the key does not reach the athlete who is given or configured.
fn athlete(
    given: Option<&str>,
    loaded: &Loaded,
    key: &Key,
    checker: Option<&Checker>,
    terminal: &mut dyn Terminal,
) -> Result<Option<String>, Refusal> {
    let owner = key.owner.as_ref().map(|owner| owner.id.as_str());
    let source = loaded.sources.name("athlete_id");
    let (id, source) = match (given, loaded.config.athlete_id.as_deref()) {
        (Some(id), _) => (id, "--athlete-id"),
        (None, Some(id)) => (id, source.as_str()),
        (None, None) => return Ok(owner.map(Into::into)),
    };
    if let Some(checker) = checker.filter(|_| ![owner, Some("0")].contains(&Some(id))) {
        let athlete = checker.athlete(&key.secret, id).map_err(|error| Refusal::of_athlete(id, source, &error))?;
        terminal.say(&format!("Calls will be about {}.", named(&athlete)))?;
    }
    Ok(Some(id.to_owned()))
}

/// Parses an athlete's id.
fn id(text: &str) -> Result<String, &'static str> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| text.to_owned()).ok_or("an athlete's id is letters and digits, such as i123")
}

/// The configured key and its source.
fn configured_key(loaded: Loaded) -> Option<(SecretString, String)> {
    let key = loaded.config.api_key.as_ref().and_then(Secret::reveal)?;
    Some((key, loaded.sources.name("api_key")))
}

fn introduction(base_url: &str, place: &Place) -> String {
    format!(
        "This connects your Intervals.icu account. It needs your API key:\n  \
         open {base_url}/settings, go to Developer Settings at the end of the page, and copy the API Key.\n\
         The key is sent only to {base_url}, and stored {}.\n",
        place.about()
    )
}

#[cfg(test)]
mod tests;
