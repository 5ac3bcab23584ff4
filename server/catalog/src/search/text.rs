//! Words of a text and their stems: lower case, without endings, numbers as `#`.
use std::{collections::HashSet, sync::LazyLock};

/// Stop words, which do not distinguish tools.
const STOP_WORDS: &str = "\
    a about actually again all am an and any anyone are as at be been being bring but by can could did do does \
    doing dont for from get gets give given go goes going had has have having he her here him his how hows i \
    icu id if ill im in into is isnt it its ive just let lets like make makes many may me might mine much my \
    need no not of off on one ones only or our out over please read really see seen she should show so some \
    such tell than thanks that thats the their them then there theres these they this those to too up us use \
    using very want was we were what whats when where which while who whos why will with work works would yes \
    yet you your";

/// Numbers written in letters.
const NUMBERS: &str = "\
    few couple two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty \
    sixty hundred";

static STOP_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| stop_words().collect());

/// A word of a text, with its stem.
pub struct SearchWord {
    /// The word in lower case.
    pub raw: String,
    /// The stem, which is compared.
    pub stem: String,
}

impl SearchWord {
    fn new(raw: String) -> Self {
        static NUMBER_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| NUMBERS.split_whitespace().collect());
        let stem = match raw.as_str() {
            number if NUMBER_SET.contains(number) => "#".into(),
            mixed if mixed.contains(|c: char| c.is_ascii_digit()) => with_number_marks(mixed),
            word => stem(word),
        };
        Self { raw, stem }
    }

    /// Whether the word is searched for: it is neither a number nor a stop word.
    pub fn counts(&self) -> bool {
        self.stem != "#" && !STOP_SET.contains(self.raw.as_str())
    }
}

/// The stop words.
pub fn stop_words() -> impl Iterator<Item = &'static str> {
    STOP_WORDS.split_whitespace()
}

/// Splits a text into words of letters and digits. A mark between two digits belongs to the word, as in 4:30 or 71.5.
/// `don't` is one word, `coach's` is `coach`.
pub fn words(text: &str) -> Vec<SearchWord> {
    let mut text = text.to_lowercase();
    if text.contains(['\'', '’']) {
        text = text.replace('’', "'").replace("'s ", " ").replace('\'', "");
    }
    let mut words = vec![];
    let mut word = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let inside = matches!(c, ':' | '.' | ',' | '-') && digit(word.chars().last()) && digit(chars.peek().copied());
        if c.is_alphanumeric() || inside {
            word.push(c);
        } else if !word.is_empty() {
            words.push(SearchWord::new(std::mem::take(&mut word)));
        }
    }
    if !word.is_empty() {
        words.push(SearchWord::new(word));
    }
    words
}

/// Replaces each number in a word by `#`: `4x8` is `#x#`, `10k` is `#k`, and a plain number is `#`.
fn with_number_marks(word: &str) -> String {
    let mut shape = String::new();
    for c in word.chars() {
        match c {
            c if c.is_ascii_digit() && shape.ends_with('#') => {}
            c if c.is_ascii_digit() => shape.push('#'),
            c => shape.push(c),
        }
    }
    shape
}

/// Stem of a word: without plural, -ing, -ed, -ly and final e. The stemmer is light: `trainer` and `train` differ.
pub fn stem(word: &str) -> String {
    let long = |stem: &&str, least: usize| stem.len() >= least && stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let mut stem = word;
    // These are not forms of `plan` and `tyre`.
    if matches!(word, "planned" | "tired") {
        return word.to_owned();
    }
    if let Some(noun) = stem.strip_suffix('s').filter(|noun| noun.ends_with("ing")) {
        return noun.to_owned();
    }
    if let Some(y) = stem.strip_suffix("ies").filter(|stem| long(stem, 2)) {
        return format!("{y}y");
    }
    if ["sses", "xes", "ches", "shes", "zes"].iter().any(|end| stem.ends_with(end)) {
        stem = stem.strip_suffix("es").unwrap_or(stem);
    } else if stem.len() > 3 && !["ss", "us", "is"].iter().any(|end| stem.ends_with(end)) {
        stem = stem.strip_suffix('s').unwrap_or(stem);
    }
    let verb = stem.strip_suffix("ing").or_else(|| stem.strip_suffix("ed").filter(|rest| !rest.ends_with('e')));
    if let Some(verb) = verb.filter(|stem| long(stem, 3)) {
        let mut last = verb.chars().rev();
        let doubled = last.next().filter(|c| last.next() == Some(*c) && !"aeioulsz".contains(*c));
        stem = doubled.and_then(|c| verb.strip_suffix(c)).unwrap_or(verb);
    } else if let Some(adjective) = stem.strip_suffix("ly").filter(|stem| long(stem, 4)) {
        stem = adjective;
    }
    // `note` must not become the stop word `not`.
    stem.strip_suffix('e').filter(|stem| long(stem, 3) && !STOP_SET.contains(stem)).unwrap_or(stem).to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("activities", "activity")]
    #[case("rides riding ride", "rid rid rid")]
    #[case("planning plan plans planned", "plan plan plan planned")]
    #[case("settings tired tyre notes", "setting tired tyr note")]
    #[case("pace paces pacing", "pac pac pac")]
    #[case("recently", "recent")]
    #[case("speed fitness focus bpm", "speed fitness focus bpm")]
    #[case("trainer train", "trainer train")]
    #[case("intensity intensities", "intensity intensity")]
    fn endings_are_removed(#[case] text: &str, #[case] stems: &str) {
        assert_eq!(words(text).into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" "), stems);
    }

    #[test]
    fn marks_separate_words_but_not_numbers() {
        let matching: Vec<_> =
            words("Coach's 4x8 at 4:30/km, 71.5 kg: don't; ten").into_iter().map(|w| w.stem).collect();
        assert_eq!(matching, ["coach", "#x#", "at", "#:#", "km", "#.#", "kg", "dont", "#"]);
    }

    #[test]
    fn stop_words_and_numbers_do_not_count() {
        let matching: Vec<_> =
            words("what is my FTP, and the 5 of it").into_iter().filter(SearchWord::counts).map(|w| w.raw).collect();
        assert_eq!(matching, ["ftp"]);
    }
}
