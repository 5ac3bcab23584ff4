//! The account that a request reaches: the server's own, or that of the API key in the request.
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
/// The header with the caller's athlete; default is the key's owner.
pub const ATHLETE: &str = "x-intervals-athlete-id";

/// The number of accounts kept in memory. Each has cached athlete records, a few kilobytes.
const REMEMBERED: usize = 512;

/// The accounts that requests reach.
pub enum Accounts {
    /// Every request uses the server's own account.
    Server,
    /// Every request uses the account of its own key. Without a key it reaches nothing.
    Callers(CallerAccounts),
}

/// The accounts of callers' keys. They share the service's connection pool and limiter, and nothing else.
pub struct CallerAccounts {
    service: Service,
    /// The athletes to which the operator restricts callers.
    athletes: Option<Vec<String>>,
    known: Mutex<HashMap<String, RememberedAccount>>,
}

struct RememberedAccount {
    client: Intervals,
    used: Instant,
}

/// The account of a request's key.
pub struct CallerAccount {
    /// A hash of key and athlete, which identifies the caller without revealing the key.
    pub fingerprint: String,
    /// The athlete in the header.
    pub athlete: Option<String>,
    /// The client of this account.
    pub client: Intervals,
}

/// The refusal of an athlete that the operator does not offer.
pub const NOT_OFFERED: CredentialRefusal =
    (StatusCode::FORBIDDEN, "X-Intervals-Athlete-Id names an athlete whom this server does not offer: leave it out.");

/// The status and message of refused credentials. The message does not repeat them.
pub type CredentialRefusal = (StatusCode, &'static str);

impl Accounts {
    /// The accounts of callers' own keys at `service`.
    pub fn of_callers(service: Service, athletes: Option<Vec<String>>) -> Self {
        Self::Callers(CallerAccounts { service, athletes, known: Mutex::default() })
    }

    /// The account that a request's headers select; `None` is the server's own.
    pub fn of(&self, headers: &HeaderMap) -> Result<Option<CallerAccount>, CredentialRefusal> {
        let (key, athlete) = (single(headers, KEY)?, single(headers, ATHLETE)?);
        match self {
            Self::Server if key.is_some() || athlete.is_some() => Err((
                StatusCode::BAD_REQUEST,
                "This server takes no X-Intervals-* headers: it acts on its own account. Leave them out, or have its operator set \
                 caller_credentials = true.",
            )),
            Self::Server => Ok(None),
            Self::Callers(accounts) => accounts.account(key, athlete).map(Some),
        }
    }
}

impl CallerAccounts {
    fn account(&self, key: Option<&str>, athlete: Option<&str>) -> Result<CallerAccount, CredentialRefusal> {
        let Some(key) = key else {
            // Not remembered: each of its calls fails with the advice to send a key.
            return Ok(CallerAccount {
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
            // The client does not restrict its own athlete, whom the caller chooses here.
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
        let new = || RememberedAccount {
            client: self.client(Credential::ApiKey(key.into()), athlete.map(Into::into)),
            used: Instant::now(),
        };
        let entry = known.entry(fingerprint.clone()).or_insert_with(new);
        entry.used = Instant::now();
        Ok(CallerAccount { fingerprint, athlete: athlete.map(Into::into), client: entry.client.clone() })
    }

    fn client(&self, credential: Credential, athlete: Option<String>) -> Intervals {
        let client = self.service.account(credential, athlete);
        match &self.athletes {
            Some(athletes) => client.restricted_to(athletes.clone()),
            None => client,
        }
    }
}

/// The value of a header, if it is not blank. Fails if the header is sent twice.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, CredentialRefusal> {
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

    fn of_callers() -> Accounts {
        Accounts::of_callers(Service::new(Options::at("http://127.0.0.1:9")).unwrap(), None)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn a_key_is_refused_if_the_server_uses_its_own() {
        let refused = Accounts::Server.of(&headers(&[(KEY, "secret")])).err().unwrap();
        assert_eq!(refused.0, StatusCode::BAD_REQUEST);
        assert!(Accounts::Server.of(&headers(&[])).unwrap().is_none());
    }

    #[test]
    fn accounts_differ_by_key_and_athlete() {
        let accounts = of_callers();
        let of = |pairs: &[(&'static str, &str)]| accounts.of(&headers(pairs)).unwrap().unwrap().fingerprint;
        let one = of(&[(KEY, "secret")]);
        assert_eq!(one, of(&[(KEY, " secret ")]));
        assert_ne!(one, of(&[(KEY, "b")]));
        assert_ne!(one, of(&[(KEY, "secret"), (ATHLETE, "i1")]));
        assert!(!one.contains("secret") && one.len() == 64);
    }

    #[test]
    fn a_header_cannot_select_an_athlete_whom_the_operator_does_not_offer() {
        let service = Service::new(Options::at("http://127.0.0.1:9")).unwrap();
        let accounts = Accounts::of_callers(service, Some(vec!["i1".into()]));
        let of = |athlete| {
            accounts.of(&headers(&[(KEY, "secret"), (ATHLETE, athlete)])).map(drop).map_err(|(status, _)| status)
        };
        assert_eq!(of("i1"), Ok(()));
        assert_eq!(of("i777"), Err(StatusCode::FORBIDDEN));
        assert_eq!(of("../x"), Err(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn two_keys_in_one_request_are_refused() {
        assert!(of_callers().of(&headers(&[(KEY, "a"), (KEY, "b")])).is_err());
    }

    #[test]
    fn the_number_of_remembered_accounts_is_bounded() {
        let accounts = of_callers();
        for n in 0..REMEMBERED + 10 {
            accounts.of(&headers(&[(KEY, &n.to_string())])).unwrap();
        }
        let Accounts::Callers(accounts) = accounts else { unreachable!() };
        assert_eq!(accounts.known.lock().unwrap().len(), REMEMBERED);
    }
}
