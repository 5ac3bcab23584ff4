//! What every route needs: the service, who asks, what about, and how it fails.
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

/// The service, as every handler holds it.
pub type Shared = Arc<Service>;
/// What most handlers give back.
pub type Answer = Result<Json<Value>, Failure>;
/// A JSON body, or why there is none.
pub type Body = Result<Json<Value>, JsonRejection>;

/// All state of one demo.
pub struct Service {
    accounts: Mutex<Vec<Account>>,
    log: Mutex<log::Log>,
}

impl Service {
    /// Both accounts as they are at the start.
    pub fn new(options: Options) -> Shared {
        Arc::new(Self { accounts: Mutex::new(start::accounts(options)), log: Mutex::default() })
    }

    /// The requests so far.
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

/// Who asks, put into the request by [`authenticate`].
#[derive(Clone, Copy, Debug)]
pub struct Caller {
    /// The athlete that owns the credential.
    pub person: &'static Person,
    /// With an OAuth token instead of the personal key.
    pub bearer: bool,
}

impl Caller {
    /// Own, or coached.
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

/// Boxed, since a plain `async fn` would be compiled into each of the many handlers.
type Finding<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// The athlete of a path `/athlete/{id}/...`; 0 is the caller.
pub struct Target {
    /// Who asks.
    pub caller: Caller,
    id: &'static str,
    service: Shared,
}

impl Target {
    /// Use the account while nobody else does.
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

/// The activity of a path `/activity/{activity}/...`.
pub struct Found {
    /// The activity id.
    pub id: String,
    owner: &'static str,
    service: Shared,
}

impl Found {
    /// Use the account and the activity in it while nobody else does.
    pub fn read<T>(&self, use_it: impl FnOnce(&Account, &Activity) -> Result<T, Failure>) -> Result<T, Failure> {
        self.service.with(self.owner, |account| {
            let activity = account.activities.iter().find(|activity| activity.id == self.id);
            use_it(account, activity.ok_or_else(Failure::not_found)?)
        })
    }

    /// Change the activity; what follows from it is worked out again.
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

    /// Use the account that it belongs to while nobody else does.
    pub fn with<T>(&self, use_it: impl FnOnce(&mut Account) -> Result<T, Failure>) -> Result<T, Failure> {
        self.service.with(self.owner, use_it)
    }

    /// Remove it.
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

/// A body that must be an object.
pub fn object(body: Body) -> Result<Object, Failure> {
    match body?.0 {
        Value::Object(object) => Ok(object),
        _ => Err(Failure::rejected("JSON parse error: expected an object")),
    }
}

/// A body that must be an array of objects.
pub fn objects(body: Body) -> Result<Vec<Object>, Failure> {
    let Value::Array(values) = body?.0 else { return Err(Failure::rejected("JSON parse error: expected an array")) };
    let object = |value| match value {
        Value::Object(object) => Ok(object),
        _ => Err(Failure::rejected("JSON parse error: expected an array of objects")),
    };
    values.into_iter().map(object).collect()
}

/// Keep only the asked fields, and drop those that are null; without `fields` everything stays.
pub fn filtered(mut object: Object, fields: Option<&[String]>) -> Value {
    if let Some(fields) = fields {
        object.retain(|key, value| !value.is_null() && fields.contains(key));
    }
    Value::Object(object)
}
