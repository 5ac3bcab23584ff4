//! Sections `[pack.<name>]` of the configuration, which packs read themselves.
use intervals_core::{
    config::{ConfigError, ConfigTable, Configuration},
    nearest,
};

use intervals_settings::{Config, Fault, Sources};

use super::Catalog;
use crate::{known, spelling::hint};

impl Catalog {
    /// Configures each pack with its section. Returns the values that the packs read.
    ///
    /// # Errors
    /// All faults of the sections: unknown packs and keys, and values that a pack refuses.
    pub fn configure(&mut self, config: &Config, sources: &Sources) -> Result<Configuration, Vec<Fault>> {
        // A configuration may be used with several builds: a section for a pack of another build is ignored.
        let is_known = |name: &str| known::is_pack(name) || self.absent.has_pack(name);
        let unknown = |name: &&String| !self.packs.contains_key(name.as_str()) && !is_known(name);
        let mut faults: Vec<_> = config
            .pack
            .keys()
            .filter(unknown)
            .map(|name| {
                let packs = self.packs.keys().map(|name| &**name);
                let problem = format!("there is no pack {name}{}", hint(name, packs));
                sources.fault(&format!("pack.{name}"), problem, "Correct the name; `packs` lists them.")
            })
            .collect();
        let mut all = Configuration::default();
        for (name, linked) in &mut self.packs {
            let mut section = ConfigTable::new(config.pack.get(&**name).cloned().unwrap_or_default());
            match linked.pack.configure(&mut section).and_then(|()| section.finish()) {
                Ok(configuration) => all.extend(configuration),
                Err(wrong) => faults.push(fault(name, wrong, &section, sources)),
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(faults) }
    }
}

/// Converts a pack's error into a fault.
fn fault(pack: &str, ConfigError { key, error, .. }: ConfigError, section: &ConfigTable, sources: &Sources) -> Fault {
    let known: Vec<_> = section.known().map(|(key, _)| key.as_str()).collect();
    let near = if known.contains(&key.as_str()) { None } else { nearest(&key, known) };
    let remedy = near.map_or(error.advice, |near| format!("Did you mean {near}?"));
    let dot = if key.is_empty() { "" } else { "." };
    sources.fault(&format!("pack.{pack}{dot}{key}"), error.problem, remedy)
}

#[cfg(test)]
mod tests {
    use intervals_core::{
        Error, Pack, Result, ToolPack,
        config::PackConfig,
        registry::{StaticOrShared, ToolDef},
    };
    use rstest::rstest;
    use schemars::JsonSchema;
    use serde::Deserialize;
    use serde_json::json;

    use intervals_settings::Source;

    use super::*;

    #[derive(Default, Deserialize, JsonSchema)]
    #[serde(default)]
    struct Own {
        limit: u32,
    }

    impl PackConfig for Own {
        fn check(&self) -> Result<(), ConfigError> {
            match self.limit {
                0..=500 => Ok(()),
                _ => Err(ConfigError::new("limit", Error::new("it is too great", "Use 500."))),
            }
        }
    }

    struct Reads;
    impl ToolPack for Reads {
        fn configure(&mut self, section: &mut ConfigTable) -> Result<(), ConfigError> {
            section.read::<Own>().map(drop)
        }
    }

    struct Forgets;
    impl ToolPack for Forgets {
        fn configure(&mut self, _: &mut ConfigTable) -> Result<(), ConfigError> {
            Ok(())
        }
    }

    struct Plain;
    impl ToolPack for Plain {}

    const fn card(name: &'static str, build: fn() -> Box<dyn ToolPack>) -> Pack {
        Pack { krate: name, name, about: "A test's.", default: true, build }
    }

    static PACKS: [Pack; 3] =
        [card("reads", || Box::new(Reads)), card("forgets", || Box::new(Forgets)), card("plain", || Box::new(Plain))];

    fn configure(pack: &str, values: serde_json::Value) -> Result<Configuration, Vec<Fault>> {
        let mut catalog = Catalog::of(&PACKS, [] as [StaticOrShared<ToolDef>; 0]).unwrap();
        let values = values.as_object().cloned().unwrap();
        let config = Config { pack: [(pack.to_owned(), values)].into(), ..Config::default() };
        let sources = [(format!("pack.{pack}.limit"), Source::File("the file".into()))];
        catalog.configure(&config, &Sources::from_iter(sources))
    }

    #[rstest]
    #[case("reads", "limt", "pack.reads.limt (default): there is no such key. Did you mean limit?")]
    #[case("reads", "x", "pack.reads.x (default): there is no such key. Use limit.")]
    #[case("reads", "limit", "pack.reads.limit (the file): it is too great. Use 500.")]
    #[case("plain", "limit", "pack.plain.limit (the file): there is no such key. Remove it: this pack has no keys.")]
    #[case("forgets", "limit", "pack.forgets.limit (the file): there is no such key.")]
    #[case("raeds", "limit", "pack.raeds (the file): there is no pack raeds (did you mean reads?). Correct the name;")]
    fn a_fault_of_a_section_names_key_and_source(#[case] pack: &str, #[case] key: &str, #[case] expected: &str) {
        let faults = configure(pack, json!({key: 501})).err().unwrap();
        assert!(faults.len() == 1 && faults[0].to_string().starts_with(expected), "{faults:?}");
    }

    #[test]
    fn a_section_of_a_pack_of_another_build_is_ignored() {
        configure("reads", json!({"limit": 500})).unwrap();
        if let Some(other) = known::packs().first() {
            configure(other, json!({"limit": 1})).unwrap();
        }
    }
}
