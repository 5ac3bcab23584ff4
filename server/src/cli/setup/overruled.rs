//! What was stored and does not hold, since another layer goes before it.
use intervals_settings::{Layer, Places, Secret, credentials::Keychain, load_with};
use secrecy::{ExposeSecret, SecretString};

use super::Choices;
use crate::start::StartError;

/// A line for each, with the layer.
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
        Some(_) => lines.push(format!("Note: another API key goes before it: {}.", source("api_key"))),
        None if loaded.config.access_token.is_some() => {
            lines.push(format!("Note: an access token goes before it: {}.", source("access_token")));
        }
        None if loaded.config.caller_credentials => {
            lines.push(format!(
                "Note: callers bring their own keys ({}), and this one is not used.",
                source("caller_credentials")
            ));
        }
        None => lines.extend(loaded.warnings.iter().map(|warning| format!("Note: {warning}"))),
    }
    let rows = loaded.config.rows();
    for (key, _) in choices.beyond(&loaded.config) {
        let holds = rows.iter().find(|(known, _)| known == key).map(|(_, value)| value.to_string());
        lines.push(format!("Note: {key} stays {}: {} goes before it.", holds.unwrap_or_default(), source(key)));
    }
    Ok(lines)
}
