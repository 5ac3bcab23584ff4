//! Messages: comments on activities.
mod add;
mod list;

struct Messages;

impl intervals_core::ToolPack for Messages {}

intervals_core::pack! { "messages", "Messages: comments on activities.", default: true, Messages }
