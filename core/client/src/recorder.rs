//! Observes every write of a client, before and after it is sent.
use crate::{Body, ClientError, Effect, Reply, Result, call_memory::CallMemory};

/// A request that writes.
#[derive(Debug)]
#[non_exhaustive]
pub struct Write<'a> {
    /// `METHOD path`.
    pub operation: String,
    /// The segments of the path.
    pub path: &'a [&'a str],
    /// The query, encoded; empty for none.
    pub query: &'a str,
    /// The body.
    pub body: &'a Body,
    /// [`Effect::Write`] or [`Effect::Destructive`].
    pub needs: Effect,
}

/// The outcome of a write.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome<'a> {
    /// The service accepted it.
    Accepted(&'a Reply),
    /// The service refused it, or its outcome is unknown ([`ClientError::leaves_open`]).
    Failed(&'a ClientError),
    /// The call ended before the response: the write may have been carried out.
    Abandoned,
}

/// Observes every write of a client that passes the guard: once before it is sent and once after, however often it is sent.
pub trait Recorder: Send + Sync {
    /// Called before the first attempt.
    fn before(&self, write: &Write<'_>);

    /// Called when there is an outcome.
    fn after(&self, write: &Write<'_>, outcome: Outcome<'_>);
}

/// A write in progress. One that is dropped before its end is abandoned.
pub(crate) struct Recording<'a> {
    recorder: Option<&'a dyn Recorder>,
    memory: Option<&'a CallMemory>,
    write: Write<'a>,
    ended: bool,
}

impl<'a> Recording<'a> {
    pub fn start(recorder: Option<&'a dyn Recorder>, memory: Option<&'a CallMemory>, write: Write<'a>) -> Self {
        if let Some(recorder) = recorder {
            recorder.before(&write);
        }
        Self { recorder, memory, write, ended: false }
    }

    pub fn end(mut self, outcome: &Result<Reply>) {
        self.ended = true;
        if let Some(memory) = self.memory {
            memory.count(outcome.is_ok());
        }
        let outcome = match outcome {
            Ok(reply) => Outcome::Accepted(reply),
            Err(error) => Outcome::Failed(error),
        };
        if let Some(recorder) = self.recorder {
            recorder.after(&self.write, outcome);
        }
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        if let Some(memory) = self.memory {
            memory.count(false);
        }
        if let Some(recorder) = self.recorder {
            recorder.after(&self.write, Outcome::Abandoned);
        }
    }
}
