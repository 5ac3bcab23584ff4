//! Watches over one thing that a client asked for: it is logged, and calls of tools are counted.
use std::{sync::Arc, thread, time::Instant};

use intervals_catalog::Name;
use intervals_core::{Error, client::TraceContext};

use crate::{
    log::Line,
    metrics::{Metrics, Outcome},
    request::{Request, RequestId},
};

/// What a client can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Tool,
    Resource,
    Prompt,
    Completion,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Resource => "resource",
            Self::Prompt => "prompt",
            Self::Completion => "completion",
        }
    }
}

/// One thing that was asked, from its begin to its end; one that is dropped before was cancelled.
pub(crate) struct Watch<'a> {
    metrics: &'a dyn Metrics,
    kind: Kind,
    /// Of the catalogue, never of the caller.
    name: Option<Name>,
    request: RequestId,
    caller: Arc<str>,
    trace: Option<TraceContext>,
    since: Instant,
    outcome: Outcome,
    error: Option<&'static str>,
}

impl<'a> Watch<'a> {
    /// Begins.
    pub fn new(metrics: &'a dyn Metrics, kind: Kind, request: Request<'_>) -> Self {
        Self {
            metrics,
            kind,
            name: None,
            request: request.id(),
            caller: request.caller(),
            trace: request.trace(),
            since: Instant::now(),
            outcome: Outcome::Cancelled,
            error: None,
        }
    }

    /// It is there, under this name.
    pub fn found(mut self, name: Name) -> Self {
        self.name = Some(name);
        if self.kind == Kind::Tool {
            self.metrics.call_begins();
        }
        self
    }

    /// What it must have to go on; without it the client asked for something that is not there.
    pub fn or_unknown<T, E>(self, needed: Result<T, E>) -> Result<(T, Self), E> {
        match needed {
            Ok(needed) => Ok((needed, self)),
            Err(error) => {
                self.unknown();
                Err(error)
            }
        }
    }

    /// There is nothing of the name that the client gave, or it may not see it.
    pub fn unknown(mut self) {
        (self.outcome, self.error) = (Outcome::Error, Some("unknown"));
        if self.kind == Kind::Tool {
            self.metrics.unknown_tool();
        }
    }

    /// It ended like this; a panic becomes an error.
    pub fn end<T>(mut self, caught: thread::Result<Result<T, Error>>) -> Result<T, Error> {
        let outcome =
            caught.map_err(|_| Error::new(format!("the {} failed inside", self.kind.word()), "Report this defect."));
        (self.outcome, self.error) = match &outcome {
            Err(_) => (Outcome::Panic, None),
            Ok(Ok(_)) => (Outcome::Ok, None),
            Ok(Err(error)) if error.is_cancelled() => (Outcome::Cancelled, None),
            Ok(Err(error)) => (Outcome::Error, Some(error.kind())),
        };
        outcome.flatten()
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let took = self.since.elapsed();
        if let (Kind::Tool, Some(tool)) = (self.kind, &self.name) {
            self.metrics.call_ends(tool, self.outcome, took);
        }
        let line = Line {
            request: &self.request,
            caller: &self.caller,
            kind: self.kind.word(),
            name: self.name.as_deref().unwrap_or("-"),
            outcome: self.outcome.word(),
            error: self.error,
            took,
            trace: self.trace.as_ref(),
        };
        line.write();
    }
}
