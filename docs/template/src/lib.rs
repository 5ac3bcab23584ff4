//! Steps: how much an athlete walks.
mod get;
mod set;

struct Pack;

impl icu_core::ToolPack for Pack {}

icu_core::pack! { "{{pack}}", "Steps: how much the athlete walks in a day.", default: true, Pack }
