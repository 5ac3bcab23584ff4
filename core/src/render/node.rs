//! What an answer looks like to the renderer: a tree whose leaves are already text.

use crate::units::plain;

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Null,
    Leaf(Leaf),
    Array(Vec<Node>),
    /// Members in the struct's order.
    Object(Vec<(String, Node)>),
}

/// A value as it is read. A quantity also knows its unit and the suffix its key carries on the wire.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaf {
    pub text: String,
    pub number: Option<f64>,
    pub unit: &'static str,
    pub suffix: &'static str,
}

impl Node {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Leaf(Leaf { text: text.into(), ..Leaf::default() })
    }

    pub fn number(number: f64) -> Self {
        if !number.is_finite() {
            return Self::Null;
        }
        Self::Leaf(Leaf { text: plain(number, 3), number: Some(number), ..Leaf::default() })
    }
}
