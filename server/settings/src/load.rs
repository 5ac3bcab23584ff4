//! Loads the configuration from its layers; each overrides the ones before it: defaults, the stored key, `.env`, config.toml,
//! environment, command line.
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

/// The configuration, with the sources of its values.
#[derive(Clone)]
pub struct Loaded {
    /// The values.
    pub config: Config,
    /// Sources by key. A key without a source has its default.
    pub sources: Sources,
    /// Folder of the configuration file, which need not exist.
    pub home: Option<PathBuf>,
    /// Warnings, to be logged once logging is set up.
    pub warnings: Vec<String>,
}

/// Locations of the layers below the command line. Tests use their own.
#[derive(Clone)]
pub struct Places {
    /// The file of `--config` or `INTERVALS_ICU_CONFIG`, which must exist.
    pub file: Option<PathBuf>,
    /// The default file in the platform's configuration folder, which need not exist.
    pub platform_file: Option<PathBuf>,
    /// Folder of the file in use, which need not exist.
    pub home: Option<PathBuf>,
    /// The `.env` of the working directory.
    pub dotenv: PathBuf,
    /// Environment variables: name and value.
    pub environment: Vec<(String, String)>,
}

impl Places {
    /// Locations for this process. `file` is the value of `--config`.
    pub fn of_process(file: Option<PathBuf>) -> Self {
        let variable = || std::env::var_os(layers::variable("config")).filter(|file| !file.is_empty());
        let file = file.or_else(|| variable().map(|file| paths::at_home(file.into())));
        let folder = dirs::config_dir().map(|folder| folder.join("intervals-icu-mcp"));
        let home = file.as_ref().map_or_else(|| folder.clone(), |file| file.parent().map(Into::into));
        // Our variables are valid Unicode; others are skipped.
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

    /// The configuration file in use, if any.
    pub fn file_in_use(&self) -> Option<PathBuf> {
        self.file.clone().or_else(|| self.platform_file.clone().filter(|file| file.is_file()))
    }

    /// The credentials file, which need not exist. It is beside the configuration file, so that each configuration has its own
    /// key.
    pub fn credentials(&self) -> Option<PathBuf> {
        Some(self.home.as_ref()?.join(credentials::FILE))
    }
}

/// Loads the configuration from all layers, with the keychain of this computer. `flags` are the values of the command line by
/// key.
///
/// # Errors
/// All faults of the configuration file, environment and command line. A `.env` and a stored key cause only warnings.
pub fn load(places: Places, flags: Layer) -> Result<Loaded, Vec<Fault>> {
    load_with(places, flags, &credentials::OsKeychain)
}

/// Like [`load`], with this keychain. It is read only if no layer gives a key and the credentials file names an account.
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

/// Like [`load`], without the stored key: the keychain is not read.
pub fn read(places: Places, flags: Layer) -> Result<Loaded, Vec<Fault>> {
    let Places { file, platform_file, home, dotenv, environment } = places;
    let mut warnings = vec![];
    let dotenv = Dotenv::read(&dotenv, &mut warnings);
    let mut figment = Figment::from(dotenv.layer.clone());
    let (must_exist, file) = (file.is_some(), file.or(platform_file));
    if let Some(file) = &file {
        match is_regular(file) {
            Ok(true) => figment = figment.merge(Toml::file_exact(file)),
            // A pipe, such as that of a shell's `<(…)`, can be read only once.
            Ok(false) => match std::fs::read_to_string(file) {
                Ok(text) => figment = figment.merge(Toml::string(&text)),
                Err(e) => return Err(vec![faults::unreadable(file, &e)]),
            },
            Err(e) if e.kind() == ErrorKind::NotFound && !must_exist => {}
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(vec![faults::missing_file(file)]),
            // The file may restrict the server, so the server must not start without it.
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
    // A `.env`, which may belong to another project, cannot choose an athlete outside `athletes`.
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

/// Whether the file is a regular file, which can be read again; a pipe is not.
///
/// # Errors
/// A folder, and a file that cannot be opened.
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
