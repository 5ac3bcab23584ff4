//! Free text in answers.
use std::ops::Deref;

/// The first `longest` characters of a text, with a mark where it was cut. Whitespace around it goes.
pub fn truncate(text: &str, longest: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(longest) {
        None => text.into(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
    }
}

/// Tags as the service keeps them, each once: it would store a leading `#` as a part of the name, and has no use for empty ones.
pub fn tags(given: &[String]) -> Vec<String> {
    let mut tags: Vec<String> = vec![];
    for tag in given.iter().map(|tag| tag.trim().trim_start_matches('#').trim()) {
        if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.into());
        }
    }
    tags
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_once_and_without_its_mark() {
        assert_eq!(tags(&["#a", " a ", "b", "#", "##b"].map(String::from)), ["a", "b"]);
    }

    #[test]
    fn a_long_text_is_cut_with_a_mark_and_between_characters() {
        assert_eq!(truncate(" a short one ", 20), "a short one");
        assert_eq!(truncate("Zürich über alles", 8), "Zürich ü…");
        assert_eq!(truncate("exact", 5), "exact");
    }

    #[test]
    fn a_tag_has_no_sign_and_stands_once() {
        let given = ["# hard", "hard ", "", "#", "bike#1"].map(String::from);
        assert_eq!(tags(&given), ["hard", "bike#1"]);
    }
}
