//! A record of the call's athlete that an id names: what the references to such records share.
use std::fmt::Display;

use serde::de::DeserializeOwned;

use super::{Before, Id};
use crate::{Athlete, Call, ClientError, Error, FromCall, JsonMap, Result, Settings};

/// A kind of record that belongs to an athlete.
pub(super) struct RecordKind {
    /// Its id among the arguments.
    pub id: Id,
    /// What people call it.
    pub noun: &'static str,
    /// Its name in paths, behind the athlete's id.
    pub path: &'static str,
    /// Whether the service has no call for a single one, so that it is found in the list of all.
    pub listed: bool,
    /// The tool that shows its ids.
    pub list: &'static str,
}

/// A record of the call's athlete, with an id of type `I`.
pub struct OfAthlete<I> {
    athlete: Athlete,
    id: I,
    kind: &'static RecordKind,
}

impl<I: Clone + Display> OfAthlete<I> {
    /// Its id.
    pub fn id(&self) -> I {
        self.id.clone()
    }

    /// The athlete whose it is.
    pub fn athlete(&self) -> &Athlete {
        &self.athlete
    }

    /// The error of a request for it: it is missing where the service answered 404.
    pub fn error(&self, error: ClientError) -> Error {
        match error {
            ClientError::NotFound { .. } => self.missing(),
            error => error.into(),
        }
    }

    pub(super) fn missing(&self) -> Error {
        let quote = if self.kind.id.kind == "string" { "\"" } else { "" };
        let problem = format!("there is no {} {quote}{}{quote}", self.kind.noun, self.id);
        Error::new(problem, format!("Use an id from {}.", self.kind.list))
    }

    /// What `write` answers, with the record as it was before.
    pub(super) async fn updated<R: DeserializeOwned>(
        &self,
        write: impl Future<Output = Result<R, ClientError>>,
    ) -> Result<(Before<R>, R)> {
        let (client, id) = (self.athlete.client(), self.id.to_string());
        let list = ["athlete", self.athlete.id(), self.kind.path];
        let before = if self.kind.listed {
            client.find_with_raw(&list, &id).await?.ok_or_else(|| self.missing())?
        } else {
            client.get_with_raw(&[&list[..], &[&id]].concat()).await.map_err(|error| self.error(error))?
        };
        Ok((before.into(), write.await.map_err(|error| self.error(error))?))
    }

    pub(super) async fn new(call: &mut Call, kind: &'static RecordKind, id: I) -> Result<Self> {
        Ok(Self { athlete: Athlete::from_call(call).await?, id, kind })
    }
}

impl RecordKind {
    pub(super) fn describe(&self, settings: &Settings, input: &mut JsonMap) {
        self.id.describe(input);
        Athlete::describe(settings, input);
    }
}
