//! Free text in answers.
use std::ops::Deref;

pub use crate::client::text::truncate;

/// A note about tags of `before` that are not in `now`. Returns `None` when none is lost.
pub fn lost_tags<T: Deref<Target = str> + PartialEq>(before: &[T], now: &[T]) -> Option<String> {
    let lost: Vec<&str> = before.iter().filter(|tag| !now.contains(tag)).map(|tag| &**tag).collect();
    (!lost.is_empty()).then(|| format!("these tags are gone: {}", lost.join(", ")))
}

/// Replaces line breaks by spaces, so that text by others cannot add lines.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(is_line_break, " ")
}

/// Whether a reader may take the character as a line break.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
