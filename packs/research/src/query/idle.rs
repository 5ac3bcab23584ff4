//! Words that a search ignores.

/// Question words and fillers.
const IDLE: &[&str] = &[
    "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being",
    "between", "but", "by", "can", "compare", "compared", "could", "did", "do", "does", "doing", "done", "during",
    "each", "ever", "every", "find", "for", "from", "get", "give", "go", "going", "had", "has", "have", "how", "i",
    "i'm", "i've", "if", "in", "is", "it", "its", "just", "list", "look", "many", "me", "more", "most", "much", "my",
    "not", "of", "on", "or", "our", "over", "please", "see", "shall", "should", "show", "since", "so", "some", "tell",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "till", "to",
    "too", "until", "up", "us", "versus", "very", "vs", "was", "we", "were", "what", "when", "where", "whether",
    "which", "who", "why", "will", "with", "would", "you", "your",
];

/// Words that ask for the future.
pub const AHEAD_OF: &[&str] = &["coming", "next", "planned", "upcoming"];

/// Words that ask for the past.
pub const BEHIND: &[&str] = &["last", "latest", "newest", "past", "previous", "recent", "recently"];

/// Units of measures.
const UNITS: &[&str] = &[
    "bpm",
    "h",
    "hour",
    "hours",
    "hr",
    "hrs",
    "kg",
    "kilometers",
    "kilometres",
    "km",
    "m",
    "meters",
    "metres",
    "mi",
    "mile",
    "miles",
    "min",
    "mins",
    "minutes",
    "tss",
    "w",
    "watts",
];

/// Removes comparisons with figures, such as `longer than 100 km` or `over 3 hours`: no name contains them.
pub fn without_measures<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let is_figure = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let (mut kept, mut rest) = (vec![], words);
    loop {
        rest = match rest {
            [] => return kept,
            [_, "than", figure, unit, rest @ ..] | ["over" | "under" | "above" | "below", figure, unit, rest @ ..]
                if is_figure(figure) && UNITS.contains(unit) =>
            {
                rest
            }
            [_, "than", figure, rest @ ..] | ["over" | "under" | "above" | "below", figure, rest @ ..]
                if is_figure(figure) =>
            {
                rest
            }
            [word, rest @ ..] => {
                kept.push(*word);
                rest
            }
        };
    }
}

/// Returns whether a search ignores a word, as it does punctuation.
pub fn is_idle(word: &str) -> bool {
    IDLE.contains(&word) || !word.chars().any(char::is_alphanumeric)
}
