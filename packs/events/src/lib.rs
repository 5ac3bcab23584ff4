//! Events: the calendar of planned workouts, races and notes.

struct Events;

impl icu_core::ToolPack for Events {}

icu_core::pack! { "events", "Events: the calendar of planned workouts, races and notes.", default: true, Events }
