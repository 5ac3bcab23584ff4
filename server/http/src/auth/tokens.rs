//! Tokens that the operator hands out: one for all, or one for each caller with limits of their own.
use std::path::Path;

use intervals_core::DeleteMode;
use ring::digest::{SHA256, digest};
use secrecy::{ExposeSecret, SecretString};
use subtle::{ConditionallySelectable, ConstantTimeEq};

use intervals_catalog::{Catalog, Selection};
use intervals_settings::{Config, Fault, Secret, Sources, Words, config::HttpToken};

use super::{Identity, bearer, narrowed, open};

/// Shorter ones can be guessed.
const SHORTEST: usize = 16;

type Digest = [u8; 32];

/// Whose token has which SHA-256. The tokens themselves are not kept.
pub(super) struct Tokens(Vec<(Digest, Identity)>);

impl Tokens {
    /// The tokens of `config`; a limit that one does not have is that of `anybody`.
    pub fn new(config: &Config, sources: &Sources, catalog: &Catalog, anybody: &Identity) -> Result<Self, Fault> {
        let mut tokens = Self(vec![]);
        let fault = |key: &str, (problem, remedy): Wrong| Fault::of(key, sources.get(key), problem, remedy);
        let own = match (&config.http_token, &config.http_token_file) {
            (Some(_), Some(_)) => {
                let wrong = ("http_token_file says it too".into(), "Leave one of the two out.".into());
                return Err(fault("http_token", wrong));
            }
            (Some(token), None) => Some(("http_token", of_secret(token))),
            (None, Some(file)) => Some(("http_token_file", of_file(file))),
            (None, None) => None,
        };
        if let Some((key, digest)) = own {
            let identity = Identity { name: "http_token".into(), ..anybody.clone() };
            tokens.add(digest.map_err(|wrong| fault(key, wrong))?, identity).map_err(|wrong| fault(key, wrong))?;
        }
        for (at, token) in config.http_tokens.iter().enumerate() {
            let fault = |key: &str, (problem, remedy): Wrong| {
                Fault::of(&format!("http_tokens[{at}]{key}"), sources.get("http_tokens"), problem, remedy)
            };
            name(&token.name).map_err(|wrong| fault(".name", wrong))?;
            if tokens.0.iter().any(|(_, other)| *other.name == *token.name) {
                let problem = format!("another token is called {} too", token.name);
                return Err(fault(".name", (problem, "Give each a name of its own.".into())));
            }
            let (key, digest) = match (&token.token, &token.sha256, &token.file) {
                (Some(token), None, None) => (".token", of_secret(token)),
                (None, Some(hex), None) => (".sha256", of_hex(hex)),
                (None, None, Some(file)) => (".file", of_file(file)),
                _ => {
                    let problem = "which token it is must be said once".into();
                    return Err(fault("", (problem, "Give exactly one of token, sha256 and file.".into())));
                }
            };
            let digest = digest.map_err(|wrong| fault(key, wrong))?;
            let identity = identity(token, catalog, anybody).map_err(|(key, wrong)| fault(key, wrong))?;
            tokens.add(digest, identity).map_err(|wrong| fault(key, wrong))?;
        }
        Ok(tokens)
    }

    fn add(&mut self, digest: Digest, identity: Identity) -> Result<(), Wrong> {
        if let Some((_, other)) = self.0.iter().find(|(known, _)| *known == digest) {
            let problem = format!("it is the token of {} too", other.name);
            return Err((problem, "Give each caller a token of their own.".into()));
        }
        self.0.push((digest, identity));
        Ok(())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whose token it is. How long it takes tells nothing: digests are compared, in constant time, all of them.
    pub fn owner(&self, token: &str) -> Option<&Identity> {
        let sent = digest(&SHA256, token.as_bytes());
        // One more than the index, so that 0 is nobody.
        let mut found = 0_u32;
        for (place, (known, _)) in (1_u32..).zip(&self.0) {
            found.conditional_assign(&place, sent.as_ref().ct_eq(known));
        }
        let (_, identity) = self.0.get(usize::try_from(found.checked_sub(1)?).ok()?)?;
        Some(identity)
    }
}

/// What is wrong, and what to do.
type Wrong = (String, String);

fn wrong<T>(problem: impl Into<String>, remedy: impl Into<String>) -> Result<T, Wrong> {
    Err((problem.into(), remedy.into()))
}

/// Log lines hold it, beside `oauth:` with a subject: it cannot look like one of those.
fn name(name: &str) -> Result<(), Wrong> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '@');
    if name.trim() == name && (1..=64).contains(&name.chars().count()) && name.chars().all(plain) && name != "anybody" {
        return Ok(());
    }
    wrong(format!("{name:?} cannot be a name"), "Use up to 64 letters, digits, spaces, dots, dashes and underscores.")
}

fn of_secret(secret: &Secret) -> Result<Digest, Wrong> {
    match secret.reveal() {
        Some(token) => of_token(&token),
        None => wrong("it is empty", "Write the token, or remove the key."),
    }
}

fn of_file(file: &Path) -> Result<Digest, Wrong> {
    match std::fs::read_to_string(file) {
        Ok(text) => of_token(&text.lines().next().unwrap_or_default().trim().into()),
        Err(e) => wrong(
            format!("{} cannot be read: {e}", file.display()),
            "Name a file that this server may read, with the token as its first line.",
        ),
    }
}

fn of_token(token: &SecretString) -> Result<Digest, Wrong> {
    let token = token.expose_secret();
    if token.len() < SHORTEST {
        let problem = format!("the token has {} characters", token.len());
        return wrong(problem, format!("Make it {SHORTEST} at least: `openssl rand -hex 32` makes a good one."));
    }
    if !bearer::can_be_sent(token) {
        return wrong("the token cannot stand in a header", "Use letters, digits and signs of ASCII without spaces.");
    }
    digest(&SHA256, token.as_bytes()).as_ref().try_into().or_else(|_| wrong("it has no SHA-256", "Use another token."))
}

fn of_hex(hex: &Secret) -> Result<Digest, Wrong> {
    let hex = hex.reveal().unwrap_or_default();
    let nibbles: Option<Vec<u8>> =
        hex.expose_secret().chars().map(|c| c.to_digit(16).and_then(|digit| digit.try_into().ok())).collect();
    let bytes: Vec<u8> = nibbles
        .unwrap_or_default()
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble))
        .collect();
    let whole = hex.expose_secret().len() == 64;
    match bytes.try_into() {
        Ok(digest) if whole => Ok(digest),
        _ => wrong("it is not a SHA-256", "Write 64 hexadecimal digits: `printf %s TOKEN | sha256sum` gives them."),
    }
}

/// Their limits.
fn identity(token: &HttpToken, catalog: &Catalog, anybody: &Identity) -> Result<Identity, (&'static str, Wrong)> {
    let words = |key, words: &Option<Words>| match words {
        Some(Words(words)) if words.is_empty() => Err((
            key,
            ("it is empty".into(), "Name what to offer, or leave it out for all that the server offers.".into()),
        )),
        Some(Words(words)) => Ok(Some(words.clone())),
        None => Ok(None),
    };
    let all = open();
    let selection = Selection {
        packs: words(".packs", &token.packs)?.unwrap_or(all.packs),
        allow: words(".tools", &token.tools)?.unwrap_or_default(),
        deny: token.exclude_tools.clone().unwrap_or_default().0,
        delete_mode: DeleteMode::Full,
        read_only: token.read_only,
    };
    let view = narrowed(catalog, &anybody.view, &selection).map_err(|unknown| {
        let key = match unknown.key {
            "packs" => ".packs",
            "tools" => ".tools",
            _ => ".exclude_tools",
        };
        (key, (unknown.problem, "Correct it, or leave it out for all that the server offers.".into()))
    })?;
    let athletes = match &token.athletes {
        None => None,
        Some(Words(ids)) if *ids == ["any"] => None,
        Some(Words(ids)) if ids.iter().any(|id| id == "any") => {
            return Err((".athletes", ("it holds any beside ids".into(), "Use any alone, or ids alone.".into())));
        }
        Some(Words(ids)) => Some(ids.clone().into()),
    };
    Ok(Identity { name: token.name.as_str().into(), view, athletes, scoped_read_only: false })
}
