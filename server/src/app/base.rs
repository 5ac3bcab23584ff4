//! What stays while the configuration changes, and the hub that a configuration makes of it.
use std::{path::PathBuf, sync::Arc, time::Duration};

use intervals_catalog::{Catalog, Filter, Selection};
use intervals_core::{DeleteMode, Intervals, Settings};
use intervals_declared::{self as declared, PackFiles};
use intervals_mcp::{Hub, Metrics, about_tools};
use intervals_settings::{
    Config, DOTENV_REMEDY, Fault, Sources, Words,
    config::{AnswerForm, Narrowing},
};
use jiff::{Timestamp, tz::TimeZone};

use crate::start::StartError;

/// What stays while the configuration changes.
#[derive(Clone)]
pub struct Base {
    /// The account, with its caches, for all athletes.
    pub account: Intervals,
    /// The demo's clock.
    pub now: Option<Timestamp>,
    /// What is counted, whichever hub it is asked of.
    pub metrics: Arc<dyn Metrics>,
    /// The folder of the configuration file, whether or not there is one.
    pub home: Option<PathBuf>,
}

impl Base {
    /// The files of the packs without Rust. Fails when the configuration names a folder that is not there.
    pub fn files(&self, config: &Config, sources: &Sources) -> Result<PackFiles, Fault> {
        let folder = declared::folder(config.packs_dir.as_deref(), self.home.as_deref()).map_err(|problem| {
            let remedy = "Create it, or leave it out for packs.d beside config.toml.";
            sources.fault("packs_dir", problem, remedy)
        })?;
        Ok(folder.map_or_else(PackFiles::default, |folder| PackFiles::read(&folder)))
    }

    /// The hub that this configuration and these files wish. Fails on what the types cannot say; a faulty file is left out.
    pub fn hub(&self, config: &Config, sources: &Sources, files: &PackFiles) -> Result<Hub, StartError> {
        let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
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
        let tools = about_tools::tools();
        let catalog = Catalog::linked()?.with_tools_about_tools(&about_tools::CARD, tools, config.dynamic)?;
        let mut catalog = files.join(catalog);
        for broken in catalog.broken.iter().flat_map(|broken| &broken.faults) {
            tracing::warn!("a pack is left out: {broken}");
        }
        let configuration = catalog.configure(config, sources)?;
        catalog.apply_overrides(config, sources)?;
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
                        "{name} in .env asks for more than is configured, which is passed over: {DOTENV_REMEDY}"
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
