//! Whose data a request reaches: the server's own account, or the one whose key the caller sends along.
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::http::{HeaderMap, StatusCode};
use intervals_core::{
    Intervals,
    client::{Credential, Service},
};
use ring::digest::{SHA256, digest};

use crate::hex::hex;

/// The header with a caller's own API key.
pub const KEY: &str = "x-intervals-api-key";
/// The header with the athlete whom that caller means; default is the key's owner.
pub const ATHLETE: &str = "x-intervals-athlete-id";

/// How many callers' accounts are remembered: each with its athlete records, a few kilobytes.
const REMEMBERED: usize = 512;

/// Where a caller's client comes from.
pub enum Accounts {
    /// Everybody acts on the server's own account.
    Own,
    /// Every request brings its key; without one it reaches nothing.
    Brought(Brought),
}

/// The accounts of callers who bring their keys. They share the service's pool and limiter, and nothing else.
pub struct Brought {
    service: Service,
    /// The operator's limit of athletes, if any.
    athletes: Option<Vec<String>>,
    known: Mutex<HashMap<String, Known>>,
}

struct Known {
    client: Intervals,
    used: Instant,
}

/// An account that came with a request.
pub struct Account {
    /// What tells its owner from all others, and gives nothing of the key away.
    pub fingerprint: String,
    /// The athlete who was named beside the key.
    pub athlete: Option<String>,
    /// The client.
    pub client: Intervals,
}

/// The operator does not let callers name this athlete.
pub const NOT_OFFERED: Refusal =
    (StatusCode::FORBIDDEN, "X-Intervals-Athlete-Id names an athlete whom this server does not offer: leave it out.");

/// Why a request's credentials cannot be used: for the caller, without what they sent.
pub type Refusal = (StatusCode, &'static str);

impl Accounts {
    /// Callers bring their keys to `service`.
    pub fn brought(service: Service, athletes: Option<Vec<String>>) -> Self {
        Self::Brought(Brought { service, athletes, known: Mutex::default() })
    }

    /// The account that a request's headers bring along; `None` is the server's own.
    pub fn of(&self, headers: &HeaderMap) -> Result<Option<Account>, Refusal> {
        let (key, athlete) = (single(headers, KEY)?, single(headers, ATHLETE)?);
        match self {
            Self::Own if key.is_some() || athlete.is_some() => Err((
                StatusCode::BAD_REQUEST,
                "This server takes no X-Intervals-* headers: it acts on its own account. Leave them out, or have its operator set \
                 caller_credentials = true.",
            )),
            Self::Own => Ok(None),
            Self::Brought(brought) => brought.account(key, athlete).map(Some),
        }
    }
}

impl Brought {
    fn account(&self, key: Option<&str>, athlete: Option<&str>) -> Result<Account, Refusal> {
        let Some(key) = key else {
            // Nothing to remember: whatever it asks for fails with the advice to send a key.
            return Ok(Account {
                fingerprint: String::new(),
                athlete: None,
                client: self.client(Credential::None, None),
            });
        };
        if let Some(athlete) = athlete {
            if athlete.len() > 32 || !athlete.chars().all(|c| c.is_ascii_alphanumeric()) {
                return Err((
                    StatusCode::BAD_REQUEST,
                    "X-Intervals-Athlete-Id is not an athlete's id, such as i12345.",
                ));
            }
            // The client lets its own athlete pass: here the caller says who that is.
            if self.athletes.as_ref().is_some_and(|known| !known.iter().any(|known| known == athlete)) {
                return Err(NOT_OFFERED);
            }
        }
        let fingerprint = fingerprint(key, athlete);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED && !known.contains_key(&fingerprint) {
            let oldest = known.iter().min_by_key(|(_, known)| known.used).map(|(fingerprint, _)| fingerprint.clone());
            oldest.and_then(|oldest| known.remove(&oldest));
        }
        let new = || Known {
            client: self.client(Credential::ApiKey(key.into()), athlete.map(Into::into)),
            used: Instant::now(),
        };
        let entry = known.entry(fingerprint.clone()).or_insert_with(new);
        entry.used = Instant::now();
        Ok(Account { fingerprint, athlete: athlete.map(Into::into), client: entry.client.clone() })
    }

    fn client(&self, credential: Credential, athlete: Option<String>) -> Intervals {
        let client = self.service.account(credential, athlete);
        match &self.athletes {
            Some(athletes) => client.restricted_to(athletes.clone()),
            None => client,
        }
    }
}

/// The header's value when it is sent once and says something.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, Refusal> {
    let mut values = headers.get_all(name).into_iter();
    let (first, second) = (values.next(), values.next());
    if second.is_some() {
        return Err((StatusCode::BAD_REQUEST, "An X-Intervals-* header is sent twice: send one of each."));
    }
    let Some(value) = first else { return Ok(None) };
    let text = value.to_str().map_err(|_| (StatusCode::BAD_REQUEST, "An X-Intervals-* header is not plain text."))?;
    Ok(Some(text.trim()).filter(|text| !text.is_empty()))
}

fn fingerprint(key: &str, athlete: Option<&str>) -> String {
    let both = format!("{key}\n{}", athlete.unwrap_or_default());
    hex(digest(&SHA256, both.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use intervals_core::client::Options;

    use super::*;

    fn brought() -> Accounts {
        Accounts::brought(Service::new(Options::at("http://127.0.0.1:9")).unwrap(), None)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn a_key_that_would_not_be_used_is_refused() {
        let refused = Accounts::Own.of(&headers(&[(KEY, "secret")])).err().unwrap();
        assert_eq!(refused.0, StatusCode::BAD_REQUEST);
        assert!(Accounts::Own.of(&headers(&[])).unwrap().is_none());
    }

    #[test]
    fn accounts_are_told_apart_by_key_and_athlete() {
        let accounts = brought();
        let of = |pairs: &[(&'static str, &str)]| accounts.of(&headers(pairs)).unwrap().unwrap().fingerprint;
        let one = of(&[(KEY, "secret")]);
        assert_eq!(one, of(&[(KEY, " secret ")]));
        assert_ne!(one, of(&[(KEY, "b")]));
        assert_ne!(one, of(&[(KEY, "secret"), (ATHLETE, "i1")]));
        assert!(!one.contains("secret") && one.len() == 64);
    }

    #[test]
    fn an_athlete_whom_the_operator_does_not_offer_cannot_be_named_in_a_header_either() {
        let service = Service::new(Options::at("http://127.0.0.1:9")).unwrap();
        let accounts = Accounts::brought(service, Some(vec!["i1".into()]));
        let of = |athlete| {
            accounts.of(&headers(&[(KEY, "secret"), (ATHLETE, athlete)])).map(drop).map_err(|(status, _)| status)
        };
        assert_eq!(of("i1"), Ok(()));
        assert_eq!(of("i777"), Err(StatusCode::FORBIDDEN));
        assert_eq!(of("../x"), Err(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn two_keys_in_one_request_are_refused() {
        assert!(brought().of(&headers(&[(KEY, "a"), (KEY, "b")])).is_err());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let accounts = brought();
        for n in 0..REMEMBERED + 10 {
            accounts.of(&headers(&[(KEY, &n.to_string())])).unwrap();
        }
        let Accounts::Brought(brought) = accounts else { unreachable!() };
        assert_eq!(brought.known.lock().unwrap().len(), REMEMBERED);
    }
}
