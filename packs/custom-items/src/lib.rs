//! Custom items: own fields, charts and zones.

struct CustomItems;

impl icu_core::ToolPack for CustomItems {}

icu_core::pack! { "custom-items", "Custom items: own fields, charts and zones.", default: true, CustomItems }
