//! Custom items: own fields, charts and zones.
mod content;
mod create;
mod delete;
mod fields;
mod list;
mod one;
mod row;
mod update;

struct CustomItems;

impl icu_core::ToolPack for CustomItems {}

icu_core::pack! { "custom-items", "Custom items: own fields, charts and zones.", default: true, CustomItems }
