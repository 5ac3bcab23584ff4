//! Suggestions for a misspelled word.

/// The longest word that is compared, in characters: the work grows with the product of both lengths.
const LONGEST: usize = 64;

/// The minimum likeness of a suggestion.
const ENOUGH: f64 = 0.5;

/// The known word whose spelling is nearest to `word`, ignoring case. Returns `None` when none is near, or when `word` is longer
/// than 64 characters.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likenesses = known.into_iter().map(|known| (likeness(word, known), known));
    let near = likenesses.filter(|(likeness, _)| *likeness >= ENOUGH);
    near.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, known)| known)
}

/// The likeness of two spellings, ignoring case, from 0 to 1: one minus the share of letters that must change (normalized
/// Damerau-Levenshtein distance). 0 when `word` is longer than 64 characters.
pub fn likeness(word: &str, known: &str) -> f64 {
    if word.chars().nth(LONGEST).is_some() {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &known.to_lowercase())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("welness", Some("wellness"))]
    #[case("Activites", Some("activities"))]
    #[case("hollyday", Some("HOLIDAY"))]
    #[case("gear", None)]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not(#[case] word: &str, #[case] near: Option<&str>) {
        assert_eq!(nearest(word, ["activities", "athlete", "wellness", "HOLIDAY"]), near);
    }

    #[test]
    fn a_long_word_gets_no_suggestion() {
        let known = "x".repeat(64);
        let near = |length: usize| nearest(&"x".repeat(length), [known.as_str()]);
        assert_eq!((near(64), near(65)), (Some(known.as_str()), None));
    }
}
