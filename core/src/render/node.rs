//! The tree of an answer, whose leaves hold both their JSON and their text.
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
    /// Series of one table, by name: arrays in JSON, rows in text.
    Columns(Members),
    /// Text that people wrote, before its author is known.
    Text(String),
    /// JSON that people wrote, before its author is known.
    Json(Value),
    /// Text with its author.
    Signed {
        text: String,
        by: Option<String>,
    },
    /// The author of the texts beside it and below. A creator takes precedence over an owner.
    Author {
        creator: bool,
        id: Option<String>,
    },
    /// An activity type. It decides the form of the speeds beside it and below.
    Sport(String),
    /// A speed, before its form is known.
    Speed {
        mps: f64,
        json: Value,
    },
    /// A value that is rendered as one text.
    Rendered(Box<Node>),
}

/// Members by name. A struct's names are static; a map's are owned.
pub type Members = Vec<(Cow<'static, str>, Node)>;

/// A value with its JSON and its text. A quantity also has its unit, and the unit suffix of its key.
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

    /// Converts to JSON. Null members are dropped; nulls in arrays stay.
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

    /// Whether its text is empty.
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
