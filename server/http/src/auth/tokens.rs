//! The operator's tokens: one for all callers, or one for each caller with its own limits.
use std::path::Path;

use intervals_core::DeleteMode;
use ring::digest::{SHA256, digest};
use secrecy::{ExposeSecret, SecretString};
use subtle::{ConditionallySelectable, ConstantTimeEq};

use intervals_catalog::{Catalog, Selection};
use intervals_settings::{Config, Fault, Secret, Sources, Words, config::HttpToken};

use super::{Identity, all_tools, bearer, narrowed};

/// The shortest token. Shorter ones can be guessed.
const MIN_LEN: usize = 16;

type Digest = [u8; 32];

/// The SHA-256 of each token, with its owner. The tokens themselves are not kept.
pub(super) struct Tokens(Vec<(Digest, Identity)>);

impl Tokens {
    /// Reads the tokens of `config`. A limit that a token does not set is that of `anybody`.
    pub fn new(config: &Config, sources: &Sources, catalog: &Catalog, anybody: &Identity) -> Result<Self, Fault> {
        let mut tokens = Self(vec![]);
        let fault = |key: &str, (problem, remedy): Invalid| sources.fault(key, problem, remedy);
        let own = match (&config.http_token, &config.http_token_file) {
            (Some(_), Some(_)) => {
                let both = ("http_token_file is set too".into(), "Remove one of the two.".into());
                return Err(fault("http_token", both));
            }
            (Some(token), None) => Some(("http_token", of_secret(token))),
            (None, Some(file)) => Some(("http_token_file", of_file(file))),
            (None, None) => None,
        };
        if let Some((key, digest)) = own {
            let identity = Identity { name: "http_token".into(), ..anybody.clone() };
            tokens
                .add(digest.map_err(|invalid| fault(key, invalid))?, identity)
                .map_err(|invalid| fault(key, invalid))?;
        }
        for (at, token) in config.http_tokens.iter().enumerate() {
            let fault = |key: &str, (problem, remedy): Invalid| {
                sources.fault(&format!("http_tokens[{at}]{key}"), problem, remedy)
            };
            check_name(&token.name).map_err(|invalid| fault(".name", invalid))?;
            if tokens.0.iter().any(|(_, other)| *other.name == *token.name) {
                let problem = format!("another token has the name {} too", token.name);
                return Err(fault(".name", (problem, "Give each token its own name.".into())));
            }
            let (key, digest) = match (&token.token, &token.sha256, &token.file) {
                (Some(token), None, None) => (".token", of_secret(token)),
                (None, Some(hex), None) => (".sha256", of_hex(hex)),
                (None, None, Some(file)) => (".file", of_file(file)),
                _ => {
                    let problem = "the token must be set exactly once".into();
                    return Err(fault("", (problem, "Set one of token, sha256 and file.".into())));
                }
            };
            let digest = digest.map_err(|invalid| fault(key, invalid))?;
            let identity = identity(token, catalog, anybody).map_err(|(key, invalid)| fault(key, invalid))?;
            tokens.add(digest, identity).map_err(|invalid| fault(key, invalid))?;
        }
        Ok(tokens)
    }

    fn add(&mut self, digest: Digest, identity: Identity) -> Result<(), Invalid> {
        if let Some((_, other)) = self.0.iter().find(|(known, _)| *known == digest) {
            let problem = format!("{} has the same token", other.name);
            return Err((problem, "Give each caller its own token.".into()));
        }
        self.0.push((digest, identity));
        Ok(())
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The owner of a token. The time it takes reveals nothing: all digests are compared in constant time.
    pub fn identify(&self, token: &str) -> Option<&Identity> {
        let sent = digest(&SHA256, token.as_bytes());
        // The index plus one, so that 0 is no owner.
        let mut found = 0_u32;
        for (place, (known, _)) in (1_u32..).zip(&self.0) {
            found.conditional_assign(&place, sent.as_ref().ct_eq(known));
        }
        let (_, identity) = self.0.get(usize::try_from(found.checked_sub(1)?).ok()?)?;
        Some(identity)
    }
}

/// A problem and its remedy.
type Invalid = (String, String);

fn invalid<T>(problem: impl Into<String>, remedy: impl Into<String>) -> Result<T, Invalid> {
    Err((problem.into(), remedy.into()))
}

/// Checks a token's name. It goes into log lines, and must differ from `anybody` and the names of OAuth callers, such as `oauth:me`.
fn check_name(name: &str) -> Result<(), Invalid> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '@');
    if name.trim() == name && (1..=64).contains(&name.chars().count()) && name.chars().all(plain) && name != "anybody" {
        return Ok(());
    }
    invalid(
        format!("{name:?} is not a valid name"),
        "Use up to 64 letters, digits, spaces, dots, dashes and underscores.",
    )
}

fn of_secret(secret: &Secret) -> Result<Digest, Invalid> {
    match secret.reveal() {
        Some(token) => of_token(&token),
        None => invalid("it is empty", "Write the token, or remove the key."),
    }
}

fn of_file(file: &Path) -> Result<Digest, Invalid> {
    match std::fs::read_to_string(file) {
        Ok(text) => of_token(&text.lines().next().unwrap_or_default().trim().into()),
        Err(e) => invalid(
            format!("{} cannot be read: {e}", file.display()),
            "Name a file that this server may read, with the token as its first line.",
        ),
    }
}

fn of_token(token: &SecretString) -> Result<Digest, Invalid> {
    let token = token.expose_secret();
    if token.len() < MIN_LEN {
        let problem = format!("the token has {} characters", token.len());
        return invalid(problem, format!("Use at least {MIN_LEN}: `openssl rand -hex 32` makes a good token."));
    }
    if !bearer::can_be_sent(token) {
        return invalid("the token cannot be sent in a header", "Use printable ASCII characters without spaces.");
    }
    digest(&SHA256, token.as_bytes())
        .as_ref()
        .try_into()
        .or_else(|_| invalid("it has no SHA-256", "Use another token."))
}

fn of_hex(hex: &Secret) -> Result<Digest, Invalid> {
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
        _ => invalid("it is not a SHA-256", "Write 64 hexadecimal digits: `printf %s TOKEN | sha256sum` gives them."),
    }
}

/// The identity of a token's owner, with its limits.
fn identity(token: &HttpToken, catalog: &Catalog, anybody: &Identity) -> Result<Identity, (&'static str, Invalid)> {
    let words = |key, words: &Option<Words>| match words {
        Some(Words(words)) if words.is_empty() => Err((
            key,
            ("it is empty".into(), "List what to offer, or remove the key to offer all that the server offers.".into()),
        )),
        Some(Words(words)) => Ok(Some(words.clone())),
        None => Ok(None),
    };
    let all = all_tools();
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
        (key, (unknown.problem, "Correct it, or remove the key to offer all that the server offers.".into()))
    })?;
    let athletes = match &token.athletes {
        None => None,
        Some(Words(ids)) if *ids == ["any"] => None,
        Some(Words(ids)) if ids.iter().any(|id| id == "any") => {
            return Err((".athletes", ("any cannot be combined with ids".into(), "Use any alone, or ids.".into())));
        }
        Some(Words(ids)) => Some(ids.clone().into()),
    };
    Ok(Identity { name: token.name.as_str().into(), view, athletes, scoped_read_only: false })
}
