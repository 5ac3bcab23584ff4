//! Athletes: who they are, how fit they are, and whom a coach reaches.
mod fitness_chart;
mod fitness_summary;
mod list;
mod profile;
mod update_notes;

struct Athletes;

impl icu_core::ToolPack for Athletes {}

icu_core::pack! { "athlete", "Athlete: profile, thresholds, fitness (CTL), fatigue (ATL), form (TSB); coached athletes.", default: true, Athletes }
