//! Verifies access tokens of an issuer: signature, audience, times and claims (RFC 9068, RFC 8725).
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, errors::ErrorKind};
use serde::Deserialize;

use super::{jwk::Key, keys::Keys, refusal::Problem, signature};

/// Verifies access tokens of one issuer.
pub(super) struct Verifier {
    /// The issuer's keys.
    pub keys: Arc<Keys>,
    rules: Validation,
}

impl Verifier {
    /// `skew` is the allowed clock skew in seconds.
    pub fn new(issuer: &str, audiences: &[String], skew: u64, keys: Arc<Keys>) -> Self {
        signature::install();
        let mut rules = Validation::new(Algorithm::RS256);
        rules.set_issuer(&[issuer]);
        rules.set_audience(audiences);
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        rules.validate_nbf = true;
        rules.leeway = skew;
        Self { keys, rules }
    }

    /// Verifies a token, and returns its claims.
    pub async fn claims(&self, token: &str) -> Result<Claims, Problem> {
        // This also refuses unknown algorithms, such as `none`.
        let header = decode_header(token).map_err(|error| problem_of("its header cannot be read", error.kind()))?;
        if !is_access_token(&header) {
            tracing::debug!(typ = header.typ, crit = ?header.crit, "a token is refused: it is not an access token");
            return Err(Problem::NotValid);
        }
        let keys = self.keys.current().await?;
        if let Some(found) = self.checked(token, &header, &keys) {
            return found;
        }
        // The issuer may have a new key.
        let keys = self.keys.renewed().await?;
        self.checked(token, &header, &keys).unwrap_or_else(|| {
            tracing::debug!(kid = header.kid, alg = ?header.alg, "a token is refused: no key of the issuer fits it");
            Err(Problem::NotValid)
        })
    }

    /// Verifies a token with these keys. `None` if no key fits.
    fn checked(&self, token: &str, header: &Header, keys: &[Key]) -> Option<Result<Claims, Problem>> {
        let mut rules = self.rules.clone();
        rules.algorithms = vec![header.alg];
        let mut outcome = None;
        for key in keys.iter().filter(|key| key.fits(header.kid.as_deref(), header.alg)) {
            match decode::<Claims>(token, &key.key, &rules) {
                Ok(data) => return Some(self.check_issue_time(data.claims)),
                Err(error) if matches!(error.kind(), ErrorKind::InvalidSignature) => {
                    // A token without a key id may be signed with a newer key.
                    if header.kid.is_some() {
                        outcome = Some(Err(problem_of("its signature", error.kind())));
                    }
                }
                Err(error) => return Some(Err(problem_of("a claim", error.kind()))),
            }
        }
        outcome
    }

    /// Refuses a token that was issued in the future, which the library does not check.
    fn check_issue_time(&self, claims: Claims) -> Result<Claims, Problem> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let latest = now + Duration::from_secs(self.rules.leeway);
        if claims.iat.is_some_and(|issued| issued > latest.as_secs_f64()) {
            tracing::debug!("a token is refused: it is issued in the future");
            return Err(Problem::NotValid);
        }
        Ok(claims)
    }
}

/// Whether the header is that of an access token by its type, if given, and has no critical extensions (RFC 7515 §4.1.11, RFC 9068 §4).
fn is_access_token(header: &Header) -> bool {
    let known = |typ: &String| ["at+jwt", "application/at+jwt", "jwt"].contains(&typ.to_lowercase().as_str());
    header.crit.is_none() && header.typ.as_ref().is_none_or(known)
}

/// Error message for the caller. The log has more detail. Neither contains any part of the token.
fn problem_of(what: &str, error: &ErrorKind) -> Problem {
    let (problem, why) = match error {
        ErrorKind::ExpiredSignature => (Problem::Expired, "expired"),
        ErrorKind::InvalidAudience => (Problem::NotForUs, "for another audience"),
        ErrorKind::MissingRequiredClaim(claim) if claim == "aud" => (Problem::NotForUs, "without an audience"),
        ErrorKind::MissingRequiredClaim(_) => (Problem::NotValid, "missing"),
        ErrorKind::InvalidIssuer => (Problem::NotValid, "of another issuer"),
        ErrorKind::ImmatureSignature => (Problem::NotValid, "not valid yet"),
        ErrorKind::InvalidSignature => (Problem::NotValid, "not genuine"),
        _ => (Problem::NotValid, "not of the expected form"),
    };
    tracing::debug!("a token is refused: {what} is {why}");
    problem
}

/// The claims of a token that this server reads. The library checks the others.
#[derive(Deserialize)]
pub(super) struct Claims {
    sub: Option<String>,
    client_id: Option<String>,
    azp: Option<String>,
    iat: Option<f64>,
    #[serde(default)]
    scope: Scopes,
    #[serde(default)]
    scp: Scopes,
}

/// Scopes: words separated by spaces (RFC 8693 §4.2), or a list, as some issuers write it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scopes {
    Text(String),
    List(BTreeSet<String>),
    None(()),
}

impl Default for Scopes {
    fn default() -> Self {
        Self::None(())
    }
}

impl Scopes {
    fn has(&self, scope: &str) -> bool {
        match self {
            Self::Text(text) => text.split(' ').any(|word| word == scope),
            Self::List(list) => list.contains(scope),
            Self::None(()) => false,
        }
    }
}

impl Claims {
    /// Whether the token grants this scope.
    pub fn grants(&self, scope: &str) -> bool {
        self.scope.has(scope) || self.scp.has(scope)
    }

    /// The caller's name: the subject, else the client. It is one line and unique, since control characters are escaped and nothing
    /// is cut. A subject has 255 characters at most (OpenID Connect Core §2).
    pub fn name(&self) -> Option<String> {
        let (kind, id) = match (&self.sub, self.client_id.as_ref().or(self.azp.as_ref())) {
            (Some(subject), _) => ("oauth", subject),
            (None, Some(client)) => ("oauth-client", client),
            (None, None) => return None,
        };
        (1..=255).contains(&id.len()).then(|| format!("{kind}:{}", id.escape_debug()))
    }
}
