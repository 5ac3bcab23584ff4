//! Gear: bikes, shoes and parts, with reminders.

struct Gear;

impl icu_core::ToolPack for Gear {}

icu_core::pack! { "gear", "Gear: bikes, shoes and parts, with reminders.", default: true, Gear }
