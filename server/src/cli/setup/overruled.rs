//! Notes about stored values that another layer of the configuration overrides.
use intervals_settings::{Layer, Places, Secret, credentials::Keychain, load_with};
use secrecy::{ExposeSecret, SecretString};

use super::Choices;
use crate::start::StartError;

/// One line for each overridden value, with the source that overrides it.
pub fn lines(
    places: Places,
    key: &SecretString,
    choices: &Choices,
    keychain: &dyn Keychain,
) -> anyhow::Result<Vec<String>> {
    let loaded = load_with(places, Layer::command_line([]), keychain).map_err(StartError::from)?;
    let source = |key: &str| loaded.sources.get(key).map_or_else(|| "the default".into(), ToString::to_string);
    let mut lines = vec![];
    match loaded.config.api_key.as_ref().and_then(Secret::reveal) {
        Some(found) if found.expose_secret() == key.expose_secret() => {}
        Some(_) => lines.push(format!("Note: another API key overrides it: {}.", source("api_key"))),
        None if loaded.config.access_token.is_some() => {
            lines.push(format!("Note: an access token overrides it: {}.", source("access_token")));
        }
        None if loaded.config.caller_credentials => {
            lines.push(format!(
                "Note: callers send their own keys ({}), and this one is not used.",
                source("caller_credentials")
            ));
        }
        None => lines.extend(loaded.warnings.iter().map(|warning| format!("Note: {warning}"))),
    }
    let rows = loaded.config.rows();
    for (key, _) in choices.different_from(&loaded.config) {
        let value = rows.iter().find(|(known, _)| known == key).map(|(_, value)| value.to_string());
        lines.push(format!("Note: {key} stays {}: {} overrides it.", value.unwrap_or_default(), source(key)));
    }
    Ok(lines)
}
