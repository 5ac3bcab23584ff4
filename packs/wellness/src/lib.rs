//! Wellness: sleep, heart rate variability, weight, how the athlete feels.
mod day;
mod fields;
mod range;
mod row;
mod update;

struct Wellness;

impl icu_core::ToolPack for Wellness {}

icu_core::pack! { "wellness", "Wellness: sleep, HRV, resting heart rate, weight, mood and own fields, by day.", default: true, Wellness }
