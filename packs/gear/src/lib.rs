//! Gear: bikes, shoes and parts, with reminders.
mod create;
mod create_reminder;
mod delete;
mod delete_reminder;
mod list;
mod rows;
mod update;
mod update_reminder;
mod written;

struct Gear;

impl intervals_core::ToolPack for Gear {}

intervals_core::pack! { "gear", "Gear: bikes, shoes and parts, with reminders.", default: true, Gear }
