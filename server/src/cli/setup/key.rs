//! Asks for the API key, checks its form, and asks the service whose it is.
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

/// How often to ask for a key.
const TRIES: usize = 3;
/// The timeout of a request.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The longest text that may be a key, in bytes.
const MAX_LEN: usize = 200;

/// An API key, and its owner if the service was asked.
pub struct Key {
    pub secret: SecretString,
    pub owner: Option<Arc<AthleteProfile>>,
}

/// Parses a key. The error does not repeat the text.
pub fn parse(text: &str) -> Result<SecretString, String> {
    let key = text.trim();
    if key.is_empty() {
        return Err("there is no key".into());
    }
    if key.len() > MAX_LEN || !key.bytes().all(|b| b.is_ascii_graphic()) || key.contains(['\'', '"', '\\']) {
        return Err("this is no API key, which is a single word of letters and digits".into());
    }
    let digits = key.strip_prefix('i').unwrap_or(key);
    if digits.len() < 12 && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err("this is an athlete's id; the API key is the longer text below it".into());
    }
    Ok(key.into())
}

/// The error if there is no key and no question can be asked: how to pass one.
pub fn missing_key(name: &str, interactive: bool) -> String {
    let why = if interactive { "no API key is configured" } else { "setup asks questions, and this is no terminal" };
    format!("{why}. Run `{name} setup --key-stdin < FILE`, or set INTERVALS_ICU_API_KEY and run `{name} setup --yes`")
}

/// Asks for a key a few times, until the service accepts one. Returns `None` if it accepts none. `configured` is the key for an
/// empty answer, with its source.
pub fn ask(
    terminal: &mut dyn Terminal,
    checker: Option<&Checker>,
    configured: Option<(SecretString, String)>,
) -> io::Result<Option<Key>> {
    let question = match &configured {
        Some((_, source)) => format!("API key (hidden; Enter for the one in {source}): "),
        None => "API key (hidden): ".into(),
    };
    for left in (0..TRIES).rev() {
        let typed = terminal.ask_hidden(&question)?;
        let secret = match (parse(&typed), &configured) {
            (_, Some((configured, _))) if typed.trim().is_empty() => configured.clone(),
            (Ok(secret), _) => secret,
            (Err(problem), _) => {
                terminal.say(&format!("{}.{}", capitalised(&problem), again(left)))?;
                continue;
            }
        };
        let Some(checker) = checker else { return Ok(Some(Key { secret, owner: None })) };
        loop {
            match checker.owner(&secret) {
                Ok(owner) => return greet(terminal, secret, owner).map(Some),
                Err(error) if is_wrong_key(&error) => {
                    let cause = "It may have been copied in part, or replaced by a new one.";
                    terminal.say(&format!("Intervals.icu does not accept this key. {cause}{}", again(left)))?;
                    break;
                }
                Err(error) => {
                    let error = sentence_of(&error);
                    terminal.say(&format!("{error} The key may be right: it could not be checked."))?;
                    if !terminal.confirm("Try again?", true)? {
                        terminal.say("Nothing was stored. --no-check stores a key without checking it.")?;
                        return Ok(None);
                    }
                }
            }
        }
    }
    terminal.say("Nothing was stored.")?;
    Ok(None)
}

/// Checks a key that was passed without a question. Returns `None`, with the problem printed, if it is not accepted.
pub fn check(terminal: &mut dyn Terminal, checker: Option<&Checker>, secret: SecretString) -> io::Result<Option<Key>> {
    let Some(checker) = checker else { return Ok(Some(Key { secret, owner: None })) };
    match checker.owner(&secret) {
        Ok(owner) => greet(terminal, secret, owner).map(Some),
        Err(error) => {
            let why = match is_wrong_key(&error) {
                true => {
                    "Intervals.icu does not accept this key. Copy it again from Settings, Developer Settings.".into()
                }
                false => {
                    let remedy = "--no-check stores it without checking it.";
                    format!("{} The key may be right: it could not be checked. {remedy}", sentence_of(&error))
                }
            };
            terminal.fail(&format!("{why} Nothing was stored."))?;
            Ok(None)
        }
    }
}

/// Prints whose key it is.
fn greet(terminal: &mut dyn Terminal, secret: SecretString, owner: Arc<AthleteProfile>) -> io::Result<Key> {
    terminal.say(&format!("Hello {}.", named(&owner)))?;
    Ok(Key { secret, owner: Some(owner) })
}

/// The athlete's name, id and time zone, without control characters.
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

/// Whether the service refused the key itself: it answers with either status.
fn is_wrong_key(error: &ClientError) -> bool {
    matches!(error, ClientError::Unauthorized | ClientError::Forbidden { .. })
}

/// The error as a sentence.
fn sentence_of(error: &ClientError) -> String {
    format!("{}.", capitalised(error.to_string().trim_end_matches('.')))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The reason why an athlete is not accepted.
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
    /// The reason from the service's answer about an athlete, whose id comes from `source`.
    pub fn of_athlete(id: &str, source: &str, error: &ClientError) -> Self {
        Self(match error {
            error if is_wrong_key(error) || matches!(error, ClientError::NotFound { .. }) => format!(
                "The key does not reach athlete {id} ({source}): it reaches its owner and the athletes they coach or follow. Choose \
                 another with --athlete-id, or 0 for the owner."
            ),
            error => format!("{} Athlete {id} ({source}) could not be checked.", sentence_of(error)),
        })
    }
}

/// Checks keys and athletes with the service.
pub struct Checker {
    service: Service,
    runtime: Runtime,
}

impl Checker {
    pub fn new(service: Service) -> io::Result<Self> {
        Ok(Self { service, runtime: Builder::new_current_thread().enable_all().build()? })
    }

    /// The owner of a key.
    pub fn owner(&self, key: &SecretString) -> Result<Arc<AthleteProfile>, ClientError> {
        self.request(|client| async move { client.own().await }, key)
    }

    /// The profile of an athlete whom the key reaches.
    pub fn athlete(&self, key: &SecretString, id: &str) -> Result<Arc<AthleteProfile>, ClientError> {
        self.request(|client| async move { client.athlete_profile(id).await }, key)
    }

    fn request<F>(
        &self,
        send: impl FnOnce(Intervals) -> F,
        key: &SecretString,
    ) -> Result<Arc<AthleteProfile>, ClientError>
    where
        F: Future<Output = Result<Arc<AthleteProfile>, ClientError>>,
    {
        let client = self.service.account(Credential::ApiKey(key.clone()), None);
        let late = || ClientError::Unreachable { reason: format!("no answer within {} s", TIMEOUT.as_secs()) };
        self.runtime.block_on(async { timeout(TIMEOUT, send(client)).await.unwrap_or_else(|_| Err(late())) })
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
    fn control_characters_in_a_name_are_replaced() {
        let mut athlete = AthleteProfile::default();
        (athlete.id, athlete.name) = ("i1".into(), Some("A\u{1b}[2J".into()));
        assert_eq!(named(&athlete), "A [2J, i1");
    }
}
