//! The log: where it goes and in which form, and one line for each thing that a client asked.
mod panics;

use std::time::Duration;

use intervals_core::client::TraceContext;
use intervals_settings::config::LogFormat;
use tracing::Subscriber;
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

use crate::request::RequestId;
pub use panics::withhold_panics;

/// Here what clients ask and what tools answer is repeated, and the ids of sessions.
const REPEATS: &str = "rmcp";

/// And here every client that hangs up is an error.
const COMPLAINS: &str = "rmcp::service";

/// The binary's crate, and the crates that it is made of.
const SERVER: &str = "intervals_icu_mcp";
const PARTS: [&str; 6] = [
    "intervals_catalog",
    "intervals_declared",
    "intervals_http",
    "intervals_install",
    "intervals_mcp",
    "intervals_settings",
];

/// Logs to stderr from now on. The first one in a process counts: tests set up several servers in one.
pub fn start(levels: Targets, format: LogFormat) {
    let lines = layer(format, std::io::stderr).with_filter(discreet(of_the_server(levels)));
    let _ = tracing_subscriber::registry().with(lines).try_init();
}

/// The name of the binary's crate stands for all crates of the server.
fn of_the_server(levels: Targets) -> Targets {
    let named = levels.iter().find(|(target, _)| *target == SERVER).map(|(_, level)| level);
    let known = |levels: &Targets, part: &str| levels.iter().any(|(target, _)| target == part);
    PARTS.iter().fold(levels, |levels, part| match named {
        Some(level) if !known(&levels, part) => levels.with_target(*part, level),
        _ => levels,
    })
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

    #[rstest]
    #[case("warn,intervals_icu_mcp=debug", "intervals_http", true)]
    #[case("warn,intervals_icu_mcp=debug,intervals_http=info", "intervals_http", false)]
    #[case("warn,intervals_icu_mcp=debug", "intervals_client", false)]
    #[case("warn", "intervals_http", false)]
    fn the_binary_s_name_stands_for_the_crates_of_the_server(
        #[case] levels: &str,
        #[case] target: &str,
        #[case] logged: bool,
    ) {
        assert_eq!(of_the_server(levels.parse().unwrap()).would_enable(target, &Level::DEBUG), logged);
    }
}
