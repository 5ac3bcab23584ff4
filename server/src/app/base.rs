//! The parts that a configuration change keeps, and the hub that is built from them and a configuration.
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

/// The parts that a configuration change keeps.
#[derive(Clone)]
pub struct Base {
    /// The account and its caches, not restricted to any athletes.
    pub account: Intervals,
    /// The fixed time of the demo.
    pub now: Option<Timestamp>,
    /// The metrics, shared by all hubs.
    pub metrics: Arc<dyn Metrics>,
    /// The folder of the configuration file, which need not exist.
    pub home: Option<PathBuf>,
}

impl Base {
    /// Reads the packs without Rust. Fails if the configured folder does not exist.
    pub fn files(&self, config: &Config, sources: &Sources) -> Result<PackFiles, Fault> {
        let folder = declared::folder(config.packs_dir.as_deref(), self.home.as_deref()).map_err(|problem| {
            let remedy = "Create it, or remove the key to use packs.d next to config.toml.";
            sources.fault("packs_dir", problem, remedy)
        })?;
        Ok(folder.map_or_else(PackFiles::default, |folder| PackFiles::read(&folder)))
    }

    /// Builds the hub of this configuration and these packs. Fails on an invalid value; leaves out a pack whose file is faulty.
    pub fn hub(&self, config: &Config, sources: &Sources, files: &PackFiles) -> Result<Hub, StartError> {
        let fault = |key: &str, problem: String, remedy: &str| sources.fault(key, problem, remedy);
        let mut settings = settings(config).map_err(|(key, problem, remedy)| fault(key, problem, remedy))?;
        if config.athletes.0.len() > 1 && config.athletes.0.iter().any(|id| id == "any") {
            return Err(fault("athletes", "any cannot be combined with ids".into(), "Use any alone, or ids.").into());
        }
        let mut client = self.account.clone();
        if let Some(athletes) = config.restricted_to() {
            client = client.restricted_to(athletes);
        }
        // Tools without the argument act on this athlete too, since a call can name no other.
        if let Some(athlete) = config.fixed.get("athlete_id").and_then(serde_json::Value::as_str) {
            if !client.offers(athlete) {
                let problem = format!("athletes does not list {athlete}");
                return Err(fault("fixed.athlete_id", problem, "Add it to athletes, or use one from there.").into());
            }
            client = client.about(athlete.into()).restricted_to([]);
        }
        let selection = Selection::from(config);
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
            .map_err(|unknown| fault(unknown.key, unknown.problem, "Correct it, or remove it to use the default."))?;
        let filter = narrowed(filter, &config.narrowing, &catalog);
        let mut hub = Hub::filtered(catalog, filter, settings, client, config.structured);
        if config.dynamic {
            // The default value selects no pack, even when it is written out.
            let selected = config.packs != Config::default().packs;
            let start = hub.view().packs().filter(|_| selected).cloned().collect();
            hub = hub.dynamic(start);
        }
        hub.counting(self.metrics.clone())
            .within(config.max_tool_tokens)
            .map_err(|unknown| fault(unknown.key, unknown.problem, "Allow more, or set 0 for no limit.").into())
    }
}

/// Narrows the filter by the values of a `.env`. An unknown name, or a value that allows more than the filter, is only a warning:
/// the file may belong to another project.
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
            Ok(requested) => {
                if limits && requested.offers_more_than(&filter, catalog) {
                    tracing::warn!(
                        "{name} in .env allows more than is configured; the difference is ignored: {DOTENV_REMEDY}"
                    );
                }
                all = all.map(|all| all.and(requested));
            }
        }
    }
    match all {
        Some(all) => filter.and(all),
        None => filter,
    }
}

/// The settings of calls. Fails with the key, the problem and the remedy.
fn settings(config: &Config) -> Result<Settings, (&'static str, String, &'static str)> {
    let timezone = match config.timezone.as_deref() {
        None | Some("") => None,
        Some(name) => {
            let remedy = "Use an IANA name, such as Europe/Zurich, or remove it to use the athlete's own.";
            Some(TimeZone::get(name).map_err(|e| ("timezone", e.to_string(), remedy))?)
        }
    };
    if let Some(folder) = config.download_dir.as_deref().filter(|folder| !folder.is_dir()) {
        let problem = format!("{} is not a folder", folder.display());
        return Err(("download_dir", problem, "Create it, or remove the key to save no files."));
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
