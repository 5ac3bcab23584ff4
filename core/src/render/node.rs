//! What an answer is before it is written: a tree whose leaves know both their JSON and how they are read.
use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::units::plain;

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Null,
    Leaf(Leaf),
    Array(Vec<Node>),
    /// Members in the struct's order.
    Object(Members),
    /// Series of one table, by name: lean as JSON, rows in text.
    Columns(Members),
    /// Text of people, until it is known who wrote it.
    Text(String),
    /// JSON of people, until it is known who wrote it.
    Json(Value),
    /// Text of people that says itself who wrote it.
    Signed {
        text: String,
        by: Option<String>,
    },
    /// Who wrote the texts beside it and below; the creator comes before the owner.
    Author {
        creator: bool,
        id: Option<String>,
    },
    /// An activity type: it decides how the speeds beside it and below are read.
    Sport(String),
    /// A speed, until it is known how it is read.
    Speed {
        mps: f64,
        json: Value,
    },
    /// What becomes one text.
    Rendered(Box<Node>),
}

/// Names are the struct's own; only a map's are made.
pub type Members = Vec<(Cow<'static, str>, Node)>;

/// A value as it is read. A quantity also knows its unit and the suffix its key carries on the wire.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    pub json: Value,
    pub text: String,
    pub unit: &'static str,
    pub suffix: &'static str,
}

impl Node {
    pub fn leaf(json: Value, text: impl Into<String>) -> Self {
        Self::Leaf(Leaf { json, text: text.into(), unit: "", suffix: "" })
    }

    pub fn text(text: &str) -> Self {
        Self::leaf(text.into(), text)
    }

    pub fn number(number: f64) -> Self {
        if !number.is_finite() {
            return Self::Null;
        }
        Self::leaf(number.into(), plain(number, 3))
    }

    /// Lean JSON: null members are dropped, positions in arrays stay.
    pub fn into_json(self) -> Value {
        match self {
            Self::Null | Self::Author { .. } => Value::Null,
            Self::Leaf(leaf) => leaf.json,
            Self::Text(text) | Self::Sport(text) | Self::Signed { text, .. } => text.into(),
            Self::Speed { json, .. } | Self::Json(json) => json,
            Self::Rendered(inner) => inner.into_json(),
            Self::Array(items) => items.into_iter().map(Self::into_json).collect(),
            Self::Columns(members) => {
                Value::Object(members.into_iter().map(|(key, node)| (key.into(), node.into_json())).collect())
            }
            Self::Object(members) => {
                let shown = members.into_iter().filter(|(_, node)| *node != Self::Null);
                Value::Object(shown.map(|(key, node)| (key.into(), node.into_json())).collect::<Map<_, _>>())
            }
        }
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null | Self::Author { .. } => true,
            Self::Leaf(_)
            | Self::Json(_)
            | Self::Text(_)
            | Self::Signed { .. }
            | Self::Sport(_)
            | Self::Speed { .. } => false,
            Self::Rendered(inner) => inner.is_empty(),
            Self::Array(items) => items.is_empty(),
            Self::Object(members) | Self::Columns(members) => members.iter().all(|(_, node)| node.is_empty()),
        }
    }
}
