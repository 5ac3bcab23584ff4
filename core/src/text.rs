//! Free text in answers.
use std::ops::Deref;

pub use crate::client::text::truncate;

/// What to say of tags that were there `before` and are not among those that replace them; nothing when none is lost.
pub fn lost_tags<T: Deref<Target = str> + PartialEq>(before: &[T], now: &[T]) -> Option<String> {
    let lost: Vec<&str> = before.iter().filter(|tag| !now.contains(tag)).map(|tag| &**tag).collect();
    (!lost.is_empty()).then(|| format!("these tags are gone: {}", lost.join(", ")))
}

/// The text in one line: what other people wrote cannot make lines of its own.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(is_line_break, " ")
}

/// Whether a reader may start a new line here.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
