//! Text that people wrote: cleaned when it is read, and marked with its author in an answer.
use std::{borrow::Cow, fmt, ops::Deref};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::lenient;

/// The serde name of [`Text`].
pub const TEXT: &str = "$Text";
/// The serde name of [`SignedText`].
pub const SIGNED: &str = "$SignedText";
/// The serde name of [`Creator`].
pub const CREATOR: &str = "$Creator";
/// The serde name of [`Owner`].
pub const OWNED: &str = "$Owner";

/// The serde name of a text in a row that is not cut.
pub const WHOLE: &str = "$Whole";

/// For `serialize_with`: a text that is not cut in a row, because the tool itself bounds it.
pub fn whole<T: Serialize, S: Serializer>(text: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_newtype_struct(WHOLE, text)
}

/// Text that people wrote, without invisible characters ([`clean`]).
///
/// An answer compares the author ([`Creator`], [`Owner`]) with the reader. Text by others is quoted, under a key that ends in
/// `_by_others`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(String);

impl Text {
    /// Its first `longest` characters, with `…` where it was cut.
    pub fn truncated(&self, longest: usize) -> Self {
        Self(truncate(&self.0, longest))
    }

    /// The text, or `None` if it is blank.
    pub fn non_empty(self) -> Option<Self> {
        (!self.0.trim().is_empty()).then_some(self)
    }

    /// The string.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(clean(text).into_owned())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(TEXT, &self.0)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        TEXT.into()
    }

    // The format marks what people write. It does not reach the wire.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": "text"})
    }
}

#[derive(Serialize)]
struct Signed<'a> {
    text: &'a Text,
    by: &'a Creator,
}

/// A text with its author, for a record with texts of several authors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedText {
    /// The text.
    pub text: Text,
    /// Its author.
    pub by: Creator,
}

impl Serialize for SignedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(SIGNED, &Signed { text: &self.text, by: &self.by })
    }
}

impl JsonSchema for SignedText {
    fn schema_name() -> Cow<'static, str> {
        SIGNED.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Text::json_schema(generator)
    }
}

macro_rules! authors {
    ($($(#[$doc:meta])* $name:ident $wire:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct $name(pub Option<String>);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient::optional_id(deserializer).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_newtype_struct($wire, &self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $wire.into()
            }

            // It decides the keys of texts and is not shown.
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": ["string", "null"], "hidden": true})
            }
        }
    )*};
}

authors! {
    /// The id of the author of a record's texts. It is not shown. Without one, the [`Owner`] is the author.
    Creator CREATOR;
    /// The id of a record's athlete. It is not shown. Without a creator and an owner, the texts count as text by others.
    Owner OWNED;
}

impl Creator {
    /// The author of two texts, one by each. Two different authors match no reader.
    pub fn and(self, other: Self) -> Self {
        if self == other {
            return self;
        }
        let ids: Vec<String> = [self.0, other.0].into_iter().flatten().collect();
        Self(Some(ids.join(" and ")))
    }
}

/// The first `longest` characters of a text, with `…` where it was cut. Trims whitespace.
pub fn truncate(text: &str, longest: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(longest) {
        None => text.into(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
    }
}

/// Removes characters that change what a reader sees or that only a machine reads: controls, tags (U+E0000 to U+E007F),
/// bidirectional marks, zero-width characters. Newline and tab stay; joiners and variation selectors stay inside words and emoji.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return text.into();
    }
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let stays = match c {
            _ if is_plain(c) => true,
            // Between word characters or emoji.
            '\u{200C}' | '\u{200D}' => {
                kept.chars().last().is_some_and(joins) && chars.peek().copied().is_some_and(joins)
            }
            // After the one character that it varies.
            '\u{FE00}'..='\u{FE0F}' => kept.chars().last().is_some_and(varies),
            _ => false,
        };
        if stays {
            kept.push(c);
        }
    }
    kept.into()
}

/// Whether a character is visible, or newline or tab.
fn is_plain(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        _ if c.is_control() => false,
        // Soft hyphen, combining grapheme joiner, Arabic letter mark, fillers, Mongolian separators.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' => false,
        // Zero width, joiners, directional marks and embeddings, word joiner, invisible operators, isolates.
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => false,
        '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' => false,
        // Musical format characters, tags, variation selectors of the supplement.
        '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' => false,
        _ => true,
    }
}

/// Whether a joiner may be next to a character.
fn joins(c: char) -> bool {
    !c.is_ascii() && (c.is_alphanumeric() || varies(c) || ('\u{FE00}'..='\u{FE0F}').contains(&c) || is_mark(c))
}

/// Whether a character is of a script that uses joiners, whose combining marks are not all alphabetic: the virama is not.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{DFF}' | '\u{600}'..='\u{6FF}')
}

/// Whether a variation selector may follow a character: a symbol, a keycap's base, a letter that has variants.
fn varies(c: char) -> bool {
    matches!(c, '#' | '*' | '0'..='9' | '©' | '®') || (c > '\u{2000}' && is_plain(c) && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("Zürich über alles\n\tzwei", "Zürich über alles\n\tzwei")]
    #[case::control("a\u{7}b\u{1B}[31mc\r\nd", "ab[31mc\nd")]
    #[case::tags("run\u{E0001}\u{E0049}\u{E007F} easy", "run easy")]
    #[case::bidi("\u{202E}abc\u{202C} \u{2066}d\u{2069}\u{200F}", "abc d")]
    #[case::zero_width("i\u{200B}g\u{2060}n\u{FEFF}ore", "ignore")]
    #[case::joiner_between_ascii("a\u{200D}b", "ab")]
    #[case::family("👨\u{200D}👩\u{200D}👧 out", "👨\u{200D}👩\u{200D}👧 out")]
    #[case::flag_of_emoji("🏳\u{FE0F}\u{200D}🌈", "🏳\u{FE0F}\u{200D}🌈")]
    #[case::heart("❤\u{FE0F} hills", "❤\u{FE0F} hills")]
    #[case::keycap("1\u{FE0F}\u{20E3}", "1\u{FE0F}\u{20E3}")]
    #[case::persian("می\u{200C}خواهم", "می\u{200C}خواهم")]
    #[case::hidden_bytes("x\u{FE01}\u{FE02}\u{E0100}\u{E0101}", "x")]
    #[case::bytes_behind_an_emoji("😀\u{FE01}\u{FE02}\u{FE03}", "😀\u{FE01}")]
    #[case::fillers("a\u{3164}b\u{AD}c", "abc")]
    fn what_nobody_sees_is_gone(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn a_long_text_is_cut_with_a_mark_and_between_characters() {
        assert_eq!(truncate(" a short one ", 20), "a short one");
        assert_eq!(truncate("Zürich über alles", 8), "Zürich ü…");
        assert_eq!(truncate("exact", 5), "exact");
        assert_eq!(Text::from("Zürich über alles").truncated(6), Text::from("Zürich…"));
    }

    #[test]
    fn an_author_may_be_a_number_or_missing() {
        let read = |json: &str| serde_json::from_str::<Creator>(json).unwrap().0;
        assert_eq!((read("\"i7\""), read("7"), read("null")), (Some("i7".into()), Some("7".into()), None));
    }
}
