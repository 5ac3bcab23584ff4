//! The requests to the service, as the client counts them, in the format of Prometheus.
use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use intervals_core::client::Service;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, NoLabelSet},
    metrics::MetricType::{Counter, Histogram},
    registry::Unit::Seconds,
};

/// Reads the client's counters on each rendering.
pub(super) struct UpstreamCollector(pub Arc<OnceLock<Service>>);

impl fmt::Debug for UpstreamCollector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UpstreamCollector")
    }
}

impl Collector for UpstreamCollector {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Some(service) = self.0.get() else { return Ok(()) };
        let traffic = service.traffic();

        let help = "Requests to Intervals.icu that were answered, by HTTP status.";
        let mut requests = encoder.encode_descriptor("upstream_requests", help, None, Counter)?;
        for (status, n) in &traffic.answered {
            requests.encode_family(&[("status", *status)])?.encode_counter::<NoLabelSet, _, f64>(n, None)?;
        }
        let help = "Requests to Intervals.icu without a whole answer, by what became of them.";
        let mut failures = encoder.encode_descriptor("upstream_failures", help, None, Counter)?;
        for (how, n) in &traffic.lost {
            failures.encode_family(&[("kind", how.word())])?.encode_counter::<NoLabelSet, _, f64>(n, None)?;
        }

        let help = "Requests to Intervals.icu that repeated an earlier one.";
        let mut retries = encoder.encode_descriptor("upstream_retries", help, None, Counter)?;
        retries.encode_counter::<NoLabelSet, _, f64>(&traffic.retries, None)?;
        let help = "How often a request to Intervals.icu waited for its turn.";
        let mut waits = encoder.encode_descriptor("upstream_waits", help, None, Counter)?;
        waits.encode_counter::<NoLabelSet, _, f64>(&traffic.waits, None)?;
        let help = "How long requests to Intervals.icu waited for their turns in all.";
        let mut waited = encoder.encode_descriptor("upstream_wait", help, Some(&Seconds), Counter)?;
        waited.encode_counter::<NoLabelSet, _, f64>(&traffic.waited.as_secs_f64(), None)?;

        let help = "How long requests to Intervals.icu took, with or without an answer.";
        let mut took = encoder.encode_descriptor("upstream_request_duration", help, Some(&Seconds), Histogram)?;
        let count = traffic.took.iter().map(|(_, n)| n).sum();
        took.encode_histogram::<NoLabelSet>(traffic.took_in_all.as_secs_f64(), count, &traffic.took, None)
    }
}
