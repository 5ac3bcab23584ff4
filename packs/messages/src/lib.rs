//! Messages: comments on activities.

struct Messages;

impl icu_core::ToolPack for Messages {}

icu_core::pack! { "messages", "Messages: comments on activities.", default: true, Messages }
