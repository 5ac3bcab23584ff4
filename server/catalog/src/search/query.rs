//! The parser of questions: words become clauses of terms, by synonyms, phrases and correction of typing errors.
use std::collections::{BTreeMap, BTreeSet};

use super::{
    rank::Clause,
    synonyms::{ACTIONS, HINTS, QUESTION_WORDS, SYNONYMS},
    text::{SearchWord, stem, stop_words, words},
};

/// Words of a question that are read; the rest is ignored.
const MAX_WORDS: usize = 60;
/// Words of the longest phrase.
const LONGEST_PHRASE: usize = 4;
/// Words by which the second part of a phrase such as `take … off` may follow the first.
const MAX_GAP: usize = 6;
/// Weight of a synonym; the word itself has 1.
const SYNONYM_WEIGHT: f64 = 0.8;
/// Weight of an action.
const ACTION_WEIGHT: f64 = 1.0;
/// Weight of a hint.
const HINT_WEIGHT: f64 = 0.35;
/// Factor for a tool that writes if the question asks for no change, or that reads if it does.
const UNLIKELY_FACTOR: f64 = 0.6;

/// A parsed question.
pub struct SearchQuery {
    /// The clauses to rank by.
    pub clauses: Vec<Clause>,
    wants_change: bool,
    names: BTreeSet<String>,
}

impl SearchQuery {
    /// Whether the question contains the tool's full name.
    pub fn names_tool(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Factor for the score of a tool, by whether it `reads` only.
    pub fn effect_factor(&self, reads: bool) -> f64 {
        if reads == self.wants_change { UNLIKELY_FACTOR } else { 1.0 }
    }
}

/// The vocabulary of questions.
pub struct Language {
    /// Phrases by their key, see [`phrase_key`].
    phrases: BTreeMap<String, Phrase>,
    /// Terms of the catalogue.
    terms: BTreeSet<String>,
    /// All known stems: the candidates for correcting a typing error.
    known: BTreeSet<String>,
    question_words: BTreeSet<String>,
}

#[derive(Default)]
struct Phrase {
    clause: Clause,
    is_hint: bool,
    is_action: bool,
}

impl Language {
    /// The vocabulary for a catalogue with these terms.
    pub fn of<'a>(terms: impl Iterator<Item = &'a str>) -> Self {
        let terms: BTreeSet<String> = terms.map(str::to_owned).collect();
        let mut phrases: BTreeMap<String, Phrase> = BTreeMap::new();
        for (table, weight, is_action) in
            [(SYNONYMS, SYNONYM_WEIGHT, false), (HINTS, HINT_WEIGHT, false), (ACTIONS, ACTION_WEIGHT, true)]
        {
            for (keys, terms) in table {
                let clause: Clause = words(terms).into_iter().map(|word| (word.stem, weight)).collect();
                for key in keys.split(',') {
                    let phrase = phrases.entry(phrase_key(key)).or_default();
                    phrase.clause.extend(clause.iter().cloned());
                    phrase.is_action |= is_action;
                    phrase.is_hint |= weight < SYNONYM_WEIGHT;
                }
            }
        }
        let question_words: BTreeSet<String> = QUESTION_WORDS.split_whitespace().map(stem).collect();
        let of_phrases = phrases.keys().flat_map(|phrase| phrase.split(' ')).map(str::to_owned);
        let of_questions =
            stop_words().chain(QUESTION_WORDS.split_whitespace()).filter(|word| may_slip(word)).map(stem);
        let known = terms.iter().cloned().chain(of_phrases).chain(of_questions).collect();
        Self { phrases, terms, known, question_words }
    }

    /// Parses a question. At each word the longest phrase applies, and its words are not read again by themselves.
    pub fn read(&self, question: &str) -> SearchQuery {
        let mut asked = words(question);
        asked.truncate(MAX_WORDS);
        for word in &mut asked {
            if let Some(known) = self.corrected(word) {
                word.stem = known;
            }
        }
        let (mut clauses, mut has_action, mut rest): (BTreeMap<String, Clause>, _, _) =
            (BTreeMap::new(), false, asked.as_slice());
        let mut is_question = asked.first().is_some_and(|first| self.question_words.contains(&first.stem));
        while let Some((word, behind)) = rest.split_first() {
            let longest = self.phrase_at(rest);
            let length = longest.as_ref().map_or(1, |(length, _)| *length);
            let phrase = longest.map(|(_, phrase)| phrase);
            let mut clause: Clause = phrase.map(|phrase| phrase.clause.clone()).unwrap_or_default();
            if length == 1 && word.counts() && self.terms.contains(&word.stem) {
                let is_hint = phrase.is_some_and(|phrase| phrase.is_hint);
                clause.push((word.stem.clone(), if is_hint { HINT_WEIGHT } else { 1.0 }));
            }
            let gapped = behind.iter().take(MAX_GAP).map(|later| format!("{} … {}", word.stem, later.stem));
            let gapped: Vec<_> = gapped.filter_map(|key| Some((self.phrases.get(&key)?, key))).collect();
            let is_action =
                phrase.is_some_and(|phrase| phrase.is_action) || gapped.iter().any(|(phrase, _)| phrase.is_action);
            // `get` begins a question, `get rid of` does not.
            is_question &= !(is_action && rest.len() == asked.len());
            has_action |= is_action;
            clauses.insert(joined_stems(rest.get(..length).unwrap_or_default()), clause);
            clauses.extend(gapped.into_iter().map(|(phrase, key)| (key, phrase.clause.clone())));
            rest = rest.get(length..).unwrap_or(behind);
        }
        let is_separator = |c: char| !c.is_alphanumeric() && c != '_';
        let names = question.split(is_separator).map(str::to_lowercase).collect();
        SearchQuery { clauses: clauses.into_values().collect(), wants_change: has_action && !is_question, names }
    }

    /// The longest phrase that begins with the first of these words, and its number of words.
    fn phrase_at(&self, words: &[SearchWord]) -> Option<(usize, &Phrase)> {
        let phrase = |length| Some((length, self.phrases.get(&joined_stems(words.get(..length)?))?));
        (1..=LONGEST_PHRASE).rev().find_map(phrase)
    }

    /// The known stem that an unknown word of five letters or more misspells by one typing error. The first letter must be
    /// right, or swapped with the second.
    fn corrected(&self, word: &SearchWord) -> Option<String> {
        if !may_slip(&word.raw) || word.stem.contains('#') || !word.counts() || self.known.contains(&word.stem) {
            return None;
        }
        let start =
            |known: &str| known.chars().next().is_some_and(|first| word.stem.chars().take(2).any(|c| c == first));
        let near = |known: &&String| known.len() > 2 && start(known) && strsim::osa_distance(&word.stem, known) == 1;
        self.known.iter().find(near).cloned()
    }
}

/// Whether a word is long enough to correct.
fn may_slip(word: &str) -> bool {
    word.chars().count() >= 5
}

/// Key of a phrase: its stems, with ` … ` for a gap.
fn phrase_key(phrase: &str) -> String {
    phrase.split('…').map(|part| joined_stems(&words(&part.replace('#', "1")))).collect::<Vec<_>>().join(" … ")
}

fn joined_stems(words: &[SearchWord]) -> String {
    words.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn language() -> Language {
        Language::of(["delet", "gear", "event", "histogram", "interval", "calendar"].into_iter())
    }

    /// The term of the greatest weight of each clause of a question.
    fn terms(question: &str) -> Vec<String> {
        let best = |clause: Clause| clause.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(term, _)| term);
        language().read(question).clauses.into_iter().filter_map(best).collect()
    }

    #[rstest]
    #[case("the interval", "interval")]
    #[case("intervlas", "interval")] // two letters change places
    #[case("hystograms", "histogram")]
    #[case("ehistogram", "histogram")]
    #[case("gaer", "")] // too short to guess
    #[case("banana", "")]
    fn words_are_known_also_with_one_typing_error(#[case] question: &str, #[case] known: &str) {
        assert_eq!(terms(question).join(" "), known);
    }

    #[rstest]
    #[case("take it off")]
    #[case("take that ugly old thing off")]
    #[case("please get rid of it")]
    fn a_phrase_may_have_a_gap(#[case] question: &str) {
        assert_eq!(terms(question), ["delet"]);
    }

    #[test]
    fn words_further_apart_are_no_phrase() {
        assert_eq!(terms("take it or not as it is but of you and then off"), [""; 0]);
    }

    #[rstest]
    #[case("delete the gear", true)]
    #[case("get rid of the gear", true)]
    #[case("please take the gear off", true)]
    #[case("which gear did I delete?", false)]
    #[case("get the gear", false)]
    #[case("gear", false)]
    fn a_request_for_a_change_differs_from_a_question(#[case] question: &str, #[case] wants_change: bool) {
        let query = language().read(question);
        assert_eq!((query.effect_factor(true) < 1.0, query.effect_factor(false) < 1.0), (wants_change, !wants_change));
    }

    #[test]
    fn every_phrase_has_words_and_terms() {
        for (keys, terms) in SYNONYMS.iter().chain(HINTS).chain(ACTIONS) {
            let phrases: Vec<_> = keys.split(',').map(phrase_key).collect();
            assert!(
                phrases.iter().all(|phrase| !phrase.is_empty() && phrase.split(' ').count() <= LONGEST_PHRASE),
                "{keys}"
            );
            assert!(words(terms).iter().any(SearchWord::counts), "{keys}");
        }
    }
}
