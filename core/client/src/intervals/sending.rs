//! Sends a request: guard, rate limit, and retries where they are safe.
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use futures::future::BoxFuture;
use reqwest::{Method, Url};

use super::{Intervals, operation};
use crate::{
    Body, ClientError, Effect, Reply, Result, Write, call_memory::CallMemory, exchange, needs, profiles::Profiles,
    recorder::Recording,
};

/// The most time that one request waits between its attempts in all.
const WAITING: Duration = Duration::from_secs(5);

impl Intervals {
    /// Sends every request: guard, rate limit, and retries where they are safe.
    ///
    /// Boxed, like all futures with many callers: an `async fn` would be compiled into each crate that awaits it.
    pub(crate) fn send<'a>(
        &'a self,
        method: Method,
        path: &'a [&'a str],
        query: String,
        body: Body,
    ) -> BoxFuture<'a, Result<Reply>> {
        Box::pin(self.guard_and_send(method, path, query, body))
    }

    async fn guard_and_send(&self, method: Method, path: &[&str], query: String, body: Body) -> Result<Reply> {
        // First, because the checks below rely on valid segments.
        let mut url = self.service().url(path)?;
        let needs = needs::effect(&method, path);
        #[cfg(any(test, feature = "testing"))]
        if let Some(requests) = &self.requests {
            requests.record(operation(&method, path), needs);
        }
        if needs > self.allowed {
            return Err(ClientError::Refused { operation: operation(&method, path), needs, allowed: self.allowed });
        }
        self.guard_athlete(path).await?;
        if needs == Effect::Read {
            let is_record = method == Method::GET && query.is_empty() && CallMemory::remembers(path);
            if let Some(memory) = self.memory.as_ref().filter(|_| is_record) {
                return memory.record(path, self.attempts(&method, path, url, &body, needs)).await;
            }
            url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
            return self.attempts(&method, path, url, &body, needs).await;
        }
        // Also after a failure or a cancellation, because the service may have carried out the write.
        let _forget = Forget(&self.account.profiles);
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        let write = Write { operation: operation(&method, path), path, query: &query, body: &body, needs };
        let recording = Recording::start(self.recorder.as_deref(), self.memory.as_deref(), write);
        let outcome = self.attempts(&method, path, url, &body, needs).await;
        recording.end(&outcome);
        outcome
    }

    /// Sends until there is a response, a permanent error, or no time left.
    async fn attempts(&self, method: &Method, path: &[&str], url: Url, body: &Body, needs: Effect) -> Result<Reply> {
        let service = self.service();
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
            let sent = exchange::exchange(request, self.credential(), body, service.cap(), service.counts());
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

/// Drops the cached profiles when a write ends.
struct Forget<'a>(&'a Profiles);

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.0.forget();
    }
}
