//! The table of the configuration that says single tools otherwise.
use intervals_core::{JsonMap, registry::Tier};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is said otherwise of one tool.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Override {
    /// What a model reads to pick it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its name for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How soon `max_tool_tokens` leaves it out: `core` last, then `common`, `rare` first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Arguments that are given here: they leave the tool's schema and cannot be sent.
    #[serde(skip_serializing_if = "JsonMap::is_empty")]
    pub fixed: JsonMap,
}
