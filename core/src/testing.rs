//! The test kit: runs tools against a service, returns what a model would read, and checks packs against the rules.
//!
//! ```text
//! use intervals_core::testing::{demo, demo::RIDE};
//!
//! let demo = demo().await;
//! demo.answers("icu_get_activity_details", json!({"activity_id": RIDE}), &["Coast loop"]).await;
//! demo.refuses("icu_update_activity", json!({"activity_id": RIDE, "feel": 9}), "feel is 9").await;
//! assert!(demo.writes().is_empty());
//! ```
mod conformance;
pub mod demo;
mod expect;
pub mod marks;
mod pack_under_test;
pub mod rules;
mod scripted_host;
pub mod upstream;

pub use crate::client::{RecordedRequest, operations};
#[doc(hidden)]
pub use conformance::wait_for;
pub use demo::{demo, demo_with};
pub use pack_under_test::{Exception, PackUnderTest, Policy};
pub use scripted_host::ScriptedHost;
pub use upstream::{Upstream, mock_server, reply, upstream, upstream_any, upstream_when};
pub use wiremock;

use std::{any::Any, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use crate::{
    Call, Effect, Error, Intervals, JsonMap, Result, Settings, ToolPack,
    answer::Answer,
    client::{Credential, Options, RequestLog, Service},
    content::Content,
    host::{Question, Reply, Step},
    tool::{TOOLS, ToolDef},
    units::System,
};

/// Runs tools against a service, with the operator's settings.
pub struct ToolRunner {
    client: Intervals,
    /// The operator's settings. The time is fixed, see [`ToolRunner::at`].
    pub settings: Settings,
    host: ScriptedHost,
    hidden: &'static [&'static str],
    requests: RequestLog,
    url: String,
    /// Keeps the service alive.
    service: Option<Arc<dyn Any + Send + Sync>>,
}

impl ToolRunner {
    /// A runner for the service at `url`, with the demo's key, at noon of 5 July 2026 in the demo athlete's zone
    /// (Pacific/Auckland).
    ///
    /// Panics on an invalid URL.
    #[allow(clippy::expect_used, reason = "for tests only")]
    pub fn at(url: &str) -> Self {
        let service = Service::new(Options::at(url)).expect("a URL of this machine");
        let client = service.account(Credential::ApiKey("demo".into()), None);
        let noon = Timestamp::from_second(1_783_209_600).ok();
        let settings = Settings { now: noon, ..Settings::default() };
        Self {
            client,
            settings,
            host: ScriptedHost::default(),
            hidden: &[],
            requests: RequestLog::default(),
            url: url.into(),
            service: None,
        }
    }

    /// Keeps the service itself, a demo or a mock server, alive as long as the runner.
    pub fn keeping(self, service: impl Any + Send + Sync) -> Self {
        Self { service: Some(Arc::new(service)), ..self }
    }

    /// A new runner for the same service, with an empty cache and the default settings.
    pub fn again(&self) -> Self {
        Self { service: self.service.clone(), ..Self::at(&self.url) }
    }

    /// The URL of the service.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The service that the runner keeps.
    ///
    /// Panics when it keeps a service of another type or none.
    #[allow(clippy::expect_used, reason = "for tests only")]
    fn service<T: Any>(&self) -> &T {
        let service = self.service.as_ref().and_then(|service| service.downcast_ref());
        service.expect("the runner keeps a service of this kind")
    }

    /// Changes the settings.
    pub fn set(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(&mut self.settings);
        self
    }

    /// Sets the time zone, such as `UTC`, so that the athlete's profile is not fetched for it.
    ///
    /// Panics on an unknown time zone.
    #[allow(clippy::expect_used, reason = "for tests only")]
    pub fn zone(self, name: &str) -> Self {
        let zone = TimeZone::get(name).expect("a time zone");
        self.set(|settings| settings.timezone = Some(zone))
    }

    /// Replaces the account of the demo athlete.
    pub fn with(self, client: Intervals) -> Self {
        Self { client, ..self }
    }

    /// Sets miles, pounds and °F, whatever the athlete's profile has.
    pub fn imperial(mut self) -> Self {
        self.settings.units = Some(System::Imperial.into());
        self
    }

    /// Adds `athlete_id` to the schemas.
    pub fn coach(mut self) -> Self {
        self.settings.coach = true;
        self
    }

    /// Limits the client to reading, as `read_only` does.
    pub fn read_only(mut self) -> Self {
        self.client = self.client.with_max_effect(Effect::Read);
        self
    }

    /// Limits the athletes to the key's owner and these.
    pub fn restricted_to(mut self, ids: &[&str]) -> Self {
        self.client = self.client.restricted_to(ids.iter().map(ToString::to_string));
        self
    }

    /// Scripts the person's replies, in this order. Without it, questions get [`Reply::CannotAsk`].
    pub fn replying(self, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.host.reply(replies);
        self
    }

    /// Makes the host show user interfaces.
    pub fn showing_ui(mut self) -> Self {
        self.host.ui = true;
        self
    }

    /// Runs the linked tool with this name.
    pub async fn run(&self, tool: &str, arguments: Value) -> Result<Answer> {
        let Some(tool) = find(tool) else {
            return Err(Error::new(
                format!("no tool {tool} is linked"),
                "Name its crate in the test: `use intervals_pack_x as _;`.",
            ));
        };
        tool.run(self.call(arguments)).await
    }

    /// Runs a tool, linked or not.
    pub async fn run_tool(&self, tool: &ToolDef, arguments: JsonMap) -> Result<Answer> {
        tool.run(self.call(Value::Object(arguments))).await
    }

    /// The requests that tools made, including those that the client refused to send.
    pub fn requested(&self) -> Vec<RecordedRequest> {
        self.requests.requests()
    }

    /// The steps that tools reported.
    pub fn steps(&self) -> Vec<Step> {
        self.host.steps()
    }

    /// The questions that tools asked.
    pub fn questions(&self) -> Vec<Question> {
        self.host.questions()
    }

    /// Runs the linked tool with this name. Returns the text or the error that a model reads.
    pub async fn text(&self, tool: &str, arguments: Value) -> String {
        match self.run(tool, arguments).await {
            Ok(answer) => answer.text,
            Err(error) => error.to_string(),
        }
    }

    /// Hides these tools from [`read`](Self::read), so that their resources are hidden too.
    pub fn hiding(mut self, tools: &'static [&'static str]) -> Self {
        self.hidden = tools;
        self
    }

    /// The values that a pack offers for an argument.
    pub async fn complete(&self, pack: &dyn ToolPack, argument: &str, typed: &str) -> Option<Result<Vec<String>>> {
        crate::pack::complete(pack, argument, typed, self.call(Value::Null)).await
    }

    /// Reads a resource of the first linked pack that has it.
    pub async fn read(&self, uri: &str) -> Option<Result<Content>> {
        for pack in crate::pack::packs() {
            let read = crate::pack::read(
                &*(pack.build)(),
                uri,
                &|tool| find(tool).filter(|_| !self.hidden.contains(&tool)).map(Into::into),
                self.call(Value::Null),
            )
            .await;
            if read.is_some() {
                return read.map(|read| read.map(|read| read.content));
            }
        }
        None
    }

    fn call(&self, arguments: Value) -> Call {
        let client = self.client.clone().recording_requests(self.requests.clone());
        let mut call = Call::new(client, arguments.as_object().cloned().unwrap_or_default());
        call.settings = Arc::new(self.settings.clone());
        call.host = Arc::new(self.host.clone());
        call
    }
}

/// Installs the TLS provider that the client uses, for tests that speak HTTP themselves.
pub fn install_tls() {
    crate::client::install_tls();
}

/// The linked tool with this name.
pub fn find(name: &str) -> Option<&'static ToolDef> {
    TOOLS.iter().find(|tool| tool.name == name)
}
