//! Resolves what depends on the record around a value: the author of a text, and the form of a speed.
use std::borrow::Cow;

use super::{
    Reader, layout,
    node::{Leaf, Members, Node},
};
use crate::{
    text::one_line,
    units::{SpeedReading, speed},
};

/// The context of a value from the records around it.
#[derive(Clone, Copy)]
pub struct Around {
    /// Whether others than the reader wrote the texts.
    pub others: bool,
    /// The form of speeds.
    pub reading: SpeedReading,
}

impl Node {
    /// Whether a record in it names the author of its texts.
    pub fn names_an_author(&self) -> bool {
        match self {
            Self::Author { .. } | Self::Signed { .. } => true,
            Self::Array(items) => items.iter().any(Self::names_an_author),
            Self::Object(members) | Self::Columns(members) => members.iter().any(|(_, node)| node.names_an_author()),
            Self::Rendered(inner) => inner.names_an_author(),
            _ => false,
        }
    }

    fn is_text(&self) -> bool {
        match self {
            Self::Text(_) | Self::Json(_) => true,
            Self::Array(items) => items.iter().any(Self::is_text),
            _ => false,
        }
    }

    /// Whether others than the reader wrote it.
    fn is_by_others(&self, around: Around, reader: &Reader) -> bool {
        match self {
            Self::Signed { by, .. } => by.as_ref().is_none_or(|id| !reader.is(id)),
            _ => around.others && self.is_text(),
        }
    }

    /// Resolves the author of every text and the form of every speed.
    pub fn resolve(&mut self, around: Around, reader: &Reader) {
        match self {
            Self::Null | Self::Leaf(_) => {}
            Self::Author { .. } => *self = Self::Null,
            Self::Signed { text, by } => {
                let others = by.as_ref().is_none_or(|id| !reader.is(id));
                *self = Self::Text(std::mem::take(text));
                self.resolve(Around { others, ..around }, reader);
            }
            Self::Text(text) => {
                *self = match (around.others, reader.prescribed) {
                    (false, _) => Self::text(text),
                    (true, false) => quoted(text),
                    (true, true) => Self::text(&in_quotes(text)),
                }
            }
            Self::Json(json) => {
                let text = json.to_string();
                *self = Self::leaf(json.take(), text);
            }
            Self::Sport(sport) => *self = Self::text(sport),
            Self::Speed { mps, json } => {
                let read = speed(around.reading, *mps, reader.units);
                *self = Self::Leaf(Leaf { json: json.take(), text: read.value, unit: read.unit, suffix: read.suffix });
            }
            Self::Array(items) => items.iter_mut().for_each(|item| item.resolve(around, reader)),
            Self::Object(members) | Self::Columns(members) => {
                let around = around.inside(members, reader);
                members.retain(|(_, node)| !matches!(node, Self::Author { .. }));
                for (key, node) in members {
                    if !reader.prescribed && node.is_by_others(around, reader) && !key.ends_with(BY_OTHERS) {
                        *key = Cow::Owned(format!("{key}{BY_OTHERS}"));
                    }
                    node.resolve(around, reader);
                }
            }
            Self::Rendered(inner) => {
                // Only the keys around it are prescribed.
                inner.resolve(around, &Reader { prescribed: false, ..reader.clone() });
                *self = Self::text(&layout::text(inner));
            }
        }
    }
}

/// The suffix of the key of a text by others.
pub const BY_OTHERS: &str = "_by_others";

impl Around {
    /// The context inside a record with these members.
    fn inside(self, members: &Members, reader: &Reader) -> Self {
        let author = |is_creator: bool| {
            let author_id = |node: &Node| match node {
                Node::Author { creator, id } if *creator == is_creator => Some(id.clone()),
                _ => None,
            };
            members.iter().find_map(|(_, node)| author_id(node))
        };
        let others = match (author(true), author(false)) {
            (None, None) => self.others,
            (creator, owner) => creator.flatten().or(owner.flatten()).is_none_or(|id| !reader.is(&id)),
        };
        let sport = members.iter().find_map(|(_, node)| match node {
            Node::Sport(sport) => Some(SpeedReading::of(sport)),
            _ => None,
        });
        Self { others, reading: sport.unwrap_or(self.reading) }
    }
}

/// Text by others in quotes, which it cannot end.
pub fn quoted(text: &str) -> Node {
    Node::leaf(text.into(), in_quotes(text))
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", one_line(text).replace('"', "'"))
}
