//! Words that people type, and what they may have meant.

/// The known word that is nearest, when it is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |name: &&str| strsim::normalized_damerau_levenshtein(&word.to_lowercase(), name);
    known.into_iter().filter(|name| near(name) >= 0.5).max_by(|a, b| near(a).total_cmp(&near(b)))
}

/// ` (did you mean …?)`, or nothing.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|name| format!(" (did you mean {name}?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not() {
        let known = ["activities", "athlete", "wellness"];
        assert_eq!(nearest("welness", known), Some("wellness"));
        assert_eq!(nearest("Activites", known), Some("activities"));
        assert_eq!(nearest("gear", known), None);
    }
}
