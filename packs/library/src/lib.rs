//! Library: folders, training plans and their workouts.

struct Library;

impl icu_core::ToolPack for Library {}

icu_core::pack! { "library", "Library: folders, training plans and their workouts.", default: true, Library }
