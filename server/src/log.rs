//! The log: where it goes and in which form, and one line for each thing that a client asked.
mod panics;
mod request_id;

use std::{sync::Arc, time::Duration};

use intervals_core::client::TraceContext;
use rmcp::{RoleServer, service::RequestContext};
use tracing::Subscriber;
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use crate::config::LogFormat;
pub use panics::withhold_panics;
pub use request_id::RequestId;

/// Here what clients ask and what tools answer is repeated, and the ids of sessions.
const REPEATS: &str = "rmcp";

/// And here every client that hangs up is an error.
const COMPLAINS: &str = "rmcp::service";

/// Logs to stderr from now on. The first one in a process counts: tests set up several servers in one.
pub fn start(levels: Targets, format: LogFormat) {
    let lines = layer(format, std::io::stderr).with_filter(discreet(levels));
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

/// What others said is logged only where the operator names its target: a level alone is no wish for an athlete's data.
fn discreet(levels: Targets) -> Targets {
    if levels.iter().any(|(target, _)| target.starts_with("rmcp")) {
        return levels;
    }
    let errors = levels.default_level().unwrap_or(LevelFilter::OFF).min(LevelFilter::ERROR);
    levels.with_target(REPEATS, errors).with_target(COMPLAINS, LevelFilter::OFF)
}

/// Writes lines of this form.
pub fn layer<S, W>(format: LogFormat, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = fmt::layer().with_writer(writer);
    match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    }
}

/// Who calls, as log lines name them; over stdio nobody else can.
#[cfg(feature = "http")]
pub fn caller(context: &RequestContext<RoleServer>) -> Arc<str> {
    let parts = context.extensions.get::<axum::http::request::Parts>();
    let caller = parts.and_then(|parts| parts.extensions.get::<crate::caller::Caller>());
    caller.map_or_else(|| "-".into(), |caller| caller.name.clone())
}

/// Who calls: over stdio nobody else can.
#[cfg(not(feature = "http"))]
pub fn caller(_: &RequestContext<RoleServer>) -> Arc<str> {
    "-".into()
}

/// What is said of one thing that a client asked: nothing that comes from an account, and of the caller's own words only ids.
pub(crate) struct Line<'a> {
    /// Which request.
    pub request: &'a RequestId,
    /// Whose.
    pub caller: &'a str,
    /// `tool`, `resource`, `prompt` or `completion`.
    pub kind: &'static str,
    /// The tool or prompt, or the pack of a resource or completion; `-` when there is none of that name.
    pub name: &'a str,
    /// `ok`, `error`, `cancelled` or `panic`.
    pub outcome: &'static str,
    /// The kind of the error, never its text.
    pub error: Option<&'static str>,
    /// How long it took.
    pub took: Duration,
    /// The trace it belongs to.
    pub trace: Option<&'a TraceContext>,
}

impl Line<'_> {
    /// Writes it, to the target `call`: a panic as an error, so that it is seen at any level.
    pub fn write(&self) {
        let Self { request, caller, kind, name, outcome, error, took, trace } = self;
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let trace = trace.map(TraceContext::trace_id);
        // Levels are constants to tracing.
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(target: "call", request = &*request.0, caller, kind, name, outcome, error, ms, trace)
            };
        }
        if *outcome == "panic" { line!(error) } else { line!(info) }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use tracing::Level;

    use super::*;

    #[rstest]
    #[case("warn", Level::ERROR, true)]
    #[case("warn", Level::WARN, false)]
    #[case("debug", Level::DEBUG, false)]
    #[case("off,call=info", Level::ERROR, false)]
    #[case("warn,rmcp=debug", Level::DEBUG, true)]
    #[case("info", Level::INFO, false)]
    #[case("trace", Level::WARN, false)]
    #[case("off,rmcp::transport=warn", Level::WARN, true)]
    fn what_others_said_is_logged_only_by_name(#[case] levels: &str, #[case] level: Level, #[case] logged: bool) {
        let levels = discreet(levels.parse().unwrap());
        assert_eq!(levels.would_enable("rmcp::transport::streamable_http_server::tower", &level), logged);
    }
}
