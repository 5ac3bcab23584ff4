//! Notes about stored values that another layer of the configuration overrides.
use intervals_settings::{Layer, Places, Secret, credentials::Keychain, load_with};
use secrecy::{ExposeSecret, SecretString};

use super::Choices;
use crate::start::StartError;

/// One line for each overridden value, with the source that overrides it. `is_dotenv`: the values are in a `.env`.
pub fn lines(
    places: Places,
    key: &SecretString,
    choices: &Choices,
    is_dotenv: bool,
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
    // A `.env` narrows the packs that are configured, and does not replace them.
    let narrows = |key: &str| key == "packs" && choices.packs.as_ref() == Some(&loaded.config.narrowing.packs);
    for (key, _) in choices.different_from(&loaded.config).into_iter().filter(|(key, _)| !narrows(key)) {
        let value = rows.iter().find(|(known, _)| known == key).map(|(_, value)| value.to_string());
        let value = value.unwrap_or_default();
        lines.push(if is_dotenv && !loaded.sources.contains_key(key) {
            let variable = format!("INTERVALS_ICU_{}", key.to_uppercase());
            format!("Note: {key} stays {value}: a .env can only allow less. Set {variable} in the environment, or {key} in config.toml.")
        } else {
            format!("Note: {key} stays {value}: {} overrides it.", source(key))
        });
    }
    Ok(lines)
}
