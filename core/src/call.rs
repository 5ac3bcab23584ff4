//! One call of a tool, and how a tool's parameters are extracted from it.
use std::{borrow::Cow, sync::Arc, time::Duration};

use futures::future::{BoxFuture, Either, join, select};
use serde::{Serialize, de::DeserializeOwned};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::{
    ClientError, Effect, Error, Intervals, JsonMap, Result, Settings,
    answer::{Answer, Value, unfit},
    answer_extras::{AnswerExtras, SharedExtras},
    client::{TraceContext, decode, text::clean},
    host::{Host, NoHost},
    render::Reader,
    text::one_line,
    units::Units,
};

/// How long a finished answer waits for the reader's units and ids and the athlete's name.
const PATIENCE: Duration = Duration::from_secs(2);

/// The context of one call, which a tool's parameters are extracted from. The hub, the `call` command and tests build it.
pub struct Call {
    /// The tool's name; set by [`ToolDef::run`](crate::tool::ToolDef::run).
    pub tool: Cow<'static, str>,
    /// The caller's arguments. Each extractor removes the ones that it reads; `args` gets the rest.
    pub arguments: JsonMap,
    /// The client of the caller's account.
    pub client: Intervals,
    /// Fires when the caller cancels the call.
    pub cancellation: CancellationToken,
    /// The operator's settings.
    pub settings: Arc<Settings>,
    /// The program that runs the call: it receives progress and asks the person.
    pub host: Arc<dyn Host>,
    /// The trace that the call and its requests to the service belong to.
    pub trace: Option<TraceContext>,
    /// The id of the athlete that the call is about, once an extractor has read it.
    pub(crate) athlete: Option<String>,
    pub(crate) extras: SharedExtras,
}

/// An extractor: a parameter of a tool other than `args`.
#[diagnostic::on_unimplemented(
    message = "a tool cannot take `{Self}`",
    note = "a tool's own arguments are the parameter called `args`; every other parameter is an extractor (`FromCall`)"
)]
pub trait FromCall: Sized {
    /// Refuses a call that the tool cannot take. All parameters are checked before any is extracted, so that their order does not
    /// matter.
    fn check(_call: &Call) -> Result<()> {
        Ok(())
    }

    /// Extracts the value from the call. The model reads the error.
    fn from_call(call: &mut Call) -> impl Future<Output = Result<Self>> + Send;

    /// Adds the arguments that `from_call` reads to the tool's input schema.
    fn describe(_settings: &Settings, _input: &mut JsonMap) {}
}

impl Call {
    /// A call without a host, which is never cancelled.
    pub fn new(client: Intervals, arguments: JsonMap) -> Self {
        Self {
            tool: Cow::Borrowed(""),
            arguments,
            client,
            cancellation: CancellationToken::new(),
            settings: Arc::default(),
            host: Arc::new(NoHost),
            trace: None,
            athlete: None,
            extras: SharedExtras::default(),
        }
    }

    /// Limits the client to an effect, and makes it send the call's trace.
    pub(crate) fn limit(&mut self, effect: Effect) {
        self.client = self.client.clone().with_max_effect(effect).traced(self.trace.clone());
    }

    /// A copy of the call with other arguments, for another tool.
    pub fn with(&self, arguments: JsonMap) -> Self {
        Self { arguments, ..self.without_arguments() }
    }

    /// A copy of the call without arguments.
    pub(crate) fn without_arguments(&self) -> Self {
        Self {
            tool: self.tool.clone(),
            arguments: JsonMap::new(),
            client: self.client.clone(),
            cancellation: self.cancellation.clone(),
            settings: self.settings.clone(),
            host: self.host.clone(),
            trace: self.trace.clone(),
            athlete: None,
            extras: self.extras.clone(),
        }
    }

    /// Deserializes the remaining arguments. Called after all extractors.
    #[doc(hidden)]
    pub fn args<T: DeserializeOwned>(&mut self) -> Result<T> {
        // As text, like all other input: a second kind of deserializer would compile each type once more.
        let arguments = serde_json::Value::Object(std::mem::take(&mut self.arguments)).to_string();
        decode::own(&arguments).map_err(|(place, reason)| {
            let place = if place == "." { String::new() } else { format!("{place}: ") };
            Error::arguments(&self.tool, format!("{place}{reason}"))
        })
    }

    /// Awaits the value of a tool and renders the answer.
    #[doc(hidden)]
    pub async fn answer<T: Serialize + Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send,
    ) -> Result<Answer> {
        self.render_boxed(Box::pin(async move { Ok(Box::new(work.await?) as Box<dyn Value>) }), false).await
    }

    /// Like [`answer`](Self::answer), for a prescribed answer: the value and nothing beside it, as JSON in text too.
    #[doc(hidden)]
    pub async fn exact<T: Serialize + Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send,
    ) -> Result<Answer> {
        self.render_boxed(Box::pin(async move { Ok(Box::new(work.await?) as Box<dyn Value>) }), true).await
    }

    fn render_boxed<'a>(
        &'a self,
        work: BoxFuture<'a, Result<Box<dyn Value>>>,
        exact: bool,
    ) -> BoxFuture<'a, Result<Answer>> {
        Box::pin(self.render(work, exact))
    }

    async fn render(&self, work: BoxFuture<'_, Result<Box<dyn Value>>>, exact: bool) -> Result<Answer> {
        // Requested beside the tool's own requests, so that they add no time.
        let beside = Box::pin(join(self.units(), self.owner()));
        let (value, beside) = match select(work, beside).await {
            Either::Left((value, beside)) => (value?, timeout(PATIENCE, beside).await.ok()),
            Either::Right((beside, work)) => (work.await?, Some(beside)),
        };
        let slow = || (Units::default(), Some("metric units, since the athlete's settings came too late".into()));
        let (units, owner) = beside.map_or((None, None), |(units, owner)| (Some(units), Some(owner)));
        let (units, doubt) = units.unwrap_or_else(slow);
        let mut extras = self.extras.edit(std::mem::take);
        match owner {
            Some(Ok(None)) => {}
            Some(Ok(owner)) => extras.athlete = owner,
            Some(Err(e)) => extras.notes.push(format!("whose activity it is could not be read: {e}")),
            None if extras.activity.is_some() => extras.notes.push("whose activity it is came too late".into()),
            None => {}
        }
        let mut document = value.document(units).map_err(unfit)?;
        let about = extras.athlete.take();
        let about_others = match &about {
            Some(id) => !timeout(PATIENCE, self.is_own(id)).await.unwrap_or(false),
            None => false,
        };
        let ids = match document.names_an_author() {
            true => timeout(PATIENCE, self.own_ids()).await.unwrap_or_default(),
            false => vec![],
        };
        document.resolve(&Reader { units, ids, about_others, prescribed: exact });
        if exact {
            // A prescribed answer has no place for notes. They may hold account data, so only the debug level logs their text.
            let notes: Vec<_> = extras.notes.iter().chain(&doubt).collect();
            if !notes.is_empty() {
                tracing::warn!(tool = &*self.tool, notes = notes.len(), "an answer leaves its notes out");
                tracing::debug!(tool = &*self.tool, ?notes, "left out");
            }
            return Answer::of(document, true, AnswerExtras::default());
        }
        if let Some(id) = about.filter(|_| about_others) {
            extras.athlete = Some(timeout(PATIENCE, self.name_of(&id)).await.unwrap_or(id));
        }
        extras.notes.extend(doubt);
        Answer::of(document, self.settings.json_text, extras)
    }

    /// The id of the athlete whose activity the call names. Returns `None` when it names none.
    async fn owner(&self) -> Result<Option<String>, ClientError> {
        match self.extras.edit(|extras| extras.activity.clone()) {
            Some(id) => self.client.activity_owner(&id).await,
            None => Ok(None),
        }
    }

    /// The units of the reader, who is the key's owner, and the reason if they are a guess.
    async fn units(&self) -> (Units, Option<String>) {
        if let Some(units) = self.settings.units {
            return (units, None);
        }
        match self.client.own().await {
            Ok(own) => (own.units(), None),
            Err(e) => {
                let doubt = format!("metric units, since the athlete's settings could not be read: {e}");
                (Units::default(), Some(doubt))
            }
        }
    }

    /// The ids of the key's owner: that of the profile, and that of requests.
    async fn own_ids(&self) -> Vec<String> {
        let own = self.client.own().await.map(|own| own.id.clone()).ok();
        own.into_iter().chain([self.client.own_id().to_owned()]).collect()
    }

    async fn is_own(&self, id: &str) -> bool {
        id == self.client.own_id() || self.client.own().await.is_ok_and(|own| own.id == id)
    }

    /// The name and id of another athlete.
    async fn name_of(&self, id: &str) -> String {
        let name = self.client.athlete_profile(id).await.ok().and_then(|profile| profile.name.clone());
        name.map_or_else(|| id.into(), |name| format!("{} ({id})", one_line(&clean(&name))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Credential, Options, Service};

    struct WithUi;

    impl Host for WithUi {
        fn shows_ui(&self) -> bool {
            true
        }
    }

    #[tokio::test]
    async fn a_call_made_of_another_keeps_its_host() {
        let service = Service::new(Options::at("http://127.0.0.1:1")).unwrap();
        let mut call = Call::new(service.account(Credential::None, None), JsonMap::new());
        call.host = Arc::new(WithUi);
        assert!(call.with(JsonMap::new()).host.shows_ui() && call.without_arguments().host.shows_ui());
    }
}
