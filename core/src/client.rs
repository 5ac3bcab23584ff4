//! The Intervals.icu client: one connection pool and one limiter per service, one guard, one place that sends.
mod activities;
mod analysis;
mod athlete;
mod curves;
mod custom_items;
pub(crate) mod decode;
mod error;
mod events;
mod exchange;
mod gear;
mod library;
mod messages;
mod needs;
pub mod operations;
mod pace;
mod part;
mod profiles;
mod service;
mod sport_settings;
mod trace;
mod traffic;
mod wellness;
#[cfg(any(test, feature = "testing"))]
mod witness;
mod workout_doc;

use std::{sync::Arc, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::future::BoxFuture;
use reqwest::Method;
use secrecy::SecretString;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{Effect, call::SharedRemarks};
pub use activities::{
    Activities, Activity, ActivityGear, ActivityRecord, Around, STRAVA_REMEDY, UpdatedStreams, ZoneTime,
};
pub use analysis::*;
pub use athlete::{AthleteProfile, KnownAthlete};
pub use curves::*;
pub use custom_items::*;
pub use decode::{Extended, Records};
pub use error::ClientError;
pub use events::*;
pub use exchange::{Body, Reply};
pub use gear::*;
pub use library::*;
pub use messages::*;
pub use part::Part;
#[cfg(any(test, feature = "testing"))]
pub(crate) use service::install_tls;
pub use service::{Greeting, Options, Service, http_client, is_local};
pub use sport_settings::*;
pub use trace::TraceContext;
pub use traffic::{Lost, Traffic};
pub use wellness::{SportInfo, Wellness, WellnessDay, WellnessDays};
#[cfg(any(test, feature = "testing"))]
pub use witness::{Asked, Witness};
pub use workout_doc::{Goal, PlannedDoc, WorkoutDoc, WorkoutStep};

type Result<T, E = ClientError> = std::result::Result<T, E>;

/// A handle on one account at the service that carries what it may do. Cheap to clone.
#[derive(Clone)]
pub struct Intervals {
    account: Arc<Account>,
    allowed: Effect,
    /// The athletes it may name beside the own one; `None` is any.
    athletes: Option<Arc<[String]>>,
    /// Where it reports records that it could not read.
    remarks: Option<SharedRemarks>,
    /// The trace that its requests belong to.
    trace: Option<Arc<TraceContext>>,
    #[cfg(any(test, feature = "testing"))]
    witness: Option<Witness>,
}

/// Who asks, and what is remembered for them alone.
struct Account {
    service: Service,
    credential: Credential,
    own_id: String,
    profiles: profiles::Profiles,
}

/// What proves to the service who asks. It cannot be printed.
#[derive(Clone, Default)]
pub enum Credential {
    /// None is configured: every request fails and says so.
    #[default]
    None,
    /// A personal API key, sent as HTTP Basic.
    ApiKey(SecretString),
    /// An OAuth access token, sent as a bearer token.
    AccessToken(SecretString),
}

/// The service's word for the owner of the credential.
pub const OWNER: &str = "0";

/// No query.
pub const ALL: &[(&str, &str)] = &[];

/// What stands behind `activities` in a path without being the ids of some.
const NOT_IDS: &[&str] = &["search", "search-full", "interval-search", "manual"];

/// How long is waited between the attempts of one request in all.
const WAITING: Duration = Duration::from_secs(5);

impl Intervals {
    /// The same client, allowed no more than `effect`. There is no way back up.
    pub fn at_most(self, effect: Effect) -> Self {
        Self { allowed: self.allowed.min(effect), ..self }
    }

    /// The same client, for the own account and these athletes only. Unlike a check in an extractor this holds for untyped calls.
    /// There is no way back either: of a second list only those count who are on the first.
    pub fn only_athletes(self, ids: impl IntoIterator<Item = String>) -> Self {
        let known = |id: &String| self.athletes.as_ref().is_none_or(|known| known.contains(id));
        let athletes = ids.into_iter().filter(known).collect();
        Self { athletes: Some(athletes), ..self }
    }

    /// The same client, whose own athlete is this one: calls that name none are about them.
    pub fn about(self, athlete: String) -> Self {
        let Account { service, credential, .. } = &*self.account;
        let account = service.account(credential.clone(), Some(athlete)).account;
        Self { account, ..self }
    }

    pub(crate) fn remarking(self, remarks: SharedRemarks) -> Self {
        Self { remarks: Some(remarks), ..self }
    }

    /// The same client, whose requests are part of a trace; `None` takes it out of any.
    pub fn traced(self, trace: Option<TraceContext>) -> Self {
        Self { trace: trace.map(Arc::new), ..self }
    }

    /// The service that it asks.
    pub fn service(&self) -> &Service {
        &self.account.service
    }

    /// The id that stands for the own account in paths: the configured one, or `0`.
    pub fn own_id(&self) -> &str {
        &self.account.own_id
    }

    /// Whether this athlete may be named.
    pub fn offers(&self, athlete: &str) -> bool {
        athlete == self.own_id() || self.athletes.as_ref().is_none_or(|known| known.iter().any(|id| id == athlete))
    }

    /// Reads one value. Path segments are encoded one by one.
    pub async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<T> {
        let reply = self.send(Method::GET, path, encode(query)?, Body::None).await?;
        decode::one(&reply.data, || operation(&Method::GET, path))
    }

    /// Reads a list. A record of an unexpected shape is left out and reported in the answer's notes.
    pub async fn list<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Vec<T>> {
        Ok(self.part(path, query).await?.records)
    }

    /// Reads a list that may be a part of a longer one: how many came tells whether it is.
    pub async fn part<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Part<T>> {
        let reply = self.send(Method::GET, path, encode(query)?, Body::None).await?;
        self.counted(&reply.data, &Method::GET, path)
    }

    fn readable<T: DeserializeOwned>(&self, data: &[u8], method: &Method, path: &[&str]) -> Result<Vec<T>> {
        Ok(self.counted(data, method, path)?.records)
    }

    fn counted<T: DeserializeOwned>(&self, data: &[u8], method: &Method, path: &[&str]) -> Result<Part<T>> {
        let records = decode::many(data, || operation(method, path))?;
        self.report(path.last().copied().unwrap_or_default(), &records);
        Ok(Part { received: records.good.len() + records.bad.len(), records: records.good })
    }

    /// Says what of a list could not be read.
    fn report<T>(&self, of: &str, records: &Records<T>) {
        if let (Some(first), Some(remarks)) = (records.bad.first(), &self.remarks) {
            let said = match records.bad.len() {
                1 => format!("1 record of {of} could not be read and is left out"),
                n => format!("{n} records of {of} could not be read and are left out"),
            };
            remarks.note(format!("{said} ({first})"));
        }
    }

    /// Reads one record of a list that the service only gives whole; nothing when none has this id.
    async fn find<T: DeserializeOwned>(&self, path: &[&str], id: &str) -> Result<Option<T>> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        decode::of_id(&reply.data, id, || operation(&Method::GET, path))
    }

    /// The same of a list that stands in an answer, and may be missing there.
    fn readable_in<T: DeserializeOwned>(
        &self,
        list: Option<Box<RawValue>>,
        method: &Method,
        path: &[&str],
    ) -> Result<Vec<T>> {
        list.map_or(Ok(vec![]), |list| self.readable(list.get().as_bytes(), method, path))
    }

    /// Reads a file.
    pub async fn file(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Reply> {
        self.send(Method::GET, path, encode(query)?, Body::None).await
    }

    /// Changes; answers null where the service answers with nothing.
    pub async fn put<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<T> {
        let reply = self.send(Method::PUT, path, encode(query)?, body).await?;
        decode::one_or_null(&reply.data, || operation(&Method::PUT, path))
    }

    /// Changes several; a record of the answer that cannot be read is left out and reported, since all of them were changed.
    pub async fn put_list<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<Vec<T>> {
        let reply = self.send(Method::PUT, path, encode(query)?, body).await?;
        self.readable(&reply.data, &Method::PUT, path)
    }

    /// Adds; answers null where the service answers with nothing.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<T> {
        let reply = self.send(Method::POST, path, encode(query)?, body).await?;
        decode::one_or_null(&reply.data, || operation(&Method::POST, path))
    }

    /// Adds several; a record of the answer that cannot be read is left out and reported, since all of them were added.
    pub async fn post_list<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<Vec<T>> {
        let reply = self.send(Method::POST, path, encode(query)?, body).await?;
        self.readable(&reply.data, &Method::POST, path)
    }

    /// Sends what the service only turns into a file.
    pub async fn convert(&self, path: &[&str], query: &(impl Serialize + ?Sized), body: Body) -> Result<Reply> {
        self.send(Method::POST, path, encode(query)?, body).await
    }

    /// Deletes; answers null where the service answers with nothing.
    pub async fn delete<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<T> {
        let reply = self.send(Method::DELETE, path, encode(query)?, Body::None).await?;
        decode::one_or_null(&reply.data, || operation(&Method::DELETE, path))
    }

    /// Every request goes through here: guard, pace, send, and send again where that is safe.
    ///
    /// Boxed, as all that many callers await is: an `async fn` would be compiled into each crate that awaits it.
    fn send<'a>(
        &'a self,
        method: Method,
        path: &'a [&'a str],
        query: String,
        body: Body,
    ) -> BoxFuture<'a, Result<Reply>> {
        Box::pin(self.sent(method, path, query, body))
    }

    async fn sent(&self, method: Method, path: &[&str], query: String, body: Body) -> Result<Reply> {
        let service = &self.account.service;
        // First of all: what follows looks at the segments as they will arrive.
        let mut url = service.url(path)?;
        let needs = needs::effect(&method, path);
        #[cfg(any(test, feature = "testing"))]
        if let Some(witness) = &self.witness {
            witness.saw(operation(&method, path), needs);
        }
        if needs > self.allowed {
            return Err(ClientError::Refused { operation: operation(&method, path), needs, allowed: self.allowed });
        }
        self.guard_athlete(path).await?;
        // When it ends, however it ends: the service may have carried out what was cancelled or failed on the way.
        let _forget = (needs > Effect::Read).then(|| Forget(&self.account.profiles));
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        let mut delays = ExponentialBuilder::new()
            .with_min_delay(Duration::from_millis(200))
            .with_max_times(service.attempts().saturating_sub(1))
            .with_jitter()
            .build();
        let mut waited = Duration::ZERO;
        loop {
            service.pace().await;
            let request = service.http()?.request(method.clone(), url.clone());
            let request = self.trace.iter().fold(request, |request, trace| trace.with(request));
            let sent = exchange::exchange(request, &self.account.credential, &body, service.cap(), service.counts());
            let error = match sent.await {
                Ok(reply) => return Ok(reply),
                Err(error) => error.at(path),
            };
            let again = error.safe_to_repeat() || (needs == Effect::Read && error.may_pass());
            let Some(delay) = delays.next().filter(|_| again) else { return Err(error) };
            let delay = error.retry_after().unwrap_or(delay);
            waited += delay;
            if waited > WAITING {
                return Err(error);
            }
            tracing::debug!(%error, ?delay, "sending again");
            tokio::time::sleep(delay).await;
            service.counts().retry();
        }
    }

    /// With a list of athletes, refuses what may belong to another one, whether the path names them or one of their activities.
    async fn guard_athlete(&self, path: &[&str]) -> Result<()> {
        if self.athletes.is_none() {
            return Ok(());
        }
        let athlete = match path {
            // Filtered by `athletes()`.
            ["athletes"] => return Ok(()),
            // Tells of everybody whom the key's owner coaches.
            ["athlete", _, "athlete-summary"] => "of a summary".into(),
            // Any activity can be asked for under the own id.
            ["athlete", id, "activities", ids] if !NOT_IDS.contains(ids) => {
                self.guard_owners(ids.split(',')).await?;
                (*id).to_owned()
            }
            ["athlete", id, ..] => (*id).to_owned(),
            ["activity", id, ..] => self.owner_of(id).await?,
            // Chats, shared events, plans of many athletes: nothing in the path says whose they are.
            _ => format!("behind {}", path.join("/")),
        };
        self.guard_id(athlete).await
    }

    async fn guard_id(&self, athlete: String) -> Result<()> {
        if self.offers(&athlete) || self.own().await?.id == athlete {
            return Ok(());
        }
        Err(ClientError::NotOffered { athlete })
    }

    async fn guard_owners(&self, activities: impl Iterator<Item = &str>) -> Result<()> {
        for activity in activities {
            self.guard_id(self.owner_of(activity).await?).await?;
        }
        Ok(())
    }

    /// Whose activity it is; asked for only when the athletes are limited.
    async fn owner_of(&self, activity: &str) -> Result<String> {
        let open = Self { athletes: None, allowed: Effect::Read, ..self.clone() };
        let found: Activity = Box::pin(open.get(&["activity", activity], ALL)).await?;
        found.known.icu_athlete_id.ok_or_else(|| ClientError::NotOffered { athlete: "of this activity".into() })
    }
}

/// Forgets the cached records when a write ends.
struct Forget<'a>(&'a profiles::Profiles);

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.0.forget();
    }
}

/// A query as it stands in a URL.
fn encode(query: &(impl Serialize + ?Sized)) -> Result<String> {
    serde_urlencoded::to_string(query).map_err(|e| ClientError::Setup(format!("the query cannot be written: {e}")))
}

fn operation(method: &Method, path: &[&str]) -> String {
    format!("{method} {}", path.join("/"))
}
