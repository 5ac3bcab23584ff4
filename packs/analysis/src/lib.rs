//! Inside one activity: intervals, streams, best efforts, histograms.
mod best_efforts;
mod clock;
mod delete_intervals;
mod edit_intervals;
mod histogram;
mod hr_histogram;
mod interval_stats;
mod intervals;
mod pace_histogram;
mod power_histogram;
mod reading;
mod search_intervals;
mod streams;
mod subject;

struct Analysis;

impl icu_core::ToolPack for Analysis {}

icu_core::pack! { "analysis", "Inside one activity: intervals, streams, best efforts, histograms.", default: true, Analysis }
