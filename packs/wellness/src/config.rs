//! Configuration of this pack.
use intervals_core::{
    JsonMap, Result,
    config::{ConfigError, PackConfig},
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::fields;

#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Columns that icu_get_wellness_data answers with when a call names none, such as ["hrv", "sleep", "weight"]; empty is all.
    pub fields: Vec<String>,
}

impl PackConfig for Config {
    fn check(&self) -> Result<(), ConfigError> {
        fields::upstream(&self.fields).map(drop).map_err(|error| ConfigError::new("fields", error))
    }

    /// Shows the configured columns as the default of `fields`.
    fn describe(&self, input: &mut JsonMap) {
        let fields = input.get_mut("properties").and_then(|properties| properties.get_mut("fields"));
        if let Some(default) = fields.and_then(|fields| fields.get_mut("default")) {
            *default = self.fields.as_slice().into();
        }
    }
}
