//! Table of the configuration that overrides single tools.
use intervals_core::{JsonMap, registry::Tier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Overrides of one tool.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Override {
    /// Description, which a model reads to choose the tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Title: the tool's name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Tier: `max_tool_tokens` leaves out `rare` tools first, then `common`, `core` last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Fixed arguments: they are left out of the tool's schema, and a call cannot send them.
    #[serde(skip_serializing_if = "JsonMap::is_empty")]
    pub fixed: JsonMap,
}
