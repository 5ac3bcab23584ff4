//! Checks which key is used, where it comes from, and whether others can read it.
use intervals_settings::{Config, Places, Secret, Source, Sources, files::open_to_others};
use secrecy::ExposeSecret;

use super::Check;

const SETUP: &str = "Run `intervals-icu-mcp setup`.";

/// `warnings` are those about a stored key.
pub fn check(places: &Places, config: &Config, sources: &Sources, warnings: Vec<String>, demo: bool) -> Vec<Check> {
    let mut checks: Vec<_> = warnings.iter().map(|warning| warned(warning)).collect();
    if demo {
        checks.push(Check::pass("credentials", "those of the demo"));
        return checks;
    }
    let given = |secret: &Option<Secret>| secret.as_ref().and_then(Secret::reveal);
    let source = |key: &str| sources.name(key);
    match (given(&config.api_key), given(&config.access_token)) {
        _ if config.caller_credentials => checks.push(Check::pass("credentials", "callers send their own key")),
        (None, None) => {
            checks.push(Check::fail("credentials", "neither an API key nor an access token is configured", SETUP))
        }
        (key, token) => {
            let (key, what) = match &key {
                Some(_) => ("api_key", "API key"),
                None => ("access_token", "access token"),
            };
            let both = given(&config.api_key).is_some() && token.is_some();
            let secret = given(&config.api_key).or(token);
            let secret = secret.as_ref().map(|secret| secret.expose_secret()).unwrap_or_default();
            let detail = format!("{what} from {}", source(key));
            checks.push(if is_placeholder(secret) {
                Check::fail("credentials", format!("{detail} is not filled in"), SETUP)
            } else if both {
                let remedy = format!("Remove one of them; the access token is from {}.", source("access_token"));
                Check::warn("credentials", format!("{detail} is used, and the access token is not"), Some(&remedy))
            } else {
                Check::pass("credentials", detail)
            });
            checks.extend(sources.get(key).and_then(|source| readable(places, source)));
        }
    }
    checks
}

/// A check from a warning: its last sentence is the remedy.
fn warned(warning: &str) -> Check {
    match warning.rsplit_once(". ") {
        Some((detail, remedy)) => Check::warn("credentials", detail, Some(remedy)),
        None => Check::warn("credentials", warning, Some(SETUP)),
    }
}

/// Whether this is the placeholder of a template or an example.
fn is_placeholder(secret: &str) -> bool {
    let lower = secret.to_lowercase();
    secret.contains(['$', '{', '<', ' ']) || lower.starts_with("your") || lower.contains("api_key")
}

/// A warning if others can read the config.toml or `.env` with the key. The file of a stored key was checked when it was read.
fn readable(places: &Places, source: &Source) -> Option<Check> {
    let file = match source {
        Source::File(file) => file,
        Source::Dotenv(_) => &places.dotenv,
        _ => return None,
    };
    let mode = open_to_others(file)?;
    let place = file.display();
    let remedy = format!("Run `chmod 600 {place}`, or keep the key elsewhere with `intervals-icu-mcp setup`.");
    Some(Check::warn("credentials", format!("others can read {place} (mode {mode:o})"), Some(&remedy)))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("${user_config.api_key}", true)]
    #[case("your-api-key", true)]
    #[case("<key>", true)]
    #[case("INTERVALS_ICU_API_KEY", true)]
    #[case("0a1b2c3d4e5f6g7h", false)]
    #[case("demo", false)]
    fn a_placeholder_is_no_key(#[case] secret: &str, #[case] expected: bool) {
        assert_eq!(is_placeholder(secret), expected);
    }
}
