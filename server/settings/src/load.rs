//! Reads the configuration: defaults < a stored key < `.env` < config.toml < environment < command line.
mod dotenv;
mod faults;
mod layers;
mod paths;

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Format, Toml},
};

use crate::{
    config::Config,
    credentials::{self, Keychain, StoredKey},
    fault::Fault,
    source::Source,
    sources::Sources,
    values::Secret,
};
use dotenv::Dotenv;
use layers::{COMMAND_LINE, DOTENV, ENVIRONMENT};

pub use dotenv::DOTENV_REMEDY;
pub use layers::{Layer, flag};

/// The configuration and where it comes from.
#[derive(Clone)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    /// Source by key; a key that is not here has its default.
    pub sources: Sources,
    /// The folder of the configuration file, whether or not there is one.
    pub home: Option<PathBuf>,
    /// What is odd and not wrong: said once logging works.
    pub warnings: Vec<String>,
}

/// Where the layers below the command line are found; tests pass their own.
#[derive(Clone)]
pub struct Places {
    /// `--config` or `INTERVALS_ICU_CONFIG`: must exist.
    pub file: Option<PathBuf>,
    /// The platform's own place: may exist.
    pub platform_file: Option<PathBuf>,
    /// The folder of either, whether or not it is there.
    pub home: Option<PathBuf>,
    /// The working directory's `.env`.
    pub dotenv: PathBuf,
    /// The environment.
    pub environment: Vec<(String, String)>,
}

impl Places {
    /// Of this process.
    pub fn of_process(file: Option<PathBuf>) -> Self {
        let variable = || std::env::var_os(layers::variable("config")).filter(|file| !file.is_empty());
        let file = file.or_else(|| variable().map(|file| paths::at_home(file.into())));
        let folder = dirs::config_dir().map(|folder| folder.join("intervals-icu-mcp"));
        let home = file.as_ref().map_or_else(|| folder.clone(), |file| file.parent().map(Into::into));
        // A variable that is not text is none of ours.
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self {
            file,
            platform_file: folder.map(|folder| folder.join("config.toml")),
            home,
            dotenv: ".env".into(),
            environment: std::env::vars_os().filter_map(text).collect(),
        }
    }

    /// The configuration file that is in use, if any.
    pub fn file_in_use(&self) -> Option<PathBuf> {
        self.file.clone().or_else(|| self.platform_file.clone().filter(|file| file.is_file()))
    }

    /// The file of a stored key, whether there is one or not: beside the configuration file, so that each has its own.
    pub fn credentials(&self) -> Option<PathBuf> {
        Some(self.home.as_ref()?.join(credentials::FILE))
    }
}

/// Reads all layers. `flags` are the command line's values by key.
pub fn load(places: Places, flags: Layer) -> Result<Loaded, Vec<Fault>> {
    load_with(places, flags, &credentials::OsKeychain)
}

/// The same with this keychain, which is asked only when no layer gives a key and `setup` says that it has one.
pub fn load_with(places: Places, flags: Layer, keychain: &dyn Keychain) -> Result<Loaded, Vec<Fault>> {
    let stored = places.credentials();
    let mut loaded = read(places, flags)?;
    let config = &loaded.config;
    let is_set = |secret: &Option<Secret>| secret.as_ref().is_some_and(|secret| secret.reveal().is_some());
    if config.caller_credentials || is_set(&config.api_key) || is_set(&config.access_token) {
        return Ok(loaded);
    }
    let Some(file) = stored else { return Ok(loaded) };
    let StoredKey { key, warnings } = credentials::stored_key(&file, keychain);
    if let Some((key, source)) = key {
        loaded.config.api_key = Some(key);
        loaded.sources.insert("api_key", source);
    }
    loaded.warnings.extend(warnings);
    Ok(loaded)
}

/// The same without a stored key, which nobody is asked for.
pub fn read(places: Places, flags: Layer) -> Result<Loaded, Vec<Fault>> {
    let Places { file, platform_file, home, dotenv, environment } = places;
    let mut warnings = vec![];
    let dotenv = Dotenv::read(&dotenv, &mut warnings);
    let mut figment = Figment::from(dotenv.layer.clone());
    let (must_exist, file) = (file.is_some(), file.or(platform_file));
    if let Some(file) = &file {
        match is_regular(file) {
            Ok(true) => figment = figment.merge(Toml::file_exact(file)),
            // A pipe, such as that of a shell's `<(…)`, is read once.
            Ok(false) => match std::fs::read_to_string(file) {
                Ok(text) => figment = figment.merge(Toml::string(&text)),
                Err(e) => return Err(vec![faults::unreadable(file, &e)]),
            },
            Err(e) if e.kind() == ErrorKind::NotFound && !must_exist => {}
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(vec![faults::missing_file(file)]),
            // What it forbids is not known: nothing may be offered.
            Err(e) => return Err(vec![faults::unreadable(file, &e)]),
        }
    }
    figment = figment.merge(layers::environment(environment, &mut warnings)).merge(flags);
    let mut config: Config = figment.extract().map_err(|error| faults::faults(error, &figment, file.as_deref()))?;
    let source_of = |key: &str| Some(faults::source(figment.find_metadata(key)?, key, file.as_deref()));
    let layer_of = |key: &str| figment.find_metadata(key).map(|metadata| metadata.name.clone());
    let is_overridden = |key: &str| layer_of(key).is_some_and(|name| name == ENVIRONMENT || name == COMMAND_LINE);
    let folder_of = |key: &str| match figment.find_metadata(key)?.source.as_ref()? {
        figment::Source::File(file) => file.parent().map(PathBuf::from),
        _ => None,
    };
    paths::resolve(&mut config, folder_of);
    let narrowed = dotenv.narrow(&mut config, is_overridden, &mut warnings);
    let mut sources: Sources =
        config.rows().into_iter().filter_map(|(key, _)| Some((key.clone(), source_of(&key)?))).collect();
    for key in narrowed {
        sources.insert(&key, Source::Dotenv(layers::variable(&key)));
    }
    // Of whom the server may speak, a foreign file cannot say.
    let is_from_dotenv = layer_of("athlete_id").is_some_and(|name| name == DOTENV);
    let athlete = config.athlete_id.as_ref().filter(|_| is_from_dotenv);
    if athlete.is_some_and(|id| config.restricted_to().is_some_and(|athletes| !athletes.contains(id))) {
        config.athlete_id = None;
        sources.remove("athlete_id");
        let name = layers::variable("athlete_id");
        warnings.push(format!("{name} in .env is not obeyed, since it is not among athletes: {DOTENV_REMEDY}"));
    }
    Ok(Loaded { sources, config, home, warnings })
}

/// Whether the file is a regular one, which can be read again. Fails on one that cannot be opened, and on a folder.
fn is_regular(file: &Path) -> std::io::Result<bool> {
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if metadata.is_file() {
        std::fs::File::open(file)?;
    }
    Ok(metadata.is_file())
}

#[cfg(test)]
mod tests;
