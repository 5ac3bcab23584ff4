//! The client of one account: its limits, and a method per HTTP verb.
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
    TraceContext, Unread, WriteCounts, call_memory::CallMemory, decode, profiles::Profiles,
};

/// Receives a sentence about records and values that could not be decoded.
type Report = Arc<dyn Fn(String) + Send + Sync>;

/// The client of one account, with limits of what it may do. Cheap to clone. Its own athlete is the credential's owner, unless
/// another one is configured.
#[derive(Clone)]
pub struct Intervals {
    account: Arc<Account>,
    allowed: Effect,
    /// The athletes that it may access beside its own; `None` is any.
    athletes: Option<Arc<[String]>>,
    /// Receives reports of what could not be decoded.
    report: Option<Report>,
    /// Observes every write.
    recorder: Option<Arc<dyn Recorder>>,
    /// The memory of one call.
    memory: Option<Arc<CallMemory>>,
    /// The trace that its requests belong to.
    trace: Option<Arc<TraceContext>>,
    #[cfg(any(test, feature = "testing"))]
    requests: Option<RequestLog>,
}

/// An account, and its cached profiles.
struct Account {
    service: Service,
    credential: Credential,
    own_id: String,
    profiles: Profiles,
}

/// An empty query.
pub const ALL: &[(&str, &str)] = &[];

impl Service {
    /// A client for one account. `own_id` is the id of its own athlete in paths; `None` is the credential's owner.
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
    /// Limits the client to `effect`. The limit cannot be raised again.
    pub fn with_max_effect(self, effect: Effect) -> Self {
        Self { allowed: self.allowed.min(effect), ..self }
    }

    /// Limits the client to the key's owner and these athletes. Unlike a check in an extractor, the limit also holds for untyped requests.
    /// It cannot be widened again: athletes of a second list must be on the first.
    pub fn restricted_to(self, ids: impl IntoIterator<Item = String>) -> Self {
        let known = |id: &String| self.athletes.as_ref().is_none_or(|known| known.contains(id));
        let athletes = ids.into_iter().filter(known).collect();
        Self { athletes: Some(athletes), ..self }
    }

    /// Sets the client's own athlete, whom requests without an athlete are about.
    pub fn about(self, athlete: String) -> Self {
        let Account { service, credential, .. } = &*self.account;
        let account = service.account(credential.clone(), Some(athlete)).account;
        Self { account, ..self }
    }

    /// Reports records and values that could not be decoded, a sentence each.
    pub fn reporting_to(self, report: impl Fn(String) + Send + Sync + 'static) -> Self {
        Self { report: Some(Arc::new(report)), ..self }
    }

    /// Shows every write to `recorder`, before and after it is sent.
    pub fn recorded_by(self, recorder: Arc<dyn Recorder>) -> Self {
        Self { recorder: Some(recorder), ..self }
    }

    /// Starts the memory of one call: the client fetches each activity once, and counts the outcomes of writes.
    pub fn for_one_call(self) -> Self {
        Self { memory: Some(Arc::default()), ..self }
    }

    /// The outcomes of the writes since [`for_one_call`](Self::for_one_call).
    pub fn writes(&self) -> WriteCounts {
        self.memory.as_ref().map(|memory| memory.writes()).unwrap_or_default()
    }

    /// Records all requests, including those that the client refuses to send.
    #[cfg(any(test, feature = "testing"))]
    pub fn recording_requests(self, requests: RequestLog) -> Self {
        Self { requests: Some(requests), ..self }
    }

    /// Sends requests as part of a trace; `None` as part of none.
    pub fn traced(self, trace: Option<TraceContext>) -> Self {
        Self { trace: trace.map(Arc::new), ..self }
    }

    /// The service of the account.
    pub fn service(&self) -> &Service {
        &self.account.service
    }

    /// The id of the client's own athlete in paths: the configured one, or `0`.
    pub fn own_id(&self) -> &str {
        &self.account.own_id
    }

    pub(crate) fn credential(&self) -> &Credential {
        &self.account.credential
    }

    /// Whether the client may access this athlete.
    pub fn offers(&self, athlete: &str) -> bool {
        athlete == self.own_id() || self.athletes.as_ref().is_none_or(|known| known.iter().any(|id| id == athlete))
    }

    /// `GET /athlete/{id}`, cached for the cache time of the options.
    pub fn athlete_profile<'a>(&'a self, id: &'a str) -> BoxFuture<'a, Result<Arc<AthleteProfile>>> {
        Box::pin(async move {
            // The guard comes first, because a client without the limit may have filled the cache.
            if !self.offers(id) {
                return Err(ClientError::NotOffered { athlete: id.into() });
            }
            self.account.profiles.get(id, self.get(&["athlete", id], ALL)).await
        })
    }

    /// The profile of the client's own athlete.
    pub fn own(&self) -> BoxFuture<'_, Result<Arc<AthleteProfile>>> {
        self.athlete_profile(self.own_id())
    }

    /// `GET`: reads one value. Path segments are encoded one by one.
    pub async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<T> {
        let reply = self.send(Method::GET, path, encode(query)?, Body::None).await?;
        self.report_odd(decode::one(&reply.data, || operation(&Method::GET, path))?, path)
    }

    /// Like [`get`](Self::get) without a query, with the JSON of the service.
    pub async fn get_with_raw<T: DeserializeOwned>(&self, path: &[&str]) -> Result<(T, Value)> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        let value = self.report_odd(decode::one(&reply.data, || operation(&Method::GET, path))?, path)?;
        let (raw, _) = decode::one(&reply.data, || operation(&Method::GET, path))?;
        Ok((value, raw))
    }

    /// Like [`get_with_raw`](Self::get_with_raw), for the record with this id in a list that the service only sends whole. Returns
    /// `None` when there is none.
    pub async fn find_with_raw<T: DeserializeOwned>(&self, path: &[&str], id: &str) -> Result<Option<(T, Value)>> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        let Some(record) = decode::of_id(&reply.data, id, || operation(&Method::GET, path))? else { return Ok(None) };
        let value = self.report_odd(record, path)?;
        let raw = decode::of_id(&reply.data, id, || operation(&Method::GET, path))?;
        Ok(raw.map(|(raw, _)| (value, raw)))
    }

    /// `GET`: reads a list. A record that cannot be decoded is left out and [reported](Self::reporting_to).
    pub async fn list<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Vec<T>> {
        Ok(self.page(path, query).await?.records)
    }

    /// `GET`: reads a list that may be a page of a longer one, with the number of received records.
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

    /// Reports the members of a record that could not be decoded. Returns the record.
    fn report_odd<T>(&self, (record, odd): (T, Vec<String>), path: &[&str]) -> Result<T> {
        if let (Some(first), Some(report)) = (odd.first(), &self.report) {
            report(format!("{} could not be read and is left out: {first}", left_out(odd.len(), &path.join("/"))));
        }
        Ok(record)
    }

    /// Reports the records of a list and their members that could not be decoded.
    pub(crate) fn report<T>(&self, list: &str, records: &Records<T>) {
        let Some(report) = &self.report else { return };
        records.unread(list).into_iter().for_each(report.as_ref());
        if let Some(first) = records.odd.first() {
            report(format!("{} could not be read and is left out: {first}", left_out(records.odd.len(), list)));
        }
    }

    /// Returns the record, and reports what of the list inside it could not be decoded.
    pub(crate) fn reported<R: Unread>(&self, record: R) -> R {
        if let (Some(report), Some(unread)) = (&self.report, record.unread()) {
            report(unread);
        }
        record
    }

    /// Reads the record with this id in a list that the service only sends whole. Returns `None` when there is none.
    pub(crate) async fn find<T: DeserializeOwned>(&self, path: &[&str], id: &str) -> Result<Option<T>> {
        let reply = self.send(Method::GET, path, String::new(), Body::None).await?;
        let record = decode::of_id(&reply.data, id, || operation(&Method::GET, path))?;
        record.map(|record| self.report_odd(record, path)).transpose()
    }

    /// Decodes a list inside a response. A missing list is empty.
    pub(crate) fn readable_in<T: DeserializeOwned>(
        &self,
        list: Option<Box<RawValue>>,
        method: &Method,
        path: &[&str],
    ) -> Result<Vec<T>> {
        list.map_or(Ok(vec![]), |list| self.readable(list.get().as_bytes(), method, path))
    }

    /// `GET`: reads a file.
    pub async fn file(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<Reply> {
        self.send(Method::GET, path, encode(query)?, Body::None).await
    }

    /// `PUT`: changes a record. An empty response is null.
    pub async fn put<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<T> {
        let reply = self.send(Method::PUT, path, encode(query)?, body).await?;
        self.report_odd(decode::one_or_null(&reply.data, || operation(&Method::PUT, path))?, path)
    }

    /// `PUT`: changes several records. One that cannot be decoded is left out and reported, because all of them were changed.
    pub async fn put_list<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<Vec<T>> {
        let reply = self.send(Method::PUT, path, encode(query)?, body).await?;
        self.readable(&reply.data, &Method::PUT, path)
    }

    /// `POST`: adds a record. An empty response is null.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<T> {
        let reply = self.send(Method::POST, path, encode(query)?, body).await?;
        self.report_odd(decode::one_or_null(&reply.data, || operation(&Method::POST, path))?, path)
    }

    /// `POST`: adds several records. One that cannot be decoded is left out and reported, because all of them were added.
    pub async fn post_list<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &(impl Serialize + ?Sized),
        body: Body,
    ) -> Result<Vec<T>> {
        let reply = self.send(Method::POST, path, encode(query)?, body).await?;
        self.readable(&reply.data, &Method::POST, path)
    }

    /// `POST`: converts data into a file, without a change at the service.
    pub async fn convert(&self, path: &[&str], query: &(impl Serialize + ?Sized), body: Body) -> Result<Reply> {
        self.send(Method::POST, path, encode(query)?, body).await
    }

    /// `DELETE`: deletes a record. An empty response is null.
    pub async fn delete<T: DeserializeOwned>(&self, path: &[&str], query: &(impl Serialize + ?Sized)) -> Result<T> {
        let reply = self.send(Method::DELETE, path, encode(query)?, Body::None).await?;
        self.report_odd(decode::one_or_null(&reply.data, || operation(&Method::DELETE, path))?, path)
    }
}

/// A query as part of a URL.
fn encode(query: &(impl Serialize + ?Sized)) -> Result<String> {
    serde_urlencoded::to_string(query).map_err(|e| ClientError::Setup(format!("the query cannot be written: {e}")))
}

fn operation(method: &Method, path: &[&str]) -> String {
    format!("{method} {}", path.join("/"))
}

fn left_out(values: usize, source: &str) -> String {
    match values {
        1 => format!("1 value of {source}"),
        n => format!("{n} values of {source}"),
    }
}
