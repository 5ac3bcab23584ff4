//! Suggestions behind a name that is not known.
use intervals_core::nearest;

/// ` (did you mean …?)`, or nothing.
pub fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|name| format!(" (did you mean {name}?)")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_gets_no_suggestion() {
        let known = "x".repeat(70);
        assert_eq!(hint(&known, [known.as_str()]), "");
        assert_eq!(hint("wods", ["words"]), " (did you mean words?)");
    }
}
