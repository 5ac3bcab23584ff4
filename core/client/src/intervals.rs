//! A handle on one account: the verbs, and the one place that sends.
mod guard;

use std::{sync::Arc, time::Duration};

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::future::BoxFuture;
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;

#[cfg(any(test, feature = "testing"))]
use crate::RequestLog;
use crate::{
    AthleteProfile, Body, ClientError, Credential, Effect, OWNER, Page, Records, Reply, Result, Service, TraceContext,
    decode, exchange, needs, profiles::Profiles,
};

/// Receives one sentence about what a list lost: records that could not be read.
type Report = Arc<dyn Fn(String) + Send + Sync>;

/// A handle on one account at the service that carries what it may do. Cheap to clone.
#[derive(Clone)]
pub struct Intervals {
    account: Arc<Account>,
    allowed: Effect,
    /// The athletes it may name beside the own one; `None` is any.
    athletes: Option<Arc<[String]>>,
    /// Receives what it could not read.
    report: Option<Report>,
    /// The trace that its requests belong to.
    trace: Option<Arc<TraceContext>>,
    #[cfg(any(test, feature = "testing"))]
    requests: Option<RequestLog>,
}

/// Who asks, and what is remembered for them alone.
struct Account {
    service: Service,
    credential: Credential,
    own_id: String,
    profiles: Profiles,
}

/// No query.
pub const ALL: &[(&str, &str)] = &[];

/// How long is waited between the attempts of one request in all.
const WAITING: Duration = Duration::from_secs(5);

impl Service {
    /// A client for one account. `own_id` stands in paths for the own athlete; `None` is the credential's owner.
    pub fn account(&self, credential: Credential, own_id: Option<String>) -> Intervals {
        let account = Account {
            service: self.clone(),
            credential,
            own_id: own_id.unwrap_or_else(|| OWNER.into()),
            profiles: Profiles::new(self.cache()),
        };
        Intervals {
            account: Arc::new(account),
            allowed: Effect::Destructive,
            athletes: None,
            report: None,
            trace: None,
            #[cfg(any(test, feature = "testing"))]
            requests: None,
        }
    }
}

impl Intervals {
    /// The same client, allowed no more than `effect`. There is no way back up.
    pub fn with_max_effect(self, effect: Effect) -> Self {
        Self { allowed: self.allowed.min(effect), ..self }
    }

    /// The same client, for the own account and these athletes only. Unlike a check in an extractor this holds for untyped calls.
    /// There is no way back either: of a second list only those count who are on the first.
    pub fn restricted_to(self, ids: impl IntoIterator<Item = String>) -> Self {
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

    /// The same client, which reports records of a list that it could not read, a sentence each.
    pub fn reporting_to(self, report: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { report: Some(Arc::new(report)), ..self }
    }

    /// The same client, which records what it is asked for, also what it refuses to send.
    #[cfg(any(test, feature = "testing"))]
    pub fn recording_requests(self, requests: RequestLog) -> Self {
        Self { requests: Some(requests), ..self }
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

    pub(crate) fn credential(&self) -> &Credential {
        &self.account.credential
    }

    /// Whether this athlete may be named.
    pub fn offers(&self, athlete: &str) -> bool {
        athlete == self.own_id() || self.athletes.as_ref().is_none_or(|known| known.iter().any(|id| id == athlete))
    }

    /// `GET /athlete/{id}`, kept for the cache time.
    pub fn athlete_profile<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Arc<AthleteProfile>>> {
        Box::pin(async move {
            // The guard comes first: what another handle fetched must not reach one that may not ask.
            if !self.offers(id) {
                return Err(ClientError::NotOffered { athlete: id.into() });
            }
            self.account.profiles.get(id, self.get(&["athlete", id], ALL)).await
        })
    }

    /// The own athlete's record.
    pub fn own(&self) -> BoxFuture<'_, Result<Arc<AthleteProfile>>> {
        self.athlete_profile(self.own_id())
    }

    /// Reads one value. Path segments are encoded one by one.
    pub async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<T> {
        let reply = self.send(Method::GET, path, encode(query)?, Body::None).await?;
        decode::one(&reply.data, || operation(&Method::GET, path))
    }

    /// Reads a list. A record of an unexpected shape is left out and reported in the answer's notes.
    pub async fn list<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Vec<T>> {
        Ok(self.page(path, query).await?.records)
    }

    /// Reads a list that may be a part of a longer one: how many came tells whether it is.
    pub async fn page<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Page<T>> {
        let reply = self.send(Method::GET, path, encode(query)?, Body::None).await?;
        self.counted(&reply.data, &Method::GET, path)
    }

    fn readable<T: DeserializeOwned>(&self, data: &[u8], method: &Method, path: &[&str]) -> Result<Vec<T>> {
        Ok(self.counted(data, method, path)?.records)
    }

    pub(crate) fn counted<T: DeserializeOwned>(&self, data: &[u8], method: &Method, path: &[&str]) -> Result<Page<T>> {
        let records = decode::many(data, || operation(method, path))?;
        self.report(path.last().copied().unwrap_or_default(), &records);
        Ok(Page { received: records.good.len() + records.bad.len(), records: records.good })
    }

    /// Says what of a list could not be read.
    pub(crate) fn report<T>(&self, of: &str, records: &Records<T>) {
        if let (Some(first), Some(report)) = (records.bad.first(), &self.report) {
            let said = match records.bad.len() {
                1 => format!("1 record of {of} could not be read and is left out"),
                n => format!("{n} records of {of} could not be read and are left out"),
            };
            report(format!("{said} ({first})"));
        }
    }

    /// Reads one record of a list that the service only gives whole; nothing when none has this id.
    pub(crate) async fn find<T: DeserializeOwned>(&self, path: &[&str], id: &str) -> Result<Option<T>> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        decode::of_id(&reply.data, id, || operation(&Method::GET, path))
    }

    /// The same of a list that stands in an answer, and may be missing there.
    pub(crate) fn readable_in<T: DeserializeOwned>(
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
    pub(crate) fn send<'a>(
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
        if let Some(requests) = &self.requests {
            requests.record(operation(&method, path), needs);
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
}

/// Forgets the cached records when a write ends.
struct Forget<'a>(&'a Profiles);

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
