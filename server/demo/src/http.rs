//! What every handler needs: the service, extractors of caller, athlete and activity, and bodies.
mod auth;
mod log;
mod query;

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Json,
    extract::{FromRequestParts, RawPathParams, rejection::JsonRejection},
    http::request::Parts,
};
use serde_json::{Value, json};

pub use auth::authenticate;
pub use log::{MAX_BODY, Recorded, record};
pub use query::Query;

use crate::{
    account::Account,
    activity::Activity,
    failure::Failure,
    object::Object,
    options::Options,
    person::{PEOPLE, Person},
    start,
};

/// The service, shared by all handlers.
pub type Shared = Arc<Service>;
/// Return type of most handlers.
pub type Answer = Result<Json<Value>, Failure>;
/// Extractor of a JSON body.
pub type Body = Result<Json<Value>, JsonRejection>;

/// State of the demo: accounts and requests.
pub struct Service {
    accounts: Mutex<Vec<Account>>,
    log: Mutex<log::Log>,
}

impl Service {
    /// Creates the accounts that the options ask for.
    pub fn new(options: Options) -> Shared {
        Arc::new(Self { accounts: Mutex::new(start::accounts(options)), log: Mutex::default() })
    }

    /// Log of the requests.
    pub fn log(&self) -> MutexGuard<'_, log::Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All accounts.
    pub fn accounts(&self) -> MutexGuard<'_, Vec<Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, id: &str, use_it: impl FnOnce(&mut Account) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut accounts = self.accounts();
        use_it(accounts.iter_mut().find(|account| account.person.id == id).ok_or_else(Failure::denied)?)
    }
}

/// The authenticated caller, set by [`authenticate`].
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// Owner of the credential.
    pub person: &'static Person,
    /// Whether the credential is an OAuth token.
    pub bearer: bool,
}

impl Caller {
    /// Whether the caller is this athlete or coaches them.
    pub fn may_see(self, person: &Person) -> bool {
        self.person.id == person.id || person.coach == Some(self.person.id)
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Failure> {
        parts.extensions.get().copied().ok_or_else(Failure::unauthorized)
    }
}

/// A boxed future. A plain `async fn` would be compiled into each of the many handlers.
type Finding<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// Extractor of the athlete in `/athlete/{id}/...`; 0 is the caller.
pub struct Target {
    /// The caller.
    pub caller: Caller,
    id: &'static str,
    service: Shared,
}

impl Target {
    /// Locks the account of the athlete.
    pub fn with<T>(&self, use_it: impl FnOnce(&mut Account) -> Result<T, Failure>) -> Result<T, Failure> {
        self.service.with(self.id, use_it)
    }
}

impl FromRequestParts<Shared> for Target {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let found: Finding<'_, Self> = Box::pin(Self::find(parts, service));
        found.await
    }
}

impl Target {
    async fn find(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, service).await?;
        let asked = path_part(parts, service, "id").await;
        let person = match asked.as_str() {
            "0" => Some(caller.person),
            id => PEOPLE.iter().find(|person| person.id == id && caller.may_see(person)),
        };
        let id = person.ok_or_else(Failure::denied)?.id;
        Ok(Self { caller, id, service: Arc::clone(service) })
    }
}

/// Extractor of the activity in `/activity/{activity}/...`.
pub struct Found {
    /// Activity id.
    pub id: String,
    owner: &'static str,
    service: Shared,
}

impl Found {
    /// Locks the account for reading the activity.
    pub fn read<T>(&self, use_it: impl FnOnce(&Account, &Activity) -> Result<T, Failure>) -> Result<T, Failure> {
        self.service.with(self.owner, |account| {
            let activity = account.activities.iter().find(|activity| activity.id == self.id);
            use_it(account, activity.ok_or_else(Failure::not_found)?)
        })
    }

    /// Changes the activity, then refreshes the account.
    pub fn change<T>(&self, change: impl FnOnce(&mut Activity) -> Result<T, Failure>) -> Result<T, Failure> {
        self.service.with(self.owner, |account| {
            let activity = account.activities.iter_mut().find(|activity| activity.id == self.id);
            let activity = activity.ok_or_else(Failure::not_found)?;
            if activity.is_hidden() {
                return Err(Failure::rejected("Cannot update activities imported from Strava"));
            }
            let changed = change(activity)?;
            account.refresh();
            Ok(changed)
        })
    }

    /// Locks the account of the owner.
    pub fn with<T>(&self, use_it: impl FnOnce(&mut Account) -> Result<T, Failure>) -> Result<T, Failure> {
        self.service.with(self.owner, use_it)
    }

    /// Deletes the activity.
    pub fn remove(&self) -> Answer {
        self.service.with(self.owner, |account| {
            account.activities.retain(|activity| activity.id != self.id);
            account.refresh();
            Ok(Json(json!({ "icu_athlete_id": self.owner, "id": self.id })))
        })
    }
}

impl FromRequestParts<Shared> for Found {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let found: Finding<'_, Self> = Box::pin(Self::find(parts, service));
        found.await
    }
}

impl Found {
    async fn find(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let caller = Caller::from_request_parts(parts, service).await?;
        let id = path_part(parts, service, "activity").await;
        let accounts = service.accounts();
        let owns = |account: &&Account| account.activities.iter().any(|activity| activity.id == id);
        let owner = accounts.iter().find(owns).ok_or_else(Failure::not_found)?.person;
        if !caller.may_see(owner) {
            return Err(Failure::denied());
        }
        Ok(Self { id, owner: owner.id, service: Arc::clone(service) })
    }
}

async fn path_part(parts: &mut Parts, service: &Shared, name: &str) -> String {
    let path = RawPathParams::from_request_parts(parts, service).await;
    let value = path.ok().and_then(|path| path.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned()));
    value.unwrap_or_default()
}

/// Object in a body.
///
/// # Errors
/// 422 for other JSON; for no JSON, the status of the framework.
pub fn object(body: Body) -> Result<Object, Failure> {
    match body?.0 {
        Value::Object(object) => Ok(object),
        _ => Err(Failure::rejected("JSON parse error: expected an object")),
    }
}

/// Array of objects in a body.
///
/// # Errors
/// 422 for other JSON; for no JSON, the status of the framework.
pub fn objects(body: Body) -> Result<Vec<Object>, Failure> {
    let Value::Array(values) = body?.0 else { return Err(Failure::rejected("JSON parse error: expected an array")) };
    let object = |value| match value {
        Value::Object(object) => Ok(object),
        _ => Err(Failure::rejected("JSON parse error: expected an array of objects")),
    };
    values.into_iter().map(object).collect()
}

/// Keeps only `fields` that are not null. Without `fields`, keeps everything.
pub fn filtered(mut object: Object, fields: Option<&[String]>) -> Value {
    if let Some(fields) = fields {
        object.retain(|key, value| !value.is_null() && fields.contains(key));
    }
    Value::Object(object)
}
