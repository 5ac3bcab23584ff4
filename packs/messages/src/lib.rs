//! Messages: comments on activities.
mod add;
mod list;
mod subject;

struct Messages;

impl icu_core::ToolPack for Messages {}

icu_core::pack! { "messages", "Messages: comments on activities.", default: true, Messages }
