//! Checks whether the configuration can be used, and lists its layers.
use std::{collections::BTreeMap, path::PathBuf};

use intervals_settings::{Config, Fault, Layer, Loaded, Places, Source, Sources, load};

use super::Check;
use crate::{cli::log_levels, start::StartError};

/// The faults of a configuration, and the layer that was left out to read the rest.
pub struct Broken {
    faults: Vec<Fault>,
    without: &'static str,
}

/// Reads the configuration. If that fails, reads it without the faulty layer, so that the rest can be checked.
pub fn read(places: &Places, flags: Layer) -> (Loaded, Option<Broken>) {
    let faults = match load(places.clone(), flags.clone()) {
        Ok(loaded) => return (loaded, None),
        Err(faults) => faults,
    };
    let nothing = || Layer::command_line([]);
    let no_file = |places: Places| Places { file: None, platform_file: None, ..places };
    let no_dotenv = |places: Places| Places { dotenv: PathBuf::new(), ..places };
    let no_environment = |places: Places| Places { environment: vec![], ..places };
    let tries = [
        ("the command line", places.clone(), nothing()),
        ("the configuration file", no_file(places.clone()), flags.clone()),
        (".env", no_dotenv(places.clone()), flags.clone()),
        ("the environment", no_environment(places.clone()), flags),
        ("any layer", no_environment(no_dotenv(no_file(places.clone()))), nothing()),
    ];
    let read = |(without, places, flags)| Some((load(places, flags).ok()?, without));
    let defaults = || Loaded { config: Config::default(), sources: Sources::default(), home: None, warnings: vec![] };
    let (loaded, without) = tries.into_iter().find_map(read).unwrap_or_else(|| (defaults(), "any layer"));
    (loaded, Some(Broken { faults, without }))
}

/// One check for each fault; without faults, one that lists the layers.
pub fn check<'a>(
    places: &Places,
    config: &Config,
    sources: &Sources,
    broken: Option<Broken>,
    errors: impl Iterator<Item = &'a StartError>,
) -> Vec<Check> {
    let mut checks = vec![];
    if let Some(Broken { faults, without }) = broken {
        checks.extend(faults.iter().map(failed));
        checks.push(Check::warn("configuration", format!("the following checks run without {without}"), None));
    }
    checks.extend(log_levels(&config.log, sources).err().iter().map(failed));
    checks.extend(errors.flat_map(StartError::faults).map(|fault| failed(&fault)));
    if checks.is_empty() {
        checks.push(Check::pass("configuration", layers(places, sources)));
    }
    checks
}

fn failed(fault: &Fault) -> Check {
    let detail = format!("{}: {}", fault.place, fault.problem.trim_end_matches('.'));
    Check::fail("configuration", detail, &fault.remedy)
}

/// The layers, each with the keys or variables that it sets.
fn layers(places: &Places, sources: &Sources) -> String {
    let mut layers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let file = places.file_in_use().map(|file| file.display().to_string());
    for (key, source) in sources.iter() {
        let (layer, word) = match source {
            Source::Environment(variable) => ("environment".into(), variable.clone()),
            Source::Dotenv(variable) => (".env".into(), variable.clone()),
            Source::Flag(_) => ("command line".into(), source.to_string()),
            Source::File(file) => (file.display().to_string(), key.clone()),
            // A stored key has a check of its own.
            Source::Credentials(_) | Source::Keychain(..) => continue,
        };
        layers.entry(layer).or_default().push(word);
    }
    let without = match (&file, &places.platform_file) {
        (Some(file), _) if layers.contains_key(file) => None,
        (Some(file), _) => Some(format!("{file}: sets nothing")),
        (None, Some(place)) => Some(format!("no {}", place.display())),
        (None, None) => Some("no configuration folder".into()),
    };
    let layers = layers.iter().map(|(layer, words)| format!("{layer}: {}", words.join(", ")));
    without.into_iter().chain(layers).collect::<Vec<_>>().join("; ")
}

/// Checks that all `INTERVALS_ICU_` variables are known, from the warnings about them.
pub fn variables(warnings: &[String]) -> Check {
    match warnings {
        [] => Check::pass("variables", "each INTERVALS_ICU_ variable is known"),
        _ => Check::warn("variables", warnings.join("; "), Some("Correct or remove them; `config` lists all keys.")),
    }
}
