//! A handle on one account: the verbs, and the one place that sends.
mod guard;
mod sending;

use std::sync::Arc;

use futures::future::BoxFuture;
use reqwest::Method;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

#[cfg(any(test, feature = "testing"))]
use crate::RequestLog;
use crate::{
    AthleteProfile, Body, ClientError, Credential, Effect, OWNER, Page, Recorder, Records, Reply, Result, Service,
    TraceContext, WriteCounts, call_memory::CallMemory, decode, profiles::Profiles,
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
    /// Sees every write.
    recorder: Option<Arc<dyn Recorder>>,
    /// What is remembered while one call runs.
    memory: Option<Arc<CallMemory>>,
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
            recorder: None,
            memory: None,
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

    /// The same client, whose writes are seen by `recorder` before and after they are sent.
    pub fn recorded_by(self, recorder: Arc<dyn Recorder>) -> Self {
        Self { recorder: Some(recorder), ..self }
    }

    /// The same client for one call: an activity is fetched once, and it counts how the writes of the call end.
    pub fn for_one_call(self) -> Self {
        Self { memory: Some(Arc::default()), ..self }
    }

    /// How the writes ended that were sent since [`for_one_call`](Self::for_one_call).
    pub fn writes(&self) -> WriteCounts {
        self.memory.as_ref().map(|memory| memory.writes()).unwrap_or_default()
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
        self.noted(decode::one(&reply.data, || operation(&Method::GET, path))?, path)
    }

    /// Reads one value, and gives it also as the service sent it.
    pub async fn get_with_raw<T: DeserializeOwned>(&self, path: &[&str]) -> Result<(T, Value)> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        let value = self.noted(decode::one(&reply.data, || operation(&Method::GET, path))?, path)?;
        let (raw, _) = decode::one(&reply.data, || operation(&Method::GET, path))?;
        Ok((value, raw))
    }

    /// The same of the record with this id in a list that the service only gives whole; nothing when none has it.
    pub async fn find_with_raw<T: DeserializeOwned>(&self, path: &[&str], id: &str) -> Result<Option<(T, Value)>> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        let Some(found) = decode::of_id(&reply.data, id, || operation(&Method::GET, path))? else { return Ok(None) };
        let value = self.noted(found, path)?;
        let raw = decode::of_id(&reply.data, id, || operation(&Method::GET, path))?;
        Ok(raw.map(|(raw, _)| (value, raw)))
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

    /// Says what of one record could not be read.
    fn noted<T>(&self, (record, odd): (T, Vec<String>), path: &[&str]) -> Result<T> {
        if let (Some(first), Some(report)) = (odd.first(), &self.report) {
            report(format!("{} could not be read and is left out: {first}", left_out(odd.len(), &path.join("/"))));
        }
        Ok(record)
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
        if let (Some(first), Some(report)) = (records.odd.first(), &self.report) {
            report(format!("{} could not be read and is left out: {first}", left_out(records.odd.len(), of)));
        }
    }

    /// Reads one record of a list that the service only gives whole; nothing when none has this id.
    pub(crate) async fn find<T: DeserializeOwned>(&self, path: &[&str], id: &str) -> Result<Option<T>> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        let found = decode::of_id(&reply.data, id, || operation(&Method::GET, path))?;
        found.map(|found| self.noted(found, path)).transpose()
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
        self.noted(decode::one_or_null(&reply.data, || operation(&Method::PUT, path))?, path)
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
        self.noted(decode::one_or_null(&reply.data, || operation(&Method::POST, path))?, path)
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
        self.noted(decode::one_or_null(&reply.data, || operation(&Method::DELETE, path))?, path)
    }
}

/// A query as it stands in a URL.
fn encode(query: &(impl Serialize + ?Sized)) -> Result<String> {
    serde_urlencoded::to_string(query).map_err(|e| ClientError::Setup(format!("the query cannot be written: {e}")))
}

fn operation(method: &Method, path: &[&str]) -> String {
    format!("{method} {}", path.join("/"))
}

fn left_out(values: usize, of: &str) -> String {
    match values {
        1 => format!("1 value of {of}"),
        n => format!("{n} values of {of}"),
    }
}
