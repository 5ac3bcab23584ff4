//! Inside one activity: intervals, streams, best efforts, histograms.

struct Analysis;

impl icu_core::ToolPack for Analysis {}

icu_core::pack! { "analysis", "Inside one activity: intervals, streams, best efforts, histograms.", default: true, Analysis }
