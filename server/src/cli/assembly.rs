//! A configuration becomes a hub.
use std::{fmt, num::NonZeroU32, path::PathBuf, sync::Arc, time::Duration};

use intervals_core::{
    DeleteMode, Intervals, Settings,
    client::{Credential, Options, Service},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use tracing_subscriber::filter::Targets;

use crate::{
    catalog::Catalog,
    config::{self, AnswerForm, Config, ELSEWHERE, Fault, Loaded, Narrowing, Secret, Sources, Words},
    declared::{self, Files},
    hub::{Hub, Live},
    log,
    metrics::Metrics,
    view::{Filter, Selection},
};

/// Everything that a command needs.
pub struct Assembly {
    /// The server behind all transports.
    pub hub: Arc<Hub>,
    /// The hub that sessions are served with.
    pub live: Arc<Live>,
    /// The values.
    pub config: Config,
    /// The service behind the hub, for accounts that callers bring.
    #[cfg(feature = "http")]
    pub service: Service,
    /// Source by key.
    pub sources: Sources,
    /// The packs without Rust, as they were read.
    pub files: Files,
    /// What another hub is made with when the configuration changes.
    pub ground: Ground,
    /// Holds the demo while it is used.
    _demo: Option<Demo>,
}

/// What stays while the configuration changes.
#[derive(Clone)]
pub struct Ground {
    /// The account, with its caches, for all athletes.
    account: Intervals,
    /// The demo's clock.
    now: Option<Timestamp>,
    /// What is counted, whichever hub it is asked of.
    metrics: Arc<Metrics>,
    /// The folder of the configuration file, whether or not there is one.
    home: Option<PathBuf>,
}

/// Everything that is wrong with a configuration, a line each.
#[derive(Debug)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n       "))
    }
}

impl std::error::Error for Faults {}

impl Assembly {
    /// Starts the log, and the demo if it is wanted, and checks what the types cannot.
    pub async fn new(loaded: Loaded, demo: Option<Option<Date>>) -> anyhow::Result<Self> {
        let Loaded { config, sources, home, warnings } = loaded;
        // Who serves others wants to see who came; a client that starts the server itself shows what it writes to its user.
        let serves = config.transport.0.iter().any(|transport| transport != "stdio");
        let log = match sources.contains_key("log") {
            false if serves => format!("{},call=info", config.log),
            _ => config.log.clone(),
        };
        log::start(levels(&log, &sources)?, config.log_format);
        for warning in warnings {
            tracing::warn!("{warning}");
        }
        let reached = Reached::new(options(&config), &config, &sources, home, demo).await?;
        let files = reached.ground.files(&config, &sources)?;
        let hub = Arc::new(reached.ground.hub(&config, &sources, &files)?);
        Ok(Self::of(config, sources, reached, files, hub))
    }

    /// The same of parts that stand.
    pub(super) fn of(config: Config, sources: Sources, reached: Reached, files: Files, hub: Arc<Hub>) -> Self {
        Self {
            live: Live::fixed(hub.clone()),
            hub,
            config,
            #[cfg(feature = "http")]
            service: reached.ground.account.service().clone(),
            sources,
            files,
            ground: reached.ground,
            _demo: reached.demo,
        }
    }
}

/// The account at its service.
pub(super) struct Reached {
    /// What hubs are made on.
    pub ground: Ground,
    /// Holds the demo while it is used.
    demo: Option<Demo>,
}

impl Reached {
    /// The configured account, or that of the demo, with the configuration's folder. Fails on an address or certificates that cannot be used; nothing is sent.
    pub async fn new(
        options: Options,
        config: &Config,
        sources: &Sources,
        home: Option<PathBuf>,
        demo: Option<Option<Date>>,
    ) -> anyhow::Result<Self> {
        let account = Account { now: None, options, credential: credential(config), own_id: config.athlete_id.clone() };
        let (account, demo) = match demo {
            None => (account, None),
            Some(day) => account.of_demo(day).await.map(|(account, demo)| (account, Some(demo)))?,
        };
        let Account { now, options, credential, own_id } = account;
        let service = service(options, config, sources)?;
        let metrics = Arc::new(Metrics::new(service.clone()));
        let ground = Ground { account: service.account(credential, own_id), now, metrics, home };
        Ok(Self { ground, demo })
    }
}

/// The service of these options. Fails on an address or certificates that cannot be used.
pub(super) fn service(options: Options, config: &Config, sources: &Sources) -> Result<Service, Fault> {
    let service = Service::new(options).map_err(|e| sources.fault("base_url", e.to_string(), "Correct it."))?;
    if config.ca_file.is_some() {
        service.check().map_err(|e| sources.fault("ca_file", e.to_string(), "Name a PEM file with certificates."))?;
    }
    Ok(service)
}

impl Ground {
    /// The files of the packs without Rust. Fails when the configuration names a folder that is not there.
    pub fn files(&self, config: &Config, sources: &Sources) -> Result<Files, Fault> {
        let folder = declared::folder(config.packs_dir.as_deref(), self.home.as_deref()).map_err(|problem| {
            let remedy = "Create it, or leave it out for packs.d beside config.toml.";
            sources.fault("packs_dir", problem, remedy)
        })?;
        Ok(folder.map_or_else(Files::default, |folder| Files::read(&folder)))
    }

    /// The account, for all athletes.
    pub(super) fn account(&self) -> &Intervals {
        &self.account
    }

    /// The hub that this configuration and these files wish. Fails on what the types cannot say; a faulty file is left out.
    pub fn hub(&self, config: &Config, sources: &Sources, files: &Files) -> anyhow::Result<Hub> {
        let fault = |key: &str, problem: String, remedy: &str| Fault::of(key, sources.get(key), problem, remedy);
        let mut settings = settings(config).map_err(|(key, problem, remedy)| fault(key, problem, remedy))?;
        if config.athletes.0.len() > 1 && config.athletes.0.iter().any(|id| id == "any") {
            return Err(fault("athletes", "it holds any beside ids".into(), "Use any alone, or ids alone.").into());
        }
        let mut client = self.account.clone();
        if let Some(athletes) = config.restricted_to() {
            client = client.restricted_to(athletes);
        }
        // Where no athlete can be named, whatever does without the argument is about this one too.
        if let Some(athlete) = config.fixed.get("athlete_id").and_then(serde_json::Value::as_str) {
            if !client.offers(athlete) {
                let problem = format!("{athlete} is not among athletes");
                return Err(fault("fixed.athlete_id", problem, "Add it there, or name one of them.").into());
            }
            client = client.about(athlete.into()).restricted_to([]);
        }
        let selection = Selection {
            packs: config.packs.0.clone(),
            allow: config.tools.0.clone(),
            deny: config.exclude_tools.0.clone(),
            delete_mode: config.delete_mode.into(),
            read_only: config.read_only,
        };
        let mut catalog = Catalog::linked()?.with_declared(files);
        for broken in catalog.broken.iter().flat_map(|broken| &broken.faults) {
            tracing::warn!("a pack is left out: {broken}");
        }
        if config.dynamic {
            catalog = catalog.with_meta()?;
        }
        let configuration = catalog.configure(config, sources).map_err(Faults)?;
        catalog.overrule(config, sources).map_err(Faults)?;
        (settings.now, settings.configuration) = (self.now, configuration);
        let filter = Filter::new(&catalog, &selection)
            .map_err(|unknown| fault(unknown.key, unknown.problem, "Correct it, or leave it out for the default."))?;
        let filter = narrowed(filter, &config.narrowing, &catalog);
        let mut hub = Hub::filtered(catalog, filter, settings, client, config.structured);
        if config.dynamic {
            // At its default it chooses nothing, wherever that is written.
            let chosen = config.packs != Config::default().packs;
            let start = hub.view().packs().filter(|_| chosen).cloned().collect();
            hub = hub.dynamic(start);
        }
        hub.counting(self.metrics.clone())
            .within(config.max_tool_tokens)
            .map_err(|unknown| fault(unknown.key, unknown.problem, "Allow more, or 0 for no limit.").into())
    }
}

/// The filter, narrowed by a `.env`. What that file asks for beyond it, or what names nothing, is a warning: the file may be a foreign
/// project's.
fn narrowed(filter: Filter, narrowing: &Narrowing, catalog: &Catalog) -> Filter {
    if narrowing.is_empty() {
        return filter;
    }
    let everything = || Selection { packs: vec!["all".into()], delete_mode: DeleteMode::Full, ..Selection::default() };
    let or_all = |words: &Words| if words.0.is_empty() { vec!["all".into()] } else { words.0.clone() };
    let keys = [
        ("packs", Selection { packs: or_all(&narrowing.packs), ..everything() }, !narrowing.packs.0.is_empty()),
        ("tools", Selection { allow: narrowing.tools.0.clone(), ..everything() }, !narrowing.tools.0.is_empty()),
        ("exclude_tools", Selection { deny: narrowing.exclude_tools.0.clone(), ..everything() }, false),
    ];
    let mut all = Filter::new(catalog, &everything()).ok();
    for (key, selection, limits) in keys {
        let name = format!("INTERVALS_ICU_{}", key.to_uppercase());
        match Filter::new(catalog, &selection) {
            Err(unknown) => tracing::warn!("{name} in .env is passed over: {}", unknown.problem),
            Ok(wish) => {
                if limits && wish.offers_more_than(&filter, catalog) {
                    tracing::warn!(
                        "{name} in .env asks for more than is configured, which is passed over: {ELSEWHERE}"
                    );
                }
                all = all.map(|all| all.and(wish));
            }
        }
    }
    match all {
        Some(all) => filter.and(all),
        None => filter,
    }
}

/// Whose data is served, from where, and when.
struct Account {
    /// The demo's clock.
    now: Option<Timestamp>,
    options: Options,
    credential: Credential,
    own_id: Option<String>,
}

impl Account {
    /// The demo athlete instead, on `day` or their own today.
    #[cfg(feature = "demo")]
    async fn of_demo(self, day: Option<Date>) -> anyhow::Result<(Self, Demo)> {
        possible(Some(day))?;
        let demo = crate::demo::start(day).await?;
        let account = Self {
            now: demo.now,
            options: self.options.with_base_url(&demo.service.url),
            credential: Credential::ApiKey(intervals_demo::KEY.into()),
            own_id: None,
        };
        Ok((account, demo))
    }

    #[cfg(not(feature = "demo"))]
    async fn of_demo(self, _: Option<Date>) -> anyhow::Result<(Self, Demo)> {
        anyhow::bail!(NO_DEMO)
    }
}

/// Whether there is a demo of that day, if one is wanted.
#[cfg(feature = "demo")]
pub(super) fn possible(demo: Option<Option<Date>>) -> anyhow::Result<()> {
    match demo.flatten().filter(|day| !crate::demo::possible(*day)) {
        Some(day) => anyhow::bail!("--demo={day}: the demo goes from 2010 to 2099; use a date such as 2026-07-05"),
        None => Ok(()),
    }
}

#[cfg(not(feature = "demo"))]
pub(super) fn possible(demo: Option<Option<Date>>) -> anyhow::Result<()> {
    match demo {
        Some(_) => anyhow::bail!(NO_DEMO),
        None => Ok(()),
    }
}

#[cfg(not(feature = "demo"))]
const NO_DEMO: &str = "--demo is not in this build; build it with --features demo";

/// Holds the demo's server while it is used.
#[cfg(feature = "demo")]
type Demo = crate::demo::Demo;
#[cfg(not(feature = "demo"))]
type Demo = std::convert::Infallible;

/// The levels of the log, or what is wrong with them.
pub(super) fn levels(log: &str, sources: &Sources) -> Result<Targets, Fault> {
    let remedy = "Use off, error, warn, info, debug or trace, or target=level.";
    config::levels(log).map_err(|problem| Fault::of("log", sources.get("log"), problem, remedy))
}

fn settings(config: &Config) -> Result<Settings, (&'static str, String, &'static str)> {
    let timezone = match config.timezone.as_deref() {
        None | Some("") => None,
        Some(name) => {
            let remedy = "Use an IANA name, such as Europe/Zurich, or leave it out for the athlete's own.";
            Some(TimeZone::get(name).map_err(|e| ("timezone", e.to_string(), remedy))?)
        }
    };
    if let Some(folder) = config.download_dir.as_deref().filter(|folder| !folder.is_dir()) {
        let problem = format!("{} is not a folder", folder.display());
        return Err(("download_dir", problem, "Create it, or leave it out to save nothing."));
    }
    if config.deadline == 0 {
        return Err(("deadline", "0 s leaves no time for an answer".into(), "Use 30."));
    }
    let mut settings = Settings::default();
    settings.coach = config.coach;
    settings.units = config.units.fixed().map(Into::into);
    settings.timezone = timezone;
    settings.delete_mode = config.delete_mode.into();
    settings.json_text = config.answer == AnswerForm::Json;
    settings.download_dir = config.download_dir.clone();
    settings.deadline = Duration::from_secs(config.deadline);
    Ok(settings)
}

/// How the configuration treats the service.
pub(super) fn options(config: &Config) -> Options {
    Options::at(&config.base_url)
        .with_rate(config.rate)
        .with_burst(NonZeroU32::new(config.burst).unwrap_or(NonZeroU32::MIN))
        .with_ca_file(config.ca_file.clone())
        .with_cache(Duration::from_secs(config.cache))
}

/// What the configuration proves itself with.
pub(super) fn credential(config: &Config) -> Credential {
    let given = |secret: &Option<Secret>| secret.as_ref().and_then(Secret::reveal);
    match (given(&config.api_key), given(&config.access_token)) {
        (Some(key), _) => Credential::ApiKey(key),
        (None, Some(token)) => Credential::AccessToken(token),
        (None, None) => Credential::None,
    }
}
