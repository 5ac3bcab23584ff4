//! Curves: best power, heart rate and pace of a season.

struct Curves;

impl icu_core::ToolPack for Curves {}

icu_core::pack! { "curves", "Curves: best power, heart rate and pace of a season.", default: true, Curves }
