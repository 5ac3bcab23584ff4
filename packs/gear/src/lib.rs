//! Gear: bikes, shoes and parts, with reminders.
mod create;
mod create_reminder;
mod delete;
mod delete_reminder;
mod fields;
mod limits;
mod list;
mod row;
mod types;
mod update;
mod update_reminder;

struct Gear;

impl icu_core::ToolPack for Gear {}

icu_core::pack! { "gear", "Gear: bikes, shoes and parts, with reminders.", default: true, Gear }
