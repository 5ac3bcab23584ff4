//! The operator's settings: defaults < a stored key < `.env` < config.toml < environment < command line, and which of them each
//! value is from.
mod auth;
mod dotenv;
mod fault;
mod forms;
mod layers;
mod levels;
mod limits;
mod overrides;
mod paths;
mod running;
mod sources;

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Format, Toml},
};
use intervals_core::{DeleteMode, JsonMap, units::System};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::credentials::{self, Keychain, Stored};
use dotenv::Dotenv;
use layers::{COMMAND_LINE, DOTENV, ENVIRONMENT};

pub use auth::{HttpToken, OAuth};
pub use dotenv::{ELSEWHERE, Narrowing};
pub use fault::Fault;
pub use forms::{Secret, Words};
pub use layers::Layer;
pub use levels::levels;
pub use limits::Limits;
pub use overrides::Override;
pub use sources::Sources;

/// Every key, at its default. Over the environment each is `INTERVALS_ICU_<KEY>`, one of a table
/// `INTERVALS_ICU_<TABLE>__<KEY>`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Personal API key: intervals.icu, Settings, Developer Settings.
    #[schemars(with = "Option<String>")]
    pub api_key: Option<Secret>,
    /// OAuth access token, instead of a key.
    #[schemars(with = "Option<String>")]
    pub access_token: Option<Secret>,
    /// The athlete that calls are about, and whose units are read; default is the key's owner.
    #[serde(deserialize_with = "forms::text")]
    pub athlete_id: Option<String>,
    /// The service's root.
    pub base_url: String,
    /// Packs to offer: names, `all`, `default`, `@minimal`, `@analysis`, `@planning`, `@coach`, `-name` to take one out.
    pub packs: Words,
    /// Tools to offer, of those packs; `*` stands for any characters. Empty is all.
    pub tools: Words,
    /// Tools to take out.
    pub exclude_tools: Words,
    /// Tokens that the tools may cost a model together, 0 for no limit; rarer ones are left out first.
    pub max_tool_tokens: usize,
    /// Folder of packs without Rust, a TOML file each; default is `packs.d` beside config.toml.
    pub packs_dir: Option<PathBuf>,
    /// Let clients find and switch packs themselves; without `packs`, none is on at the start.
    pub dynamic: bool,
    /// Offer only what reads.
    pub read_only: bool,
    /// Deletes to offer: `none`, `safe` (of what would not be missed) or `full`.
    pub delete_mode: Deletes,
    /// Show `athlete_id` in the schemas.
    pub coach: bool,
    /// Athletes that may be named beside the own one: `any`, or ids.
    pub athletes: Words,
    /// Units of the text: `athlete`, `metric` or `imperial`.
    pub units: UnitsChoice,
    /// Time zone that decides what today is for the own athlete; default is what their record says.
    pub timezone: Option<String>,
    /// Answers as `text` or `json`.
    pub answer: AnswerForm,
    /// Send structured answers and output schemas.
    pub structured: bool,
    /// Where downloaded files are saved besides being linked.
    pub download_dir: Option<PathBuf>,
    /// `stdio`, `http` (streamable HTTP) and `sse` (the older HTTP+SSE), one or several.
    pub transport: Words,
    /// Address that HTTP listens on.
    pub host: String,
    /// Port that HTTP listens on.
    pub port: u16,
    /// Path of the HTTP endpoint; default is /mcp, and /sse for HTTP+SSE.
    pub path: Option<String>,
    /// Names of this server beside those of this machine; `*.example.org` for all below one.
    pub allowed_hosts: Words,
    /// Pages that may call beside those of this server, such as `https://app.example.org`; `:*` behind one for any port.
    pub allowed_origins: Words,
    /// Address by which clients reach this server, such as https://mcp.example.org.
    pub public_url: Option<String>,
    /// Listen on an address that others reach although anybody may call.
    pub allow_unauthenticated: bool,
    /// Callers send their own key as X-Intervals-Api-Key (and X-Intervals-Athlete-Id); the server's own is never used then.
    pub caller_credentials: bool,
    /// Keep no sessions over HTTP, so that any instance can answer any request.
    pub stateless: bool,
    /// Where HTTP's sessions are kept so that all instances know them: `redis://user:password@host:6379/0`, `rediss://` for TLS.
    #[schemars(with = "Option<String>")]
    pub redis_url: Option<Secret>,
    /// Token with which callers over HTTP prove who they are, of 16 characters or more.
    #[schemars(with = "Option<String>")]
    pub http_token: Option<Secret>,
    /// File whose first line is that token.
    pub http_token_file: Option<PathBuf>,
    /// What is logged to stderr: `off`, `error`, `warn`, `info`, `debug`, `trace`, or per target; HTTP adds `call=info`, a line per call, unless this is set.
    pub log: String,
    /// Log lines as `text` or `json`.
    pub log_format: LogFormat,
    /// Requests per second to the service, 0 for no limit; default is 10, and no limit for this machine.
    #[serde(deserialize_with = "forms::number")]
    pub rate: Option<f64>,
    /// Requests at once before the rate holds.
    pub burst: u32,
    /// PEM certificates to trust beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Seconds that one call may take.
    pub deadline: u64,
    /// Seconds that athlete records are kept.
    pub cache: u64,
    /// Callers over HTTP may prove who they are with JWT access tokens (OAuth 2.1): `issuer` switches it on.
    pub oauth: OAuth,
    /// How much HTTP takes on.
    pub limits: Limits,
    /// Callers over HTTP with a token and limits each; a limit that is left out is the server's own.
    pub http_tokens: Vec<HttpToken>,
    /// Arguments that are given here to every tool that has them: they leave the schemas and cannot be sent.
    #[schemars(example = serde_json::json!({"athlete_id": "i123"}))]
    pub fixed: JsonMap,
    /// What is said otherwise of single tools: `description`, `title`, `fixed` arguments.
    #[schemars(example = serde_json::json!({"icu_get_wellness_data":
        {"title": "Morning", "description": "MORNING values by day.", "fixed": {"days_back": 14}}}))]
    pub tool: BTreeMap<String, Override>,
    /// What packs are told, a table for each; docs/configuration.md has their keys.
    #[schemars(example = serde_json::json!({"wellness": {"fields": ["hrv", "sleep"]}}))]
    pub pack: BTreeMap<String, JsonMap>,
    /// What a `.env` takes away.
    #[serde(skip)]
    pub narrowing: Narrowing,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_key: None,
            access_token: None,
            athlete_id: None,
            base_url: "https://intervals.icu".into(),
            packs: Words::of(["default"]),
            tools: Words::default(),
            exclude_tools: Words::default(),
            max_tool_tokens: 0,
            packs_dir: None,
            dynamic: false,
            read_only: false,
            delete_mode: Deletes::Safe,
            coach: false,
            athletes: Words::of(["any"]),
            units: UnitsChoice::Athlete,
            timezone: None,
            answer: AnswerForm::Text,
            structured: true,
            download_dir: None,
            transport: Words::of(["stdio"]),
            host: "127.0.0.1".into(),
            port: 8000,
            path: None,
            allowed_hosts: Words::default(),
            allowed_origins: Words::default(),
            public_url: None,
            allow_unauthenticated: false,
            caller_credentials: false,
            stateless: false,
            redis_url: None,
            http_token: None,
            http_token_file: None,
            log: "warn".into(),
            log_format: LogFormat::Text,
            rate: None,
            burst: 10,
            ca_file: None,
            deadline: 30,
            cache: 60,
            oauth: OAuth::default(),
            limits: Limits::default(),
            http_tokens: vec![],
            fixed: JsonMap::new(),
            tool: BTreeMap::new(),
            pack: BTreeMap::new(),
            narrowing: Narrowing::default(),
        }
    }
}

impl Config {
    /// The athletes that may be named beside the own one; `None` is any.
    pub fn restricted_to(&self) -> Option<Vec<String>> {
        (self.athletes.0 != ["any"]).then(|| self.athletes.0.clone())
    }

    /// Every key with its value; those of a table as `table.key`. Secrets are stars.
    pub fn rows(&self) -> Vec<(String, serde_json::Value)> {
        // A struct of plain values always is an object.
        let values = serde_json::to_value(self).unwrap_or_default();
        let mut rows = vec![];
        for (key, value) in values.as_object().into_iter().flatten() {
            flatten(&mut rows, key.clone(), value);
        }
        rows.retain(|(key, value)| key.contains('.') || value.as_object().is_none_or(|table| !table.is_empty()));
        rows
    }
}

fn flatten(rows: &mut Vec<(String, serde_json::Value)>, key: String, value: &serde_json::Value) {
    match value.as_object().filter(|table| !table.is_empty()) {
        Some(table) => table.iter().for_each(|(inner, value)| flatten(rows, format!("{key}.{inner}"), value)),
        None => rows.push((key, value.clone())),
    }
}

/// Which deletes are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Deletes {
    /// None.
    None,
    /// Those that take away nothing that would be missed.
    Safe,
    /// All.
    Full,
}

impl From<Deletes> for DeleteMode {
    fn from(deletes: Deletes) -> Self {
        match deletes {
            Deletes::None => Self::None,
            Deletes::Safe => Self::Safe,
            Deletes::Full => Self::Full,
        }
    }
}

/// Units of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnitsChoice {
    /// As the athlete's record says.
    Athlete,
    /// Kilometres, kilograms, °C.
    Metric,
    /// Miles, pounds, °F.
    Imperial,
}

impl UnitsChoice {
    /// The system, when it is not the athlete's own.
    pub fn fixed(self) -> Option<System> {
        match self {
            Self::Athlete => None,
            Self::Metric => Some(System::Metric),
            Self::Imperial => Some(System::Imperial),
        }
    }
}

/// What the text of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnswerForm {
    /// Tables and lines.
    Text,
    /// The structured answer.
    Json,
}

/// What a line of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For reading: time, level, target, then `key=value`.
    Text,
    /// An object with `timestamp`, `level`, `target` and the line's own keys.
    Json,
}

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
        let named = || std::env::var_os(layers::variable("config")).filter(|file| !file.is_empty());
        let file = file.or_else(|| named().map(|file| paths::at_home(file.into())));
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
}

impl Places {
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
    load_with(places, flags, &credentials::Os)
}

/// The same with this keychain, which is asked only when no layer gives a key and `setup` says that it has one.
pub fn load_with(places: Places, flags: Layer, keychain: &dyn Keychain) -> Result<Loaded, Vec<Fault>> {
    let stored = places.credentials();
    let mut loaded = read(places, flags)?;
    let config = &loaded.config;
    let given = |secret: &Option<Secret>| secret.as_ref().is_some_and(|secret| secret.reveal().is_some());
    if config.caller_credentials || given(&config.api_key) || given(&config.access_token) {
        return Ok(loaded);
    }
    let Some(file) = stored else { return Ok(loaded) };
    let Stored { key, warnings } = credentials::stored(&file, keychain);
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
        match is_readable(file) {
            Ok(true) => figment = figment.merge(Toml::file_exact(file)),
            // A pipe, such as that of a shell's `<(…)`, is read once.
            Ok(false) => match std::fs::read_to_string(file) {
                Ok(text) => figment = figment.merge(Toml::string(&text)),
                Err(e) => return Err(vec![Fault::unreadable(file, &e)]),
            },
            Err(e) if e.kind() == ErrorKind::NotFound && !must_exist => {}
            Err(e) if e.kind() == ErrorKind::NotFound => return Err(vec![Fault::missing_file(file)]),
            // What it forbids is not known: nothing may be offered.
            Err(e) => return Err(vec![Fault::unreadable(file, &e)]),
        }
    }
    figment = figment.merge(layers::environment(environment, &mut warnings)).merge(flags);
    let mut config: Config = figment.extract().map_err(|error| fault::faults(error, &figment))?;
    let source = |key: &str| Some(fault::source(figment.find_metadata(key)?, key));
    let layer = |key: &str| figment.find_metadata(key).map(|found| found.name.clone());
    let is_overruled = |key: &str| layer(key).is_some_and(|name| name == ENVIRONMENT || name == COMMAND_LINE);
    let folder = |key: &str| match figment.find_metadata(key)?.source.as_ref()? {
        figment::Source::File(file) => file.parent().map(PathBuf::from),
        _ => None,
    };
    paths::resolve(&mut config, folder);
    let narrowed = dotenv.narrow(&mut config, is_overruled, &mut warnings);
    let mut sources: Sources =
        config.rows().into_iter().filter_map(|(key, _)| Some((key.clone(), source(&key)?))).collect();
    for key in narrowed {
        sources.insert(&key, format!(".env, {}", layers::variable(&key)));
    }
    // Of whom the server may speak, a foreign file cannot say.
    let is_from_dotenv = layer("athlete_id").is_some_and(|name| name == DOTENV);
    let athlete = config.athlete_id.as_ref().filter(|_| is_from_dotenv);
    if athlete.is_some_and(|id| config.restricted_to().is_some_and(|athletes| !athletes.contains(id))) {
        config.athlete_id = None;
        sources.remove("athlete_id");
        let name = layers::variable("athlete_id");
        warnings.push(format!("{name} in .env is not obeyed, since it is not among athletes: {ELSEWHERE}"));
    }
    Ok(Loaded { sources, config, home, warnings })
}

/// Whether the file is a regular one, which can be read again. Fails on one that cannot be opened, and on a folder.
fn is_readable(file: &Path) -> std::io::Result<bool> {
    let found = file.metadata()?;
    if found.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if found.is_file() {
        std::fs::File::open(file)?;
    }
    Ok(found.is_file())
}

#[cfg(test)]
mod tests;
