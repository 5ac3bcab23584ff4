//! Sport settings: thresholds and zones.

struct SportSettings;

impl icu_core::ToolPack for SportSettings {}

icu_core::pack! { "sport-settings", "Sport settings: thresholds and zones.", default: true, SportSettings }
