//! Steps that an athlete walks in a day.
mod get;
mod set;

struct Pack;

impl intervals_core::ToolPack for Pack {}

intervals_core::pack! { "{{pack}}", "Steps: how much the athlete walks in a day.", default: true, Pack }
