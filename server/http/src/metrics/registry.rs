//! All metrics of the server, and their text for Prometheus.
use std::{
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use intervals_catalog::Name;
use intervals_core::client::Service;
use intervals_mcp::{Metrics, Outcome};
use prometheus_client::{
    encoding::text::encode,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::{ConstGauge, Gauge},
        histogram::Histogram,
        info::Info,
    },
    registry::{Registry, Unit},
};

use super::{Level, upstream::UpstreamCollector};

/// The media type of [`PrometheusMetrics::render`] (OpenMetrics 1.0).
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the histogram of call durations, in seconds.
const BUCKETS: [f64; 13] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

type Label = (&'static str, Name);

/// The metrics of the server.
pub struct PrometheusMetrics {
    registry: Registry,
    calls: Family<[Label; 2], Counter>,
    durations: Family<[Label; 1], Histogram>,
    calls_in_flight: Gauge,
    unknown_tools: Counter,
    sessions: Family<[Label; 1], Gauge>,
    connections: Level,
    requests: Level,
    refused: Family<[Label; 1], Counter>,
    service: Arc<OnceLock<Service>>,
}

impl Default for PrometheusMetrics {
    fn default() -> Self {
        Self::new()
    }
}

impl PrometheusMetrics {
    /// Metrics at zero.
    pub fn new() -> Self {
        let service = Arc::new(OnceLock::new());
        let mut metrics = Self {
            registry: Registry::with_prefix("intervals_icu_mcp"),
            calls: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            calls_in_flight: Gauge::default(),
            unknown_tools: Counter::default(),
            sessions: Family::default(),
            connections: Level::default(),
            requests: Level::default(),
            refused: Family::default(),
            service: service.clone(),
        };
        let all = &mut metrics.registry;
        // The crate appends a full stop to each help text, and _total to each counter's name.
        all.register("calls", "Tool calls that ended, by tool and outcome", metrics.calls.clone());
        let help = "How long tool calls took, whatever their outcome";
        all.register_with_unit("call_duration", help, Unit::Seconds, metrics.durations.clone());
        all.register("calls_in_flight", "Tool calls that are being carried out", metrics.calls_in_flight.clone());
        let help = "Calls of a tool that does not exist or is not offered to the caller";
        all.register("unknown_tool_calls", help, metrics.unknown_tools.clone());
        all.register("sessions", "Open MCP sessions, by transport", metrics.sessions.clone());
        all.register("connections", "Open connections", metrics.connections.0.clone());
        all.register("requests_in_flight", "HTTP requests that are being answered", metrics.requests.0.clone());
        let help = "Requests and connections that were refused before any tool saw them, by reason";
        all.register("refused", help, metrics.refused.clone());
        let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let start = ConstGauge::new(start.as_secs_f64());
        all.register_with_unit(
            "process_start_time",
            "When the server started, since 1970 in UTC",
            Unit::Seconds,
            start,
        );
        let build: [Label; 3] = [
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("os", std::env::consts::OS.into()),
            ("arch", std::env::consts::ARCH.into()),
        ];
        all.register("build", "What runs", Info::new(build));
        all.register_collector(Box::new(UpstreamCollector(service)));
        metrics
    }

    /// Adds the requests to this service, which are read on each rendering.
    pub fn count_requests_of(&self, service: Service) {
        // Already set to the same service, which does not change while the process runs.
        let _ = self.service.set(service);
    }

    /// The current values, in the format of [`CONTENT_TYPE`].
    pub fn render(&self) -> String {
        let mut text = String::new();
        // After an error the text lacks its last line, `# EOF`, and Prometheus refuses it.
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::error!(%error, "the metrics could not be written");
        }
        text
    }

    /// The gauge of open sessions of a transport.
    pub fn sessions(&self, transport: &'static str) -> Level {
        Level(self.sessions.get_or_create_owned(&[("transport", transport.into())]))
    }

    /// The gauge of open connections.
    pub fn connections(&self) -> &Level {
        &self.connections
    }

    /// The gauge of HTTP requests that are being answered.
    pub fn requests(&self) -> &Level {
        &self.requests
    }

    /// Counts a refused request or connection.
    pub fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&[("reason", reason.into())]).inc();
    }
}

impl Metrics for PrometheusMetrics {
    fn call_begins(&self) {
        self.calls_in_flight.inc();
    }

    fn call_ends(&self, tool: &Name, outcome: Outcome, took: Duration) {
        self.calls_in_flight.dec();
        self.calls.get_or_create(&[("tool", tool.clone()), ("outcome", outcome.word().into())]).inc();
        self.durations.get_or_create(&[("tool", tool.clone())]).observe(took.as_secs_f64());
    }

    fn unknown_tool(&self) {
        self.unknown_tools.inc();
    }
}
