//! The configuration section of a pack, and the extractor that gives it to the pack's tools.
use std::{ops::Deref, sync::Arc};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    Call, Error, FromCall, JsonMap, Result, Settings, arguments, client::decode, configuration::Configuration, schema,
};

/// The keys of a pack's section, `[pack.<name>]`, as the pack's own type. Each field is a key; the manual has its doc comment, type
/// and default. `#[serde(default)]` on the type makes every key optional.
pub trait PackConfig: Default + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// Validates what the type cannot express: fails on values that cannot be used.
    fn check(&self) -> Result<(), ConfigError> {
        Ok(())
    }

    /// Adapts the input schema of a tool that takes [`FromConfig`] to the values, such as an argument's default.
    fn describe(&self, _input: &mut JsonMap) {}
}

/// The error of a key that cannot be used.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ConfigError {
    /// The key; empty for the section as a whole.
    pub key: String,
    /// The problem and the next move.
    pub error: Error,
}

impl ConfigError {
    /// An error of this key.
    pub fn new(key: impl Into<String>, error: Error) -> Self {
        Self { key: key.into(), error }
    }
}

/// The configuration section of a pack, passed to [`ToolPack::configure`](crate::ToolPack::configure).
#[derive(Default)]
pub struct ConfigTable {
    values: JsonMap,
    keys: JsonMap,
    configuration: Configuration,
}

impl ConfigTable {
    /// A section with these values.
    pub fn new(values: JsonMap) -> Self {
        Self { values, ..Self::default() }
    }

    /// Reads the section as the pack's own type, in all forms of arguments. The pack's tools take it as [`FromConfig`]. Fails on an
    /// unknown key.
    pub fn read<T: PackConfig>(&mut self) -> Result<Arc<T>, ConfigError> {
        self.keys = schema::input::<T>();
        self.refuse()?;
        arguments::fit(&mut self.values, &self.keys);
        let text = Value::Object(std::mem::take(&mut self.values)).to_string();
        let keys: T = decode::own(&text).map_err(|(place, reason)| {
            let key = if place == "." { String::new() } else { place };
            ConfigError::new(key, Error::new(arguments::plainly(&reason), "Correct the value."))
        })?;
        keys.check()?;
        let keys = Arc::new(keys);
        self.configuration.insert(keys.clone());
        Ok(keys)
    }

    /// Fails on a key that the pack did not read.
    pub(crate) fn refuse(&self) -> Result<(), ConfigError> {
        let known: Vec<_> = self.known().map(|(name, _)| name.as_str()).collect();
        let Some(unknown) = self.values.keys().find(|key| !known.contains(&key.as_str())) else { return Ok(()) };
        let remedy = match known.as_slice() {
            [] => "Remove it: this pack has no keys.".into(),
            known => format!("Use {}.", known.join(", ")),
        };
        Err(ConfigError::new(unknown, Error::new("there is no such key", remedy)))
    }

    /// The keys that the pack reads, with their schemas: description, type, default. Empty before the pack has read the section.
    pub fn known(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.keys.get("properties").and_then(Value::as_object).into_iter().flatten()
    }

    /// The configuration that the pack has read. Fails on a key that the pack did not read.
    pub fn finish(&mut self) -> Result<Configuration, ConfigError> {
        self.refuse()?;
        Ok(std::mem::take(&mut self.configuration))
    }
}

/// Extracts the pack's section of the configuration, or its defaults.
pub struct FromConfig<T>(Arc<T>);

impl<T> Deref for FromConfig<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: PackConfig> FromCall for FromConfig<T> {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self(call.settings.configuration.get()))
    }

    fn describe(settings: &Settings, input: &mut JsonMap) {
        settings.configuration.get::<T>().describe(input);
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;
    use crate::ToolPack;

    #[derive(Debug, Default, PartialEq, Deserialize, JsonSchema)]
    #[serde(default)]
    struct Own {
        limit: usize,
        words: Vec<String>,
    }

    impl PackConfig for Own {
        fn check(&self) -> Result<(), ConfigError> {
            match self.limit {
                13 => Err(ConfigError::new("limit", Error::new("13 brings bad luck", "Use 12."))),
                _ => Ok(()),
            }
        }
    }

    fn section(values: Value) -> ConfigTable {
        ConfigTable::new(values.as_object().cloned().unwrap())
    }

    #[rstest]
    #[case(json!({"limit": 3, "words": ["a", "b"]}))]
    #[case::of_the_environment(json!({"limit": "3", "words": "a, b"}))]
    fn a_section_is_read_as_the_packs_own_type(#[case] values: Value) {
        let mut section = section(values);
        let expected = Own { limit: 3, words: vec!["a".into(), "b".into()] };
        assert_eq!(*section.read::<Own>().unwrap(), expected);
        assert_eq!(section.known().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["limit", "words"]);
        assert_eq!(*section.finish().unwrap().get::<Own>(), expected);
    }

    #[rstest]
    #[case(json!({"limt": 3}), "limt", "there is no such key. Use limit, words.")]
    #[case(json!({"limit": -1}), "limit", "invalid value")]
    #[case(json!({"words": [{}]}), "words", "invalid type")]
    #[case(json!({"limit": 13}), "limit", "13 brings bad luck. Use 12.")]
    fn what_cannot_be_used_names_the_key(#[case] values: Value, #[case] key: &str, #[case] expected: &str) {
        let wrong = section(values).read::<Own>().unwrap_err();
        assert_eq!(wrong.key, key);
        assert!(wrong.error.to_string().starts_with(expected), "{}", wrong.error);
    }

    #[test]
    fn a_pack_without_keys_refuses_any() {
        struct Plain;
        impl ToolPack for Plain {}
        let wrong = Plain.configure(&mut section(json!({"limit": 3}))).unwrap_err();
        assert_eq!((wrong.key.as_str(), wrong.error.advice.as_str()), ("limit", "Remove it: this pack has no keys."));
        Plain.configure(&mut ConfigTable::default()).unwrap();
    }

    #[test]
    fn without_a_section_a_tool_has_the_defaults() {
        assert_eq!(*Configuration::default().get::<Own>(), Own::default());
    }
}
