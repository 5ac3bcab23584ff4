//! The API key: its form, and whose it is.
use std::{fmt, io, sync::Arc, time::Duration};

use intervals_core::{
    ClientError, Intervals,
    client::{AthleteProfile, Credential, Service},
};
use secrecy::SecretString;
use tokio::{
    runtime::{Builder, Runtime},
    time::timeout,
};

use super::Terminal;

/// How often a key is asked for.
const TRIES: usize = 3;
/// How long the service may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longer is something else.
const LONGEST: usize = 200;

/// A key, and whose it is when that was asked.
pub struct Key {
    pub secret: SecretString,
    pub owner: Option<Arc<AthleteProfile>>,
}

/// The key in a text that somebody typed or handed in. Fails with what is wrong with it, without repeating it.
pub fn parse(text: &str) -> Result<SecretString, String> {
    let key = text.trim();
    if key.is_empty() {
        return Err("there is no key".into());
    }
    if key.len() > LONGEST || !key.bytes().all(|b| b.is_ascii_graphic()) || key.contains(['\'', '"', '\\']) {
        return Err("this is no API key: one is a single word of letters and digits".into());
    }
    let digits = key.strip_prefix('i').unwrap_or(key);
    if digits.len() < 12 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err("this is an athlete's id; the API key is the longer text that stands below it".into());
    }
    Ok(key.into())
}

/// How a key is handed in where nobody can be asked.
pub fn how_to_hand_in(name: &str, interactive: bool) -> String {
    let why = if interactive { "no API key is configured" } else { "setup asks questions, and this is no terminal" };
    format!(
        "{why}. Hand the key in: `{name} setup --key-stdin < FILE`, or set INTERVALS_ICU_API_KEY and run `{name} setup --yes`"
    )
}

/// Asks for a key until the service accepts one, a few times. `None` when it accepts none.
pub fn ask(
    terminal: &mut dyn Terminal,
    checker: Option<&Checker>,
    known: Option<(SecretString, String)>,
) -> io::Result<Option<Key>> {
    let question = match &known {
        Some((_, source)) => format!("API key (hidden; Enter for the one in {source}): "),
        None => "API key (hidden): ".into(),
    };
    for left in (0..TRIES).rev() {
        let typed = terminal.ask_hidden(&question)?;
        let secret = match (parse(&typed), &known) {
            (_, Some((known, _))) if typed.trim().is_empty() => known.clone(),
            (Ok(secret), _) => secret,
            (Err(problem), _) => {
                terminal.say(&format!("{}.{}", sentence(&problem), again(left)))?;
                continue;
            }
        };
        let Some(checker) = checker else { return Ok(Some(Key { secret, owner: None })) };
        loop {
            match checker.owner(&secret) {
                Ok(owner) => return greet(terminal, secret, owner).map(Some),
                Err(error) if is_wrong(&error) => {
                    let where_from = "It may have been copied in part, or replaced since.";
                    terminal.say(&format!("Intervals.icu does not accept this key. {where_from}{}", again(left)))?;
                    break;
                }
                Err(error) => {
                    terminal.say(&format!("{} The key may be right: it could not be checked.", said(&error)))?;
                    if !terminal.confirm("Try again?", true)? {
                        terminal.say("Nothing was stored. --no-check stores a key without asking the service.")?;
                        return Ok(None);
                    }
                }
            }
        }
    }
    terminal.say("Nothing was stored.")?;
    Ok(None)
}

/// Checks a key that was handed in. `None` when it cannot be taken.
pub fn check(terminal: &mut dyn Terminal, checker: Option<&Checker>, secret: SecretString) -> io::Result<Option<Key>> {
    let Some(checker) = checker else { return Ok(Some(Key { secret, owner: None })) };
    match checker.owner(&secret) {
        Ok(owner) => greet(terminal, secret, owner).map(Some),
        Err(error) => {
            let why = match is_wrong(&error) {
                true => {
                    "Intervals.icu does not accept this key. Copy it again from Settings, Developer Settings.".into()
                }
                false => {
                    let remedy = "--no-check stores it without asking the service.";
                    format!("{} The key may be right: it could not be checked. {remedy}", said(&error))
                }
            };
            terminal.fail(&format!("{why} Nothing was stored."))?;
            Ok(None)
        }
    }
}

fn greet(terminal: &mut dyn Terminal, secret: SecretString, owner: Arc<AthleteProfile>) -> io::Result<Key> {
    terminal.say(&format!("Hello {}.", named(&owner)))?;
    Ok(Key { secret, owner: Some(owner) })
}

/// Name, id and time zone. What the service says cannot steer the terminal.
pub fn named(athlete: &AthleteProfile) -> String {
    let parts = [
        athlete.name.clone(),
        Some(athlete.id.clone()),
        athlete.timezone.as_ref().map(|zone| format!("time zone {zone}")),
    ];
    let text = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ");
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn again(left: usize) -> String {
    match left {
        0 => String::new(),
        1 => " One more try.".into(),
        _ => format!(" {left} more tries."),
    }
}

/// A key that is wrong is answered with either.
fn is_wrong(error: &ClientError) -> bool {
    matches!(error, ClientError::Unauthorized | ClientError::Forbidden { .. })
}

fn said(error: &ClientError) -> String {
    format!("{}.", sentence(error.to_string().trim_end_matches('.')))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Why an athlete cannot be the one.
#[derive(Debug)]
pub struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self(format!("{error}."))
    }
}

impl Refusal {
    /// The service's answer about an athlete whom `source` names.
    pub fn of_athlete(id: &str, source: &str, error: &ClientError) -> Self {
        Self(match error {
            error if is_wrong(error) || matches!(error, ClientError::NotFound { .. }) => format!(
                "The key does not reach athlete {id} ({source}): it reaches its owner, and whom they coach or follow. Name \
                 another with --athlete-id, or 0 for the owner."
            ),
            error => format!("{} Athlete {id} ({source}) could not be checked.", said(error)),
        })
    }
}

/// Asks the service about keys.
pub struct Checker {
    service: Service,
    runtime: Runtime,
}

impl Checker {
    pub fn new(service: Service) -> io::Result<Self> {
        Ok(Self { service, runtime: Builder::new_current_thread().enable_all().build()? })
    }

    /// Whose key it is.
    pub fn owner(&self, key: &SecretString) -> Result<Arc<AthleteProfile>, ClientError> {
        self.asked(|client| async move { client.own().await }, key)
    }

    /// An athlete within the key's reach.
    pub fn athlete(&self, key: &SecretString, id: &str) -> Result<Arc<AthleteProfile>, ClientError> {
        self.asked(|client| async move { client.athlete_profile(id).await }, key)
    }

    fn asked<F>(&self, ask: impl FnOnce(Intervals) -> F, key: &SecretString) -> Result<Arc<AthleteProfile>, ClientError>
    where
        F: Future<Output = Result<Arc<AthleteProfile>, ClientError>>,
    {
        let client = self.service.account(Credential::ApiKey(key.clone()), None);
        let late = || ClientError::Unreachable { reason: format!("no answer within {} s", PATIENCE.as_secs()) };
        self.runtime.block_on(async { timeout(PATIENCE, ask(client)).await.unwrap_or_else(|_| Err(late())) })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::*;

    #[rstest]
    #[case("  0a1b2c3d4e5f6g\n", Ok("0a1b2c3d4e5f6g"))]
    #[case("demo", Ok("demo"))]
    #[case(" \n", Err("there is no key"))]
    #[case("i12345", Err("athlete's id"))]
    #[case("12345", Err("athlete's id"))]
    #[case("two words", Err("single word"))]
    #[case("quo'te", Err("single word"))]
    #[case("\u{1b}[31mred", Err("single word"))]
    fn a_key_has_a_form(#[case] text: &str, #[case] expected: Result<&str, &str>) {
        match (parse(text), expected) {
            (Ok(key), Ok(expected)) => assert_eq!(key.expose_secret(), expected),
            (Err(problem), Err(expected)) => assert!(problem.contains(expected), "{problem}"),
            (found, _) => panic!("{text:?}: {found:?}"),
        }
    }

    #[test]
    fn what_the_service_says_cannot_steer_the_terminal() {
        let mut athlete = AthleteProfile::default();
        (athlete.id, athlete.name) = ("i1".into(), Some("A\u{1b}[2J".into()));
        assert_eq!(named(&athlete), "A [2J, i1");
    }
}
