//! Stores the key and the choices: with the configuration of this user, or in a `.env`.
use std::{
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::ValueEnum;
use intervals_settings::{
    Config, Layer, Places,
    credentials::{self, Keychain, SERVICE},
    files::open_to_others,
    read,
};

use super::{Choices, Key, Terminal, dotenv, preferences};
use crate::start::StartError;

/// Where the key is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Store {
    /// The keychain of this computer
    Keychain,
    /// A file next to config.toml that only its owner can read
    File,
}

impl Store {
    /// Fails if a keychain is requested that cannot be used. Called before the key is typed.
    pub fn check(requested: Option<Self>, keychain: &dyn Keychain) -> anyhow::Result<()> {
        match keychain.unusable().filter(|_| requested == Some(Self::Keychain)) {
            Some(problem) => bail!("--store keychain: {problem}. --store file stores the key in a file"),
            None => Ok(()),
        }
    }
}

/// The files to write.
pub enum Place {
    /// Separate files for the key and for what assistants may do.
    Stored {
        /// Holds the key, or the name of its keychain entry.
        credentials: PathBuf,
        /// config.toml.
        config: PathBuf,
    },
    /// One file with both, as `INTERVALS_ICU_…` variables.
    Dotenv(PathBuf),
}

impl Place {
    /// The requested file. In a container, the mounted `.env`, since all other files are lost with the container. Fails on a file that
    /// cannot be written.
    pub fn of(env_file: Option<PathBuf>, places: &Places) -> anyhow::Result<Self> {
        let mounted = || Some(places.dotenv.clone()).filter(|file| file.exists() && in_container(places));
        if let Some(file) = env_file.or_else(mounted) {
            dotenv::writable(&file)?;
            return Ok(Self::Dotenv(file));
        }
        match (places.file.as_ref().or(places.platform_file.as_ref()), places.credentials()) {
            (Some(config), Some(credentials)) => Ok(Self::Stored { credentials, config: config.clone() }),
            _ => bail!("this user has no configuration folder: name a file with --config or --env-file"),
        }
    }

    /// The layers that a server will read these files through. The files need not exist yet.
    pub fn readable(&self, places: Places) -> Places {
        let Places { file, platform_file, home, dotenv, environment } = places;
        let dotenv = if let Self::Dotenv(file) = self { file.clone() } else { dotenv };
        Places { file: None, platform_file: file.or(platform_file), home, dotenv, environment }
    }

    /// The place, worded to follow "stored".
    pub fn about(&self) -> String {
        match self {
            Self::Stored { .. } => "on this computer".into(),
            Self::Dotenv(file) => format!("in {}", file.display()),
        }
    }

    /// Whether the athlete's id is written even if it is the owner's: the Python server needs it in a `.env`.
    pub fn wants_athlete(&self) -> bool {
        matches!(self, Self::Dotenv(_))
    }

    /// Decides where to store the key: as requested, else by asking if `interactive`, else in the keychain if there is one.
    pub fn store(
        &self,
        requested: Option<Store>,
        interactive: bool,
        terminal: &mut dyn Terminal,
        keychain: &dyn Keychain,
    ) -> io::Result<Store> {
        if let Some(store) = if self.wants_athlete() { Some(Store::File) } else { requested } {
            return Ok(store);
        }
        match keychain.unusable() {
            Some(problem) => {
                if cfg!(feature = "keychain") {
                    terminal.say(&format!("No keychain can be used here: {problem}."))?;
                }
                Ok(Store::File)
            }
            None if interactive => {
                let question =
                    "Store the key in the keychain of this computer? (Otherwise in a file that only you can read.)";
                Ok(if terminal.confirm(question, true)? { Store::Keychain } else { Store::File })
            }
            None => Ok(Store::Keychain),
        }
    }

    /// Writes the key and the choices that differ, and returns lines about what was written where. If the keychain refuses the key,
    /// the key goes to the file, unless the keychain was `requested`.
    pub fn write(
        &self,
        store: Store,
        requested: bool,
        key: &Key,
        choices: &Choices,
        keychain: &dyn Keychain,
    ) -> anyhow::Result<Vec<String>> {
        let changes = choices.different_from(&self.baseline()?);
        match self {
            Self::Dotenv(file) => {
                dotenv::write(file, &key.secret, &changes)?;
                let open = open_to_others(file).map(|mode| {
                    format!("Others on this computer can read it (mode {mode:o}): run `chmod 600 {}`.", file.display())
                });
                Ok([format!("The key is kept in {}.", file.display())].into_iter().chain(open).collect())
            }
            Self::Stored { credentials, config } => {
                let account = key.owner.as_ref().map_or("api key", |owner| owner.id.as_str());
                let in_file = || {
                    let left = credentials::store_in_file(credentials, &key.secret, keychain)
                        .with_context(|| format!("{} cannot be written", credentials.display()))?;
                    Ok((format!("The key is kept in {}, {}.", credentials.display(), whose()), left))
                };
                let (kept, left) = match store {
                    Store::File => in_file(),
                    Store::Keychain => {
                        match credentials::store_in_keychain(credentials, account, &key.secret, keychain) {
                            Ok(left) => {
                                Ok((format!("The key is kept in the keychain, as {account} of {SERVICE}."), left))
                            }
                            Err(problem) if requested => {
                                Err(anyhow::anyhow!("the keychain did not take the key: {problem}"))
                            }
                            Err(problem) => in_file().map(|(kept, left)| {
                                (format!("The keychain did not take the key: {problem}.\n{kept}"), left)
                            }),
                        }
                    }
                }?;
                preferences::write(config, &changes)
                    .with_context(|| format!("the key is stored, but {} cannot be written", config.display()))?;
                let keys: Vec<_> = changes.iter().map(|(key, _)| *key).collect();
                let written =
                    (!keys.is_empty()).then(|| format!("Written to {}: {}.", config.display(), keys.join(", ")));
                let left = left.map(|problem| format!("Note: {problem}."));
                Ok([kept].into_iter().chain(written).chain(left).collect())
            }
        }
    }

    /// The configuration of these files alone, before they are written.
    fn baseline(&self) -> anyhow::Result<Config> {
        let nothing =
            Places { file: None, platform_file: None, home: None, dotenv: PathBuf::new(), environment: vec![] };
        let places = match self {
            Self::Stored { config, .. } => Places { platform_file: Some(config.clone()), ..nothing },
            Self::Dotenv(file) => Places { dotenv: file.clone(), ..nothing },
        };
        Ok(read(places, Layer::command_line([])).map_err(StartError::from)?.config)
    }
}

/// Who can read the stored file.
fn whose() -> &'static str {
    match cfg!(unix) {
        true => "which only you can read",
        false => "with the access rights of your user profile",
    }
}

/// Whether this runs in a container: Docker, Podman, or one that sets `container`, the convention of systemd.
fn in_container(places: &Places) -> bool {
    ["/.dockerenv", "/run/.containerenv"].iter().any(|mark| Path::new(mark).exists())
        || places.environment.iter().any(|(name, value)| name == "container" && !value.is_empty())
}
