//! Gear: bikes, shoes and parts, with reminders.
#[cfg(test)]
mod authors;
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

impl intervals_core::ToolPack for Gear {}

intervals_core::pack! { "gear", "Gear: bikes, shoes and parts, with reminders.", default: true, Gear }
